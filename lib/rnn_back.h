/* SPDX-License-Identifier: ISC */
/*
 * rnn_back: the gradients of rnn.h's classifiers (back-propagation through
 * time).
 *
 * Texts of a batch run in lockstep, longest first, and what belongs to one
 * step lies together: row off[t] + i is text i at step t, in the order in which
 * the direction reads.  So a step is one product for all texts that are still
 * running, the gradient of W_hh is one product over the rows of all steps,
 *
 *     dW_hh = sum over rows  dq h_before^T        (q = W_hh h_before)
 *
 * and that of W_ih one over the distinct words of the batch, since dp of equal
 * words can be added first (p = W_ih x).  No padding is ever computed.
 *
 * With f the last state of each text (both directions joined), z = W f + b:
 *
 *     loss = mean over texts of  -log softmax(z)[gold]
 *
 * A model with one output row is a sigmoid head: z is the second class's
 * logit.  One layer, pooling last.
 */
#ifndef RNN_BACK_H
#define RNN_BACK_H

#include <stddef.h>
#include <stdint.h>

#include "model.h"
#include "rnn.h"

struct arena;
struct random;
struct rnn_back;

/* The gradients of the mean loss, in the shapes of struct model. */
struct rnn_grad {
	struct rnn_weights layer[MODEL_LAYERS][2];
	float *weight;		/* [rows][directions H] */
	float *bias;		/* [rows] */

	/* The distinct words of the batch and the gradients of their rows;
	 * the embedding of a word without a row (-1) gets none. */
	size_t words;
	const int32_t *id;	/* [words] */
	float *embedding;	/* [words][D], or NULL: not wanted */
};

/*
 * Dropout: each element is zero with this probability, the others are divided
 * by 1 - p.  A word's embedding has one mask in a batch, wherever it occurs;
 * a readout has one for each text.
 */
struct rnn_dropout {
	double embedding, readout;
	struct random *random;
};

/* It keeps the model and reads its weights, which may change in between. */
struct rnn_back *rnn_back_new(const struct model *);
void rnn_back_free(struct rnn_back *);

/* Gradients to fill, in the arena. */
struct rnn_grad *rnn_grad_new(struct arena *, const struct model *);

/*
 * Run n > 0 texts of these gold classes forward and back; *g is overwritten.
 * The rows of g->embedding are computed if tuned.  Returns the mean loss.
 */
double rnn_backward(struct rnn_back *, size_t n, const struct rnn_text text[],
    const size_t gold[], const struct rnn_dropout *, bool tuned,
    struct rnn_grad *g);

#endif
