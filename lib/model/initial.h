/* SPDX-License-Identifier: ISC */
/*
 * initial: the random numbers with which parameters begin.
 *
 * They are PyTorch's: uniform in -1/sqrt(n) to 1/sqrt(n), with n the units of a
 * recurrent layer, or the numbers that a linear layer reads.
 */
#ifndef MODEL_INITIAL_H
#define MODEL_INITIAL_H

#include <stddef.h>

struct model;
struct random;

/* Set x [n] to uniform numbers from -range to range. */
void initial_uniform(struct random *, double range, float *x, size_t n);

/* The decay of an RG-LRU in all directions of a layer: if r is 1, a is .9 to
 * .999. */
void initial_decay(struct random *, struct model *, size_t layer);

#endif
