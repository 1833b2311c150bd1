/* SPDX-License-Identifier: ISC */
/*
 * pool: from the states of back.h to the features of the head, and back.
 *
 * Back, the gradient df [P] of a text's features becomes that of its states in
 * the top layer.  Two places take it.  ends [F] is what reads the last state of
 * each direction: it stays if words are left out, and the text ends with
 * another word (presence.c).  dy [T][F] is what reads the state at a word.
 *
 *     last   ends of both directions
 *     end    ends of direction 0; dy at the last word in direction 1
 *     mean   dy at all words        max   dy at the words of the maxima
 *     attention  dy at all words, also through their weights; ends for the
 *            query of dot, which is the last state
 *
 * If the weights of attention are held, as for half and relevance, nothing
 * flows through them.
 */
#ifndef RNN_POOL_H
#define RNN_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include "rnn/back.h"

/* Compute the features f from the states of the top layer. */
void rnn_pool(struct rnn_back *);

/* The same for one text alone, from y [T][F]; not if pooling is last alone. */
void rnn_pool_text(struct rnn_back *, size_t T, const float *y);

/*
 * Compute ends, and dy of the top layer if pooling is not last alone, from df,
 * which the caller has set.  With a reference (rnn_sweep), df are multipliers
 * between its features and those of the texts, and so is dy: of a maximum,
 *
 *     (m - m0) / (h - h0)    at the word of the larger of m and m0
 *
 * and of attention, unless its weights are held, what attend.h says.
 */
void rnn_unpool(struct rnn_back *, bool held,
    const struct rnn_back *reference);

/* The same for one text alone, from y [T][F], and y0 of the reference: sets
 * ends and dy [T][F].  y, y0 and dy are NULL if pooling is last alone. */
void rnn_unpool_text(struct rnn_back *, size_t T, const float *y, bool held,
    const struct rnn_back *reference, const float *y0, float *dy);

#endif
