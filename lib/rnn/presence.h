/* SPDX-License-Identifier: ISC */
/*
 * presence: what changes if words are not there.
 *
 * Two scores, each from one forward pass and one pass back through the states;
 * presence.c has the equations.
 *
 *     skip   of any span: how much the target F falls, to first order, if the
 *            words of the span are left out.  It is not additive.
 *     half   of each word: half of what the word changes in its context plus
 *            half of what it would write alone.  The scores of all words add up
 *            to F less F of a text without words.  F must be a weighted sum of
 *            logits: a probability has no such sum.
 *
 * All words have scale 1 (passes.h).  A text's numbers do not depend on the
 * batch.
 */
#ifndef RNN_PRESENCE_H
#define RNN_PRESENCE_H

#include <stddef.h>

#include "rnn/passes.h"

struct rnn_presence;

/* The spans of a text that are left out, one at a time. */
struct rnn_skip {
	size_t n;
	const struct rnn_span *span;	/* [n], in any order; may overlap */
	double whole;		/* the score of a span of all words, which
				 * leaves nothing: F - F(no words) */
	double *S;		/* [n] set */
};

/* The model must outlive it. */
struct rnn_presence *rnn_presence_new(struct model *);
void rnn_presence_free(struct rnn_presence *);

/* Run n texts forward, as passes_forward. */
void rnn_presence_forward(struct rnn_presence *, struct arena *, size_t n,
    struct rnn_run run[], struct trace trace[]);

/*
 * Passes back for the target of each run, which may be repeated with other
 * targets, in any order.  They set each run's value, and task[i].S or S[i] [T];
 * a text whose S is NULL is not scored.  Scratch memory comes from the arena.
 */
void rnn_presence_skip(struct rnn_presence *, struct arena *,
    struct rnn_run run[], const struct trace trace[],
    const struct rnn_skip task[]);
void rnn_presence_half(struct rnn_presence *, struct arena *,
    struct rnn_run run[], const struct trace trace[], double *const S[]);

#endif
