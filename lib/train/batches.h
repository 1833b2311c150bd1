/* SPDX-License-Identifier: ISC */
/*
 * batches: in which order an epoch takes the texts.
 *
 * The texts are shuffled and taken in that order, size by size.  With buckets,
 * each `bucket` batches that follow one another are sorted by length together,
 * so that a batch's texts end at about the same step; then the batches are
 * shuffled.
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
	size_t n;		/* batches; the last of the texts may be few */
	uint32_t *order;	/* [texts] */
	uint32_t *batch;	/* [n] */
};

/* Room for them, in the arena. */
struct batches batches_new(struct arena *, size_t texts, size_t size);

/* A new epoch; bucket 1 sorts nothing. */
void batches_shuffle(struct batches *, struct random *, size_t bucket,
    const struct rnn_text text[]);

/* The k-th batch, k < n: returns its texts' numbers, and how many in *n. */
const uint32_t *batches_get(const struct batches *, size_t k, size_t *n);

#endif
