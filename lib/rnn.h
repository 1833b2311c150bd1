/* SPDX-License-Identifier: ISC */
/*
 * rnn: GRU and LSTM forward, heads.
 *
 * Texts of a batch run in lockstep, longest first, so that the recurrent
 * product of a step is one matrix product; the product of embedding and input
 * weights is memoised per word (memo.h).  Every product is a chain of its own
 * (packed.h), so a text's numbers do not depend on its batch.
 */
#ifndef RNN_H
#define RNN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model.h"

struct arena;
struct rnn;

/* Make a model ready to run.  It keeps the model and reads its weights. */
struct rnn *rnn_new(struct model *);
void rnn_free(struct rnn *);
struct model *rnn_model(const struct rnn *);

/* The weights have changed: forget what was computed from them. */
void rnn_forget(struct rnn *);

struct rnn_text {
	size_t T;
	const int32_t *id;	/* [T] model_words; T == 0 is allowed */
};

enum rnn_want {
	RNN_LOGITS,		/* logit, probability, predicted */
	RNN_TRACE,		/* and S, A, O, argmax of the top layer */
	RNN_GATES,		/* and every gate of the top layer */
};

/*
 * Run n texts; trace[i] is filled, its memory is the arena's (weight, bias and
 * label are the model's).
 */
void rnn_forward(struct rnn *, struct arena *, size_t n,
    const struct rnn_text text[], enum rnn_want, struct trace trace[]);

#endif
