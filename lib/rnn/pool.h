/* SPDX-License-Identifier: ISC */
/*
 * pool: from the states of back.h to the features of the head, and back.
 */
#ifndef RNN_POOL_H
#define RNN_POOL_H

#include <stddef.h>

#include "rnn/back.h"

/* Compute the features f from the states of the top layer. */
void rnn_pool(struct rnn_back *);

/* The same for one text alone, mean or max pooling, from y [T][F]. */
void rnn_pool_text(struct rnn_back *, size_t T, const float *y);

/* Compute dy of the top layer from df, which the caller has set. */
void rnn_unpool(struct rnn_back *);

/* The same for one text alone, mean or max pooling: set dy [T][F]. */
void rnn_unpool_text(const struct rnn_back *, size_t T, float *dy);

#endif
