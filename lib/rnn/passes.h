/* SPDX-License-Identifier: ISC */
/*
 * passes: a batch of texts forward, and back from a target.
 *
 * What delta.h and presence.h have in common.  A word's vector can be another
 * one than its embedding e_t:
 *
 *     x_t = q e_t + (1 - q) f_t + shift_t
 *
 * with f_t the embedding of another word, or zero: the path of integrated
 * gradients.  The first layer sees a word only through
 *
 *     p_t = q P_t + (1 - q) W_ih f_t + W_ih shift_t + b,    P_t = W_ih e_t
 *
 * and W_ih e_t is computed once a word, for all scales (inputs.h).  Each word
 * has a row of its own, even if words are equal, and every product uses
 * packed.h, so a text's numbers do not depend on the batch.
 *
 * A long text that is a batch by itself is run in segments (segments.h): its
 * numbers are the same, and the memory hardly grows with it.
 */
#ifndef RNN_PASSES_H
#define RNN_PASSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rnn/back.h"
#include "rnn/forward.h"

struct arena;
struct inputs;
struct segments;
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

/* Add W_ih shift_t of direction d to p [G H].  Word t is asked for in any
 * order, more than once. */
struct rnn_shift {
	void (*add)(void *self, size_t d, size_t t, float *p);
	void *self;
};

/* One text of a batch at one point, for one target. */
struct rnn_run {
	struct rnn_text text;
	double scale;		/* q */
	const int32_t *from;	/* [T] the words f, or NULL: zero */
	const struct rnn_shift *shift;	/* or NULL */
	struct rnn_target target;

	double value;		/* F */
	double *along;		/* [T] (P_t - W_ih f_t) . delta_t, set by
				 * delta.h */
};

/* Words first to last, from 0. */
struct rnn_span {
	size_t first, last;
};

/* Receives dp [n][G H] of words first to first + n - 1 of run i. */
typedef void passes_gradient(void *self, size_t i, size_t d, size_t first,
    size_t n, const float *dp);

struct passes {
	struct model *m;
	struct rnn_back *back;
	struct inputs *inputs;	/* P */
	struct segments *segments;
	bool segmented;		/* the batch is a long text, in segments */
	struct rnn_buffer from;		/* [G H] the part of W_ih f_t */
	const struct rnn_run *run;	/* of the batch */
	bool lean;		/* the caller's, who may set it: no pass back
				 * has a sweep or a reference */
	struct rnn_rows rows;	/* then they run a batch at once */
	passes_gradient *gradient;	/* of the pass back */
	void *gradient_self;
	struct passes *reference;	/* the same texts at scale 0; or NULL */
	struct trace *zero;		/* [n] their results */
};

/* The model must outlive it. */
struct passes *passes_new(struct model *);
void passes_free(struct passes *);

/* From now on each forward pass also runs the texts at scale 0, and each pass
 * back compares with them (rnn_sweep). */
void passes_refer(struct passes *);

/* Run n > 0 texts forward.  Fills trace [n] as rnn_forward does for RNN_LOGITS;
 * run [n] must outlive the passes back. */
void passes_forward(struct passes *, struct arena *, size_t n,
    struct rnn_run run[], struct trace trace[]);

/*
 * A pass back, which may be repeated with other targets.  Sets each run's
 * value.  If gradient is not NULL, it is called once for each word in direction
 * 0, and then in direction 1.  If it is NULL and the batch is at once, dp of
 * the first layer is in back.
 */
void passes_back(struct passes *, struct arena *, struct rnn_run run[],
    const struct trace trace[], const struct rnn_sweep *sweep,
    passes_gradient *gradient, void *self);

/* The states [F] of word t, of text order[i], in a layer: of the top layer only
 * if pooling is not last alone. */
const float *passes_states(const struct passes *, size_t layer, size_t i,
    size_t t);

/*
 * Set h [H] to the state of the top layer, direction 1, at word t of text
 * order[i], if the text ended with this word: the first step of the direction.
 * Layers below are those of the whole text.
 */
void passes_ending(struct passes *, size_t i, size_t t, float *h);

#endif
