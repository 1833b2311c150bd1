/* SPDX-License-Identifier: ISC */
/*
 * adam: the optimiser (Kingma and Ba 2015), as PyTorch defines it.
 *
 * With g the gradient and t the number of the step, from 1:
 *
 *     g = g + decay x
 *     m = b1 m + (1 - b1) g          v = b2 v + (1 - b2) g^2
 *     x = x - rate / (1 - b1^t) m / (sqrt(v / (1 - b2^t)) + eps)
 *
 * b1 = 0.9, b2 = 0.999, eps = 1e-8.
 *
 * Rows: an embedding is updated only where the batch has words, as PyTorch's
 * SparseAdam does.  The dense rule would go on moving a word for a while after
 * its batch, by the momentum that is left, and would let m and v fade; here
 * both wait until the word comes again.  No decay for rows.
 */
#ifndef TRAIN_ADAM_H
#define TRAIN_ADAM_H

#include <stddef.h>
#include <stdint.h>

struct arena;

/* A parameter; m and v are the optimiser's. */
struct adam {
	float *x, *m, *v;	/* [n] */
	size_t n;
};

/* The rates of a step. */
struct adam_step {
	double rate, decay;
	size_t t;		/* from 1 */
};

/* x stays the caller's. */
struct adam adam_new(struct arena *, float *x, size_t n);

void adam_update(struct adam *, const float *g, struct adam_step);

/* x is [V][width]: update rows id[0..n) by g [n][width]; -1 is skipped. */
void adam_update_rows(struct adam *, size_t width, const int32_t *id, size_t n,
    const float *g, struct adam_step);

#endif
