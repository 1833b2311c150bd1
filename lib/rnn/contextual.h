/* SPDX-License-Identifier: ISC */
/*
 * contextual: contextual decomposition, what a span of words gives a text.
 *
 * Every state of the network is split into the part of a span, beta, and the
 * rest, gamma (Murdoch et al. 2018); the equations of a step are in lanes.h.
 * What the head reads is split, too.  So the logit without its bias is the sum
 * of two parts.  The first is the score of the span.  The scores of two spans
 * do not add up to the score of both together.
 *
 * Only cells whose row has parts have such a step, and only heads without
 * modules are linear.
 */
#ifndef RNN_CONTEXTUAL_H
#define RNN_CONTEXTUAL_H

#include <stdbool.h>
#include <stddef.h>

#include "rnn/passes.h"

struct contextual;

/* True if the model's cell or head has no parts. */
bool contextual_lacks(const struct model *);

/* The model must outlive it.  Generalised, the biases are a third part that
 * goes through the states (lanes.h). */
struct contextual *contextual_new(struct model *, bool generalised);
void contextual_free(struct contextual *);

/* P, the numbers of the features. */
size_t contextual_features(const struct contextual *);

/*
 * Set beta [n][P] to the parts of n spans at the features.  The text has at
 * least one word; the spans may have any order.  Each span takes a step a word,
 * in each direction from the span's first word on; generalised, two.  All spans
 * share the steps of the text itself.
 */
void contextual_run(struct contextual *, const struct rnn_text *, size_t n,
    const struct rnn_span span[], float *beta);

#endif
