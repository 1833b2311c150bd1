/* SPDX-License-Identifier: ISC */
/*
 * delta: the gradient of a class's score with respect to each word, for
 * attribution.
 *
 * A text's words may be scaled, x_t = q embedding_t, 0 <= q <= 1: the path of
 * integrated gradients.  The first layer sees a word only through
 *
 *     p_t = q P_t + b,    P_t = W_ih embedding_t
 *
 * and P_t is computed once a word, whatever the scales (memo.h).  For a target
 * F, delta_t = dF / dp_t gives the rest:
 *
 *     dF / dx_t               = W_ih^T delta_t              rnn_delta_words
 *     (dF / dx_t) . embedding = P_t . delta_t               no product at all
 *
 * (the sum over directions in both).  Each word's row is its own, also where
 * words are equal, and every product is packed.h's: a text's numbers do not
 * depend on the batch.  F at q = 1 is what rnn_forward computes.
 */
#ifndef RNN_DELTA_H
#define RNN_DELTA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rnn/forward.h"

struct arena;
struct rnn_delta;
struct trace;

/*
 * The target F: a combination of logits, sum of coefficient[k] z_k; or the
 * probability of a class, among all classes or, in a contrast, among two.
 */
struct rnn_target {
	const double *coefficient;	/* [rows], or NULL: the probability */
	size_t class;		/* of this class */
	bool contrast;		/* among this class and the next */
	size_t against;
};

/* One text of a batch at one scale, and the results. */
struct rnn_asked {
	struct rnn_text text;
	double scale;		/* q */
	struct rnn_target target;

	double value;		/* F */
	double *along;		/* [T] P_t . delta_t, or */
	float *delta;		/* [T][directions][G H] */
};

struct rnn_delta *rnn_delta_new(struct model *);
void rnn_delta_free(struct rnn_delta *);
const struct model *rnn_delta_model(const struct rnn_delta *);

/*
 * Run n texts forwards and back.  Sets value, and along or, if rows is set,
 * delta; both lie in the arena.  A text may occur in a batch at several scales
 * and with several targets.
 */
void rnn_delta_run(struct rnn_delta *, struct arena *, size_t n,
    struct rnn_asked asked[], bool rows);

/*
 * The forward and the backward pass separately, for callers that choose the
 * target after seeing the output.  forward fills trace [n] as rnn_forward does
 * for RNN_LOGITS.  back may be called several times, with other targets.
 */
void rnn_delta_forward(struct rnn_delta *, struct arena *, size_t n,
    const struct rnn_asked asked[], struct trace trace[]);
void rnn_delta_back(struct rnn_delta *, struct arena *,
    struct rnn_asked asked[], const struct trace trace[], bool rows);

/* dx [T][D] = W_ih^T delta, from delta [T][directions][G H]. */
void rnn_delta_words(struct rnn_delta *, size_t T, const float *delta,
    float *dx);

#endif
