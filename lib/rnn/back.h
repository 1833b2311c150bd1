/* SPDX-License-Identifier: ISC */
/*
 * back: the networks of forward.h, forwards and back (back-propagation through
 * time).
 *
 * The passes alone: the caller provides the input of the first layer, and
 * computes the gradients that it wants from what flows back.  learner.h sums
 * gradients for training, delta.h keeps each word's for attribution.
 *
 * Texts of a batch run in lockstep, longest first, and what belongs to one
 * step lies together: row off[t] + i is text i at step t, in the order in which
 * the direction reads.  So a step is one product for all texts that are still
 * running, and the gradient of W_hh one over the rows of all steps.  No padding
 * is ever computed.  Products with the weights go through packed.h: what flows
 * for one text does not depend on the others.
 *
 * Between layers a word's row is that of the forward direction; the reverse
 * direction reads at its row r the word of row input[1][r].
 *
 *     p = W_ih x + b            q = W_hh h_before
 *     dW_ih = sum  dp x^T       dW_hh = sum over rows  dq h_before^T
 *
 * A call for each layer, upwards and then downwards, so that the caller can
 * reach in between (dropout).
 */
#ifndef RNN_BACK_H
#define RNN_BACK_H

#include <stddef.h>
#include <stdint.h>

#include "model/model.h"
#include "rnn/forward.h"

struct arena;

/* Memory that lasts from batch to batch, so that no page is asked for twice. */
struct rnn_buffer {
	float *x;
	size_t cap;
};

float *rnn_buffer_want(struct rnn_buffer *, size_t n);

/* One direction of one layer; K is the cell's (cell.h). */
struct rnn_pass {
	const struct rnn_weights *w;
	float *hh, *hh_back;	/* W_hh and its transpose, packed */
	float *ih, *ih_back;	/* the same of W_ih; not of the first layer */
	float *bias;		/* [G H] rnn_bias */

	const uint32_t *input;	/* [N] the row of p that a row reads */
	size_t inputs;		/* rows of p */
	struct rnn_buffer p;	/* [inputs][G H] W_ih x, with the biases */
	struct rnn_buffer dp;	/* [inputs][G H] its gradient */

	struct rnn_buffer h;	/* [N][H] */
	struct rnn_buffer before;	/* [N][H] h of the step before */
	struct rnn_buffer c;	/* [N][H] if the cell has it */
	struct rnn_buffer gate;	/* [N][K][H] */
	struct rnn_buffer q;	/* [N][G H] W_hh before; then its gradient */
};

struct rnn_back {
	const struct model *m;
	struct arena *arena;	/* the packed weights */
	size_t F, K;		/* directions H; gates of a step */

	/* the batch */
	size_t n, N, steps;	/* texts, rows, steps of the longest text */
	const struct rnn_text *text;	/* the caller's */
	size_t *order;		/* [n] texts, longest first */
	size_t *off;		/* [steps + 1] first row of each step */
	uint32_t *input[2];	/* [N] a direction's row -> the word's */
	size_t order_cap, off_cap, input_cap[2];

	struct rnn_pass pass[MODEL_LAYERS][2];
	struct rnn_buffer y[MODEL_LAYERS];	/* [N][F] a layer's h, both
				 * directions; not if `last` reads it */
	struct rnn_buffer dy[MODEL_LAYERS];	/* [N][F] its gradient */
	struct rnn_buffer f, df;	/* [n][F] features, by order; their
				 * gradient */
	uint32_t *argmax;	/* [n][F] POOLING_MAX: the word */
	size_t argmax_cap;
	struct rnn_buffer row;	/* [T][F] of a text, or [N][F]; scratch */
	struct rnn_buffer dh, dc, back;	/* [n][H] scratch */
	struct rnn_buffer zero;	/* [H] */
};

/* It keeps the model. */
struct rnn_back *rnn_back_new(const struct model *);
void rnn_back_free(struct rnn_back *);

/* The weights are new, or have changed: pack them. */
void rnn_back_pack(struct rnn_back *);

/* A batch of n > 0 texts, which stay the caller's. */
void rnn_back_lay_out(struct rnn_back *, size_t n,
    const struct rnn_text text[]);

/*
 * Forward: of the first layer, input, inputs and p are the caller's to set;
 * above, p is made of y of the layer below.
 */
void rnn_back_forward(struct rnn_back *, size_t layer);

/* The features f of the top layer's states. */
void rnn_back_pool(struct rnn_back *);

/* What flows from df into the top layer. */
void rnn_back_unpool(struct rnn_back *);

/* Back through a layer: dp and the gradient of q, and dy of the layer below. */
void rnn_back_backward(struct rnn_back *, size_t layer);

#endif
