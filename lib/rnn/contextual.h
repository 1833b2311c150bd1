/* SPDX-License-Identifier: ISC */
/*
 * contextual: contextual decomposition, what a span of words gives a text.
 *
 * Every state of the network is split into the part of a span, beta, and the
 * rest, gamma (Murdoch et al. 2018); the equations of a step are in lanes.h.
 * What the head reads is split, too, so the logit less its bias is a sum of
 * two parts, of which the first is the score of the span.  The parts of two
 * spans do not add up to that of both.
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
 * Set beta [n][P] to the parts of n spans of a text, in any order, at the
 * features.  It takes a step for each span and word, in each direction from the
 * span's first word on, or, generalised, two from the first word of the text
 * on; all spans share the steps of the text, which has words.
 */
void contextual_run(struct contextual *, const struct rnn_text *, size_t n,
    const struct rnn_span span[], float *beta);

#endif
