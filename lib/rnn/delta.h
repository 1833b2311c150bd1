/* SPDX-License-Identifier: ISC */
/*
 * delta: the gradient of a class's score with respect to each word.
 *
 * A text's words may be scaled, x_t = q embedding_t, 0 <= q <= 1: the path of
 * integrated gradients.  The first layer sees a word only through
 *
 *     p_t = q P_t + b,    P_t = W_ih embedding_t
 *
 * and P_t is computed once a word, for all scales (inputs.h).  For a target
 * F, delta_t = dF / dp_t gives the rest:
 *
 *     dF / dx_t               = W_ih^T delta_t
 *     (dF / dx_t) . embedding = P_t . delta_t               no product at all
 *
 * Both are sums over the directions.  Each word has a row of its own, even if
 * words are equal, and every product uses packed.h, so a text's numbers do not
 * depend on the batch.  F at q = 1 is what rnn_forward computes.
 *
 * A long text that is a batch by itself is run in segments (segments.h): its
 * numbers are the same, and the memory hardly grows with it.
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
 * The target F.  With coefficient set, it is the sum of coefficient[k] z_k over
 * the logits z.  Otherwise it is the probability of class, among all classes,
 * or in a contrast among class and against alone.
 */
struct rnn_target {
	const double *coefficient;	/* [rows], or NULL */
	size_t class;
	bool contrast;
	size_t against;
};

/* One text of a batch at one scale, for one target, and the results. */
struct rnn_run {
	struct rnn_text text;
	double scale;		/* q */
	struct rnn_target target;

	double value;		/* F */
	double *along;		/* [T] P_t . delta_t */
};

/* Receives dx [D] = dF / dx_t of word t of text i; words come in any order. */
typedef void rnn_delta_word(void *self, size_t i, size_t t, const float *dx);

/* The model must outlive it. */
struct rnn_delta *rnn_delta_new(struct model *);
void rnn_delta_free(struct rnn_delta *);
const struct model *rnn_delta_model(const struct rnn_delta *);

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
