/* SPDX-License-Identifier: ISC */
/*
 * delta: the gradient of a class's score with respect to each word.
 *
 * For a target F, at the scale q of the words (passes.h), delta_t = dF / dp_t
 * gives
 *
 *     dF / dx_t               = W_ih^T delta_t
 *     (dF / dx_t) . embedding = P_t . delta_t               no product at all
 *
 * Both are sums over the directions.  F at q = 1 is what rnn_forward computes.
 */
#ifndef RNN_DELTA_H
#define RNN_DELTA_H

#include <stddef.h>

#include "rnn/passes.h"

struct rnn_delta;

/* Receives dx [D] = dF / dx_t of word t of text i; words come in any order. */
typedef void rnn_delta_word(void *self, size_t i, size_t t, const float *dx);

/* The model must outlive it. */
struct rnn_delta *rnn_delta_new(struct model *);
void rnn_delta_free(struct rnn_delta *);
const struct model *rnn_delta_model(const struct rnn_delta *);

/*
 * What flows back instead of the gradient, in all passes of it: relevance
 * (lanes.h) if lrp is not NULL, which must outlive it; with reference, what
 * compares a text with the same text at scale 0 (rnn_sweep).  Then dx is the
 * multiplier of x_t, and along its share.
 */
struct rnn_rule {
	const struct lanes_rule *lrp;
	bool reference;
};

struct rnn_delta *rnn_delta_ruled(struct model *, const struct rnn_rule *);

/* With a reference: the results of the text i at scale 0, of the last forward
 * pass. */
const struct trace *rnn_delta_zero(const struct rnn_delta *, size_t i);

/*
 * Run n texts forwards and back.  Sets value, and either calls word with each
 * dx or, if word is NULL, sets along, which lies in the arena.  A text may
 * occur in a batch at several scales and with several targets.
 */
void rnn_delta_run(struct rnn_delta *, struct arena *, size_t n,
    struct rnn_run run[], rnn_delta_word *word, void *self);

/*
 * The forward and the backward pass separately, for callers that choose the
 * target after seeing the output.  forward fills trace [n] as rnn_forward does
 * for RNN_LOGITS; run [n] must outlive back.  back may be called several times,
 * with other targets.
 */
void rnn_delta_forward(struct rnn_delta *, struct arena *, size_t n,
    struct rnn_run run[], struct trace trace[]);
void rnn_delta_back(struct rnn_delta *, struct arena *,
    struct rnn_run run[], const struct trace trace[],
    rnn_delta_word *word, void *self);

#endif
