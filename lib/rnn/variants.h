/* SPDX-License-Identifier: ISC */
/*
 * variants: what a model says of many texts that share their beginnings.
 *
 * A text with some words left out is the text itself up to the first of them.
 * So the texts are sorted in reading order (of the reverse direction, from
 * their ends), and what they begin with is run once: each step computes the
 * distinct beginnings of one length, as one product.  The numbers are those of
 * rnn_forward (but for the last bit of a reverse direction's mean).
 *
 * In a bidirectional model with layers above the first nothing is shared: there
 * each state has seen the whole text.
 */
#ifndef RNN_VARIANTS_H
#define RNN_VARIANTS_H

#include <stddef.h>

#include "rnn/forward.h"

struct variants;

/* It keeps the model.  Its memory, from run to run, is its own. */
struct variants *variants_new(struct rnn *);
void variants_free(struct variants *);

/* So many words at once share well and need little memory. */
enum { VARIANTS_WORDS = 1 << 17 };

/* Run n texts: logit [n][rows], probability [n][C]. */
void variants_run(struct variants *, size_t n, const struct rnn_text text[],
    float *logit, float *probability);

#endif
