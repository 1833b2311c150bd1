/* SPDX-License-Identifier: ISC */
/*
 * back: forward and backward passes (back-propagation through time).
 *
 * The networks are those of forward.h.  The caller provides the input of the
 * first layer, and computes the gradients that it wants from those of p and q
 * at each step: learner.h sums them for training, delta.h keeps each word's for
 * attribution.
 *
 * Texts of a batch run in lockstep, longest first, and the rows of a step lie
 * together: row off[t] + i is text order[i] at step t, in the order in which
 * the direction reads.  So a step is one product for all texts that are still
 * running, and the gradient of W_hh is one product over the rows of all steps.
 * Padding is never computed.  Products with the weights use packed.h, so a
 * text's numbers do not depend on the other texts of the batch.
 *
 * Between layers a word's row is that of the forward direction; the reverse
 * direction reads at its row r the word of row input[1][r].
 *
 *     p = W_ih x + b            q = W_hh h_before
 *     dW_ih = sum  dp x^T       dW_hh = sum over rows  dq h_before^T
 *
 * The caller runs the layers one by one, upwards and then downwards, so that it
 * can change what passes between them (dropout).
 */
#ifndef RNN_BACK_H
#define RNN_BACK_H

#include <stddef.h>
#include <stdint.h>

#include "model/model.h"
#include "rnn/forward.h"
#include "rnn/second.h"

struct arena;

/* Memory that is kept from batch to batch: no page is faulted in twice. */
struct rnn_buffer {
	float *x;
	size_t cap;
};

/* Make room for n floats; returns x, which may have moved. */
float *rnn_buffer_want(struct rnn_buffer *, size_t n);

/* One direction of one layer; K is the cell's (cell.h). */
struct rnn_pass {
	const struct rnn_weights *w;
	float *hh, *hh_back;	/* W_hh and its transpose, packed; NULL if the
				 * cell is linear */
	float *ih, *ih_back;	/* the same for W_ih; NULL in the first layer */
	float *bias;		/* [G H] inputs_bias */

	const uint32_t *input;	/* [N] the row of p that a row reads */
	size_t inputs;		/* rows of p */
	struct rnn_buffer p;	/* [inputs][G H] W_ih x, with the biases */
	struct rnn_buffer dp;	/* [inputs][G H] its gradient */

	struct rnn_buffer h;	/* [N][H] */
	struct rnn_buffer before;	/* [N][H] h of the step before */
	struct rnn_buffer c;	/* [N][H] if the cell has it */
	struct rnn_buffer gate;	/* [N][K][H] */
	struct rnn_buffer q;	/* [N][G H] W_hh before; then its gradient */
	struct second second;
	struct rnn_buffer x, dy;	/* [N][H] with a second product: what
				 * it reads; the gradient of what it gives */

	/* Gradients [N][H] of the rows' S, A and O (cell.h) that do not come
	 * through h, or NULL.  The caller sets them before the backward pass,
	 * which adds them.  dO is not read if O is 1. */
	const float *dS, *dA, *dO;
};

struct rnn_back {
	const struct model *m;
	struct arena *arena;	/* the packed weights */
	size_t F, P, K;		/* directions H; model_features; gates of a
				 * step */

	/* the batch */
	size_t n, N, steps;	/* texts, rows, steps of the longest text */
	const struct rnn_text *text;	/* the caller's */
	size_t *order;		/* [n] texts, longest first */
	size_t *off;		/* [steps + 1] first row of each step */
	size_t first;		/* word of the text with which the batch begins:
				 * 0, or that of a segment (segments.h) */
	uint32_t *input[2];	/* [N] a direction's row -> the word's */
	size_t order_cap, off_cap, input_cap[2];

	struct rnn_pass pass[MODEL_LAYERS][2];
	struct rnn_buffer y[MODEL_LAYERS];	/* [N][F] a layer's h, both
				 * directions; unset in the top layer if
				 * pooling is last alone */
	struct rnn_buffer dy[MODEL_LAYERS];	/* [N][F] its gradient */
	struct rnn_buffer f, df;	/* [n][P] features, in the order of
				 * order[]; their gradient */
	struct rnn_buffer ends;	/* [n][F] the part of df that reads the last
				 * states: pool.h */
	uint32_t *argmax;	/* [n][F] POOLING_MAX: the word */
	size_t argmax_cap;
	struct rnn_buffer row;	/* [T][F] of a text, or [N][F]; scratch */
	struct rnn_buffer dh, dc, back;	/* [n][H] scratch */
	const float **in;	/* [n] the inputs of a step */
	size_t in_cap;
	struct rnn_buffer dq;	/* [n][G H] scratch of a sweep */
	const float **alone;	/* [n] of a sweep's step */
	size_t alone_cap;
	struct rnn_buffer zero;	/* [H] */
};

/* The model must outlive it. */
struct rnn_back *rnn_back_new(const struct model *);
void rnn_back_free(struct rnn_back *);

/* Pack the weights again after they have changed. */
void rnn_back_pack(struct rnn_back *);

/* Begin a batch of n > 0 texts, which must outlive the batch: set order, off
 * and input of the words. */
void rnn_back_lay_out(struct rnn_back *, size_t n,
    const struct rnn_text *text);	/* [n] */

/*
 * The forward pass of a layer.  In the first layer the caller has set input,
 * inputs and p of each direction; above it, they are computed from y of the
 * layer below.
 */
void rnn_back_forward(struct rnn_back *, size_t layer);

/*
 * One direction of a layer alone, for texts whose beginning was run before
 * (segments.h).  start is the state before the first step; NULL is zero.  The
 * caller has set input, inputs and p of the direction, in layers above the
 * first by rnn_back_inputs from y [N][F], the layer below.
 */
struct rnn_state {
	float *h;		/* [n][H] */
	float *c;		/* [n][H]; not read if the cell has no c */
};

void rnn_back_inputs(struct rnn_back *, size_t layer, size_t d,
    const float *y);
void rnn_back_run(struct rnn_back *, size_t layer, size_t d,
    const struct rnn_state *start);

/*
 * A pass back through the states that is watched, for presence.h.  later is
 * called at each row, from a direction's last step to its first, with what
 * later steps give to the row's state (flow), and at a text's end with what
 * pooling gives to the last state (ends); but without what other pooling and
 * the layer above give to h at this step.
 *
 * If alone is NULL, what flows is the gradient.  Otherwise it is passed back by
 * half's multipliers (cell.h), and alone sets gate[i], for the n rows of a
 * direction's step t, to what the step keeps, [K][H], when it runs from the
 * state zero; in layers above the first also with input zero.
 *
 * A sweep sets dp above the first layer alone, and leaves q.
 */
struct rnn_step {
	size_t layer, d;
	size_t i, t;		/* text order[i], the direction's step t */
	struct rnn_state flow, now, before;	/* [H] each; before the step */
};

struct rnn_sweep {
	void (*later)(void *self, const struct rnn_step *);
	void (*alone)(void *self, size_t layer, size_t d, size_t t, size_t n,
	    const float *gate[]);
	void *self;
};

/*
 * Back through that direction: dp, and the gradient of q (in q).  With start,
 * flow is the gradient of the state after the last step, and receives that of
 * start; dy is then the only other source.  If pooling is last alone the top
 * layer has no dy.  With start NULL, flow is not used.  sweep may be NULL.
 */
void rnn_back_run_back(struct rnn_back *, size_t layer, size_t d,
    const struct rnn_state *start, const struct rnn_state *flow,
    const struct rnn_sweep *sweep);

/*
 * From dp of a direction, the gradient dy [N][F] of the layer below: direction
 * 0 sets it, direction 1 adds to it.
 */
void rnn_back_below(struct rnn_back *, size_t layer, size_t d, float *dy);

/* The backward pass of a layer: dp, the gradient of q (in q), and dy of the
 * layer below.  sweep may be NULL. */
void rnn_back_backward(struct rnn_back *, size_t layer,
    const struct rnn_sweep *sweep);

#endif
