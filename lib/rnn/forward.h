/* SPDX-License-Identifier: ISC */
/*
 * forward: a batch of texts through the network, from words to probabilities.
 *
 * Texts of a batch run in lockstep (lockstep.h); the product of embedding and
 * input weights is computed once for each word (memo.h).  Each element of a
 * product is a chain of its own (packed.h), so a text's numbers do not depend
 * on its batch.
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

/* Make a model ready to run: pack its weights.  The model must outlive it. */
struct rnn *rnn_new(struct model *);
void rnn_free(struct rnn *);
struct model *rnn_model(const struct rnn *);

/* The weights have changed: pack them again and empty the memo. */
void rnn_forget(struct rnn *);

enum rnn_want {
	RNN_LOGITS,		/* logit, probability, predicted */
	RNN_TRACE,		/* and S, A, O, argmax of the top layer */
	RNN_GATES,		/* and every gate of the top layer */
};

/*
 * Run n texts and fill trace[i] for each.  Its memory is in the arena; weight,
 * bias and label are the model's.
 */
void rnn_forward(struct rnn *, struct arena *, size_t n,
    const struct rnn_text text[], enum rnn_want, struct trace trace[]);

/*
 * The parts of that pass, for callers that run the steps in another order
 * (variants.h): direction d of a layer, n texts or states.
 *
 *     rnn_words      makes the first-layer products of n words ready, until the
 *                    next call of it or of rnn_forward
 *     rnn_word       returns the product of such a word: p [G H] = W_ih x + b
 *     rnn_inputs     the same above the first layer: sets p [n][G H] from
 *                    x [n][directions H]
 *     rnn_recurrent  sets q [n][G H] = W_hh h, h [n][H]; does nothing if the
 *                    cell is linear in the state
 *     rnn_second     only if the cell has a second product (cell.h): sets its
 *                    rows of q; p[i] is the input of row i; x and y [n][H] are
 *                    scratch
 *     rnn_cell       one step of one text: replaces h [H], and c [H] if the
 *                    cell has it; sets gate [K][H] (lanes.h)
 */
void rnn_words(struct rnn *, size_t n, const int32_t id[]);
const float *rnn_word(const struct rnn *, size_t d, int32_t id);
void rnn_inputs(const struct rnn *, size_t layer, size_t d, size_t n,
    const float *x, float *p);
void rnn_recurrent(const struct rnn *, size_t layer, size_t d, size_t n,
    const float *h, float *q);
void rnn_second(const struct rnn *, size_t layer, size_t d, size_t n,
    const float *const p[], const float *h, float *x, float *y, float *q);
void rnn_cell(const struct rnn *, size_t layer, size_t d, const float *p,
    const float *q, float *h, float *c, float *gate);

#endif
