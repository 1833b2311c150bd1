/* SPDX-License-Identifier: ISC */
/*
 * variants: the output of a model for many texts that share their beginnings.
 *
 * A text with some words left out equals the whole text up to the first of
 * them.  So the texts are sorted by their words in reading order (backwards for
 * the reverse direction), and a beginning that several texts share is run once:
 * each step computes the distinct beginnings of one length, as one product.
 * The numbers are those of rnn_forward; only the last bit of a mean may differ
 * in the reverse direction.
 *
 * In a bidirectional model of several layers nothing is shared: above the first
 * layer each state depends on the whole text.  With pooling attention, too:
 * there each weight does.
 */
#ifndef RNN_VARIANTS_H
#define RNN_VARIANTS_H

#include <stddef.h>

#include "rnn/forward.h"

struct variants;

/* The struct rnn must outlive it.  Memory is kept from run to run. */
struct variants *variants_new(struct rnn *);
void variants_free(struct variants *);

/* Run n texts; sets logit [n][rows] and probability [n][C]. */
void variants_run(struct variants *, size_t n, const struct rnn_text text[],
    float *logit, float *probability);

#endif
