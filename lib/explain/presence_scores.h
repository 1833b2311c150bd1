/* SPDX-License-Identifier: ISC */
/*
 * presence_scores: skip, half and mix of an explanation (rnn/presence.h).
 *
 * skip scores each span of each level by itself.  half is additive: a span is
 * the sum of its words, and words and bias are the logit.  mix weighs half with
 * a skip that was made to add up:
 *
 *     S(t) = (1 - w) half(t) + w b_t (1 + rho sign b_t)
 *     rho  = (F - bias - sum of b) / sum of |b|
 *
 * b_t is the skip of word t.  Its remainder is divided in proportion to |b_t|,
 * so signs and order stay while |rho| < 1.  If all b are 0, each word gets an
 * equal part.
 */
#ifndef EXPLAIN_PRESENCE_SCORES_H
#define EXPLAIN_PRESENCE_SCORES_H

#include <stdbool.h>
#include <stddef.h>

#include "rnn/presence.h"

struct explanation;

struct presence_method {
	bool skip, half;	/* both: mix */
	double weight;		/* w of mix, 0 to 1 */
};

/*
 * Set the spans and sums of n explanations, e[i], of the texts of the last
 * rnn_presence_forward.  run and trace [n] are those of that pass; scratch
 * memory comes from the arena.  The bias is the target for a text without
 * words.  The row "text" is the sum of the words, or for skip the score of the
 * whole text, and its note says so.  With -j, of skip alone and not of pairs
 * that do not touch, spans are joined: a tree takes a pass back a step.
 */
void presence_explain(struct rnn_presence *, struct arena *,
    const struct presence_method *, size_t n, struct explanation *const e[],
    struct rnn_run run[], const struct trace trace[]);

#endif
