/* SPDX-License-Identifier: ISC */
/*
 * loss: cross-entropy of logits, and its gradient.
 *
 *     loss = mean over texts of  -log p[gold],   p = softmax(z)
 *
 * One row is a sigmoid head: z is class 1's logit, p[1] = sigmoid(z).
 */
#ifndef TRAIN_LOSS_H
#define TRAIN_LOSS_H

#include <stddef.h>

/* z [n][rows] goes out as the gradient of the mean loss, which is returned. */
double loss_cross_entropy(size_t n, size_t rows, float *z,
    const size_t gold[]);

#endif
