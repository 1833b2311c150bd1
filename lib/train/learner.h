/* SPDX-License-Identifier: ISC */
/*
 * learner: the gradients of a classifier's mean loss, for training.
 *
 *     loss = mean over texts of  -log p[gold],  p = softmax(W f + b)
 *
 * with f the features of a text.  A model with one output row has a sigmoid
 * head: the logit is that of the second class.  A penalty (penalty.h) is added
 * to the loss.
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
struct crew;
struct penalty;
struct random;
struct learner;

/* The gradients of the mean loss, in the shapes of struct model. */
struct learner_grad {
	struct rnn_weights layer[MODEL_LAYERS][2];
	float *weight;		/* [rows][directions H] */
	float *bias;		/* [rows] */

	/* The distinct words of the batch, and the gradients of their rows of
	 * the embedding.  id -1 is a word without a row: its gradient has no
	 * use.  Both are the learner's, until its next batch. */
	size_t words;
	const int32_t *id;	/* [words] */
	float *embedding;	/* [words][D], or NULL if not computed */
};

/*
 * Rates of dropout: each element is zero with this probability, the others are
 * divided by 1 - rate, so that the mean stays.  In a batch a word's embedding
 * has one mask, wherever the word occurs; the input of a layer above the first
 * has a mask for each word of each text, the features one for each text.
 */
struct learner_dropout {
	double embedding, layer, readout;
	struct random *random;	/* not used if all rates are 0 */
};

/* The learner keeps the model, whose weights may change between batches, the
 * penalty, which may be NULL, and the crew.  The gradients do not depend on how
 * many threads that has. */
struct learner *learner_new(const struct model *, const struct penalty *,
    struct crew *);
void learner_free(struct learner *);

/* Room for the gradients, in the arena. */
struct learner_grad *learner_grad_new(struct arena *, const struct model *);

/*
 * List the gradients in the order of parameters_of, without the embedding.
 * Returns how many; names lie in the arena, numbers are those of g.
 */
size_t learner_grad_parts(struct arena *, const struct model *,
    const struct learner_grad *g, struct parameter part[]);

/*
 * Compute the gradients for n > 0 texts and their gold classes; *g is
 * overwritten.  g->embedding is computed only if tuned.  Returns the mean loss
 * and the penalty.
 */
double learner_gradients(struct learner *, size_t n,
    const struct rnn_text text[], const size_t gold[],
    const struct learner_dropout *, bool tuned, struct learner_grad *g);

#endif
