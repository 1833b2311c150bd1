/* SPDX-License-Identifier: ISC */
/*
 * dropout: zeros at random, while training.
 *
 * Each element is zero with probability p, the others are divided by 1 - p,
 * so that the mean stays.
 */
#ifndef TRAIN_DROPOUT_H
#define TRAIN_DROPOUT_H

#include <stddef.h>

struct random;

/* mask [n] receives the factors; p == 0 leaves x and mask alone. */
void dropout(double p, struct random *, size_t n, float *x, float *mask);

/* The gradient: dx times the mask. */
void dropout_back(double p, size_t n, const float *mask, float *dx);

#endif
