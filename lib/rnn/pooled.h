/* SPDX-License-Identifier: ISC */
/*
 * pooled: what pooling reads at the words, in the scores of presence.h.
 *
 * The pass back (passes_back) must have run: df is the gradient of F at the
 * features, with which each part of pooling weighs the states it reads.  The
 * equations are in presence.c.
 */
#ifndef RNN_POOLED_H
#define RNN_POOLED_H

#include <stddef.h>

#include "rnn/passes.h"

struct arena;

/* skip: change the scores S [n] of n spans of text order[i], T > 0 words, to
 * what F loses if they also leave pooling.  A span of all words gets none. */
void pooled_leave(struct passes *, struct arena *, size_t i, size_t T,
    size_t n, const struct rnn_span span[], double *S);

/* half: add to S [T] what pooling reads at each word of text order[i]. */
void pooled_read(struct passes *, struct arena *, size_t i, size_t T,
    double *S);

#endif
