/* SPDX-License-Identifier: ISC */
/*
 * inputs: what the first layer makes of a word, W_ih x.
 *
 * It does not depend on the text, so it is computed once for a word and kept
 * (memo.h).  It is also where a word can spoil a text: a vector with infinite
 * numbers only saturates the gates, and the results would look normal.  So a
 * vector that is not finite, and a product that overflows, is a fault of the
 * word, which the trace of its text has.
 */
#ifndef RNN_INPUTS_H
#define RNN_INPUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rnn/lockstep.h"
#include "rnn/trace.h"

struct inputs;
struct model;
struct rnn_weights;

/*
 * Set b [G H] to the biases that are added to W_ih x: b_ih + b_hh, but only
 * b_ih from the cell's row inner on (cell.h), since a GRU's b_hn is inside the
 * product with r.
 */
void inputs_bias(const struct model *, const struct rnn_weights *, float *b);

/* How many vectors [D] to hold at once, of most: fewer if D is very large. */
size_t inputs_at_once(const struct model *, size_t most);

/* The model must outlive it.  With biased, the biases are in the products. */
struct inputs *inputs_new(const struct model *, bool biased);
void inputs_free(struct inputs *);

/* The weights have changed: pack them again, forget all products and faults. */
void inputs_pack(struct inputs *);

/* Compute the products of n words, [n], that are not kept.  If a stream model
 * has forgotten its rows, all are forgotten first. */
void inputs_fill(struct inputs *, size_t n, const int32_t id[]);

/* Returns the product [G H] of a word of the last inputs_fill, direction d. */
const float *inputs_of(const struct inputs *, size_t d, int32_t id);

/* Set fault and fault_word of a text's trace from its words, which have been
 * filled. */
void inputs_faults(const struct inputs *, const struct rnn_text *,
    struct trace *);

#endif
