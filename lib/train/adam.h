/* SPDX-License-Identifier: ISC */
/*
 * adam: the optimiser of Kingma and Ba (2015); its loop is lanes_adam.
 *
 * A dense parameter is updated whole.  Of an embedding only the rows of the
 * words that the batch has are updated, as PyTorch's SparseAdam does.
 */
#ifndef TRAIN_ADAM_H
#define TRAIN_ADAM_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct crew;
struct parameter;

/* A parameter x and its moments, the means of g and of g^2. */
struct adam {
	float *x, *m, *v;	/* [n] */
	size_t n;
};

/* The settings of one step. */
struct adam_step {
	double rate, decay;
	size_t t;		/* number of the step in the run, from 1 */
};

/* x stays the caller's; m and v are in the arena, and zero. */
struct adam adam_new(struct arena *, float *x, size_t n);

/* Update n parameters, each x by the numbers of its gradient.  The crew shares
 * out the elements; the bytes do not depend on it. */
void adam_update(struct crew *, size_t n, struct adam *,
    const struct parameter *gradient, struct adam_step);	/* [n] */

/*
 * x is [V][width]: update the rows id[0..n), all different, by g [n][width].
 * The id -1 is skipped.  No weight decay.
 */
void adam_update_rows(struct crew *, struct adam *, size_t width,
    const int32_t *id, size_t n, const float *g, struct adam_step);

#endif
