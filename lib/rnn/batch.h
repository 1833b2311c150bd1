/* SPDX-License-Identifier: ISC */
/*
 * batch: the rows, the packed weights and the memory of back.h.
 *
 * Functions and types have the names of back.h, of which this is the part that
 * runs nothing.
 */
#ifndef RNN_BATCH_H
#define RNN_BATCH_H

#include <stddef.h>
#include <stdint.h>

#include "model/model.h"
#include "rnn/forward.h"
#include "rnn/second.h"

struct arena;
struct crew;

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
	float *start_c;	/* [n][H] the c before the first step; NULL is
				 * zero */
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

/*
 * A caller that sets p of the first layer's rows, and takes dp, one by one: row
 * i of step t of direction d.  Neither is then kept, nor q and its gradient, in
 * any layer, so that all of a step stays in the near cache.  There is one
 * thread and no sweep, and nothing has set dS, dA or dO.
 */
struct rnn_rows {
	/* Bring near what the others are going to read. */
	void (*fetch)(void *self, size_t d, size_t t, size_t i);
	void (*input)(void *self, size_t d, size_t t, size_t i, float *p);
	void (*gradient)(void *self, size_t d, size_t t, size_t i,
	    const float *dp);	/* NULL: dp is kept */
	void *self;
};

struct rnn_back {
	const struct model *m;
	const struct rnn_rows *rows;	/* the caller's, who may set it, or
				 * NULL */
	struct crew *crew;	/* the caller's, who may set it; NULL: one
				 * thread */
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
	struct rnn_buffer dp, joined;	/* [N][G H] dp of rows, and what the
				 * gradients of A and O add to it */
	uint32_t *begin, *its_row;	/* an input's rows are its_row[begin[i]
				 * ... begin[i + 1] - 1], the last step first:
				 * [inputs + 2], [N]; of the layer and direction
				 * that is run back, if its inputs are words */
	size_t begin_cap, its_row_cap;
	struct rnn_buffer dq;	/* [n][G H] scratch of a sweep, or of rows */
	struct rnn_buffer step;	/* [n][G H] scratch of rows */
	const float **alone;	/* [n] of a sweep's step */
	size_t alone_cap;
	struct rnn_buffer zero;	/* [G or K][H], whichever is more */
	struct rnn_buffer half;	/* [2][H] scratch of half */
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

/* Set to [numbers] from a state; NULL is zero. */
void rnn_state_copy(size_t numbers, const float *from, float *to);

/* Texts order[from] to order[to - 1], which one thread runs. */
struct rnn_share {
	size_t from, to;
};

/* The texts of a part: it takes as long as the others, about. */
struct rnn_share rnn_share_of(const struct rnn_back *, size_t part,
    size_t parts);

/* Where those end that have a word at step t. */
size_t rnn_share_end(const struct rnn_back *, size_t t, size_t to);

#endif
