/* SPDX-License-Identifier: ISC */
/*
 * batches: the order of the texts in an epoch, in buckets of equal length.
 *
 * The texts are shuffled and cut into batches.  With a bucket of k > 1, the
 * texts of every k batches are then sorted by length, so that the texts of a
 * batch end at about the same step, and the batches are shuffled.
 */
#ifndef TRAIN_BATCHES_H
#define TRAIN_BATCHES_H

#include <stddef.h>
#include <stdint.h>

#include "rnn/forward.h"

struct arena;
struct random;

struct batches {
	size_t texts, size;	/* texts in all, and in a batch */
	size_t n;		/* batches; one may be smaller */
	uint32_t *order;	/* [texts] text numbers, batch after batch */
	uint32_t *batch;	/* [n] the order of the batches */
};

/* The memory is in the arena; batches_shuffle sets the order. */
struct batches batches_new(struct arena *, size_t texts, size_t size);

/* A new order, for a new epoch. */
void batches_shuffle(struct batches *, struct random *, size_t bucket,
    const struct rnn_text text[]);

/* The k-th batch, k < n: returns the numbers of its *n texts. */
const uint32_t *batches_get(const struct batches *, size_t k, size_t *n);

#endif
