/* SPDX-License-Identifier: ISC */
/*
 * learner: the gradients of a classifier's loss, for training.
 *
 *     loss = mean over texts of  -log softmax(W f + b)[gold]
 *
 * with f the head's features; a model with one output row is a sigmoid head,
 * whose z is the second class's logit.
 *
 * The distinct words of a batch are one row each, since dp of equal words can
 * be added before the product with W_ih or x.
 */
#ifndef TRAIN_LEARNER_H
#define TRAIN_LEARNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/model.h"
#include "model/parameters.h"
#include "rnn/forward.h"

struct arena;
struct random;
struct rnn_learner;

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
 * what a layer hands to the one above has one for each row, a readout one for
 * each text.
 */
struct rnn_dropout {
	double embedding, layer, readout;
	struct random *random;
};

/* It keeps the model and reads its weights, which may change in between. */
struct rnn_learner *rnn_learner_new(const struct model *);
void rnn_learner_free(struct rnn_learner *);

/* Gradients to fill, in the arena. */
struct rnn_grad *rnn_grad_new(struct arena *, const struct model *);

/*
 * Them as a list, in the order of parameters_of of the model, without the
 * embedding.  Returns how many.
 */
size_t rnn_grad_parts(struct arena *, const struct model *,
    const struct rnn_grad *, struct parameter part[]);

/*
 * Run n > 0 texts of these gold classes forward and back; *g is overwritten.
 * The rows of g->embedding are computed if tuned.  Returns the mean loss.
 */
double rnn_learner_gradients(struct rnn_learner *, size_t n,
    const struct rnn_text text[], const size_t gold[],
    const struct rnn_dropout *, bool tuned, struct rnn_grad *g);

#endif
