/* SPDX-License-Identifier: ISC */
/*
 * forward: GRU and LSTM forward, heads.
 *
 * Texts of a batch run in lockstep (lockstep.h); the product of embedding and
 * input weights is memoised per word (memo.h).  Every product is a chain of its
 * own (packed.h), so a text's numbers do not depend on its batch.
 */
#ifndef RNN_FORWARD_H
#define RNN_FORWARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/model.h"
#include "rnn/lockstep.h"
#include "rnn/trace.h"

struct arena;
struct rnn;

/* Make a model ready to run.  It keeps the model and reads its weights. */
struct rnn *rnn_new(struct model *);
void rnn_free(struct rnn *);
struct model *rnn_model(const struct rnn *);

/*
 * b [G H], the part of a layer's biases that is added to W_ih x: b_ih + b_hh,
 * but only b_ih from the cell's row inner on (cell.h): a GRU's b_hn is inside
 * the product with r.
 */
void rnn_bias(const struct model *, const struct rnn_weights *, float *b);

/* The weights have changed: forget what was computed from them. */
void rnn_forget(struct rnn *);

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

/*
 * The parts of that pass, for who orders the steps otherwise (variants.h): of
 * direction d of a layer, for n texts or states.
 *
 *     rnn_words      makes words' first-layer products ready, until the next
 *                    call of it or of rnn_forward
 *     rnn_word       such a product: p [G H] = W_ih x + b
 *     rnn_inputs     a layer above: p [n][G H] from x [n][directions H]
 *     rnn_recurrent  q [n][G H] = W_hh h, h [n][H]
 *     rnn_cell       one step of one text: h [H], and c [H] of a cell that has
 *                    it, are replaced; gate [K][H] as in lanes.h
 */
void rnn_words(struct rnn *, size_t n, const int32_t id[]);
const float *rnn_word(const struct rnn *, size_t d, int32_t id);
void rnn_inputs(const struct rnn *, size_t layer, size_t d, size_t n,
    const float *x, float *p);
void rnn_recurrent(const struct rnn *, size_t layer, size_t d, size_t n,
    const float *h, float *q);
void rnn_cell(const struct rnn *, size_t layer, size_t d, const float *p,
    const float *q, float *h, float *c, float *gate);

#endif
