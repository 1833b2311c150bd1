/* SPDX-License-Identifier: ISC */
/*
 * contextual_scores: contextual decomposition of an explanation.
 *
 * Each span of each level has a score of its own: what the output layer reads
 * of its part of the features.  One run of the spans serves all targets.
 */
#ifndef EXPLAIN_CONTEXTUAL_SCORES_H
#define EXPLAIN_CONTEXTUAL_SCORES_H

#include "rnn/contextual.h"

struct explanation;

/* Set the spans and sums of the explanation of a text.  The row "text" is the
 * score of all words, and its note says so; the bias is the rest of the logit:
 * generalised, what the biases give through the states, too. */
void contextual_explain(struct contextual *, struct explanation *,
    const struct rnn_text *);

#endif
