/* SPDX-License-Identifier: ISC */
/*
 * relevance: LRP and DeepLIFT of an explanation.
 *
 * A pass back that hands the target from the output to the words: each sum of
 * the network divides what it has among its terms.  math/lanes.h has the rules
 * of the steps of all cells.
 *
 *     lrp        relevance propagation by the epsilon rule (struct lanes_rule)
 *     deeplift   the same of the difference from a text of zero embeddings: by
 *                secants, so that words add up to the difference of the
 *                targets; or by the rules of LRP
 *
 * Words add up to the target less the bias.  By secants, the bias is the target
 * for zero embeddings.  By LRP, it is what no word has: the part of the biases
 * and of epsilon, and with a reference also what the gates changed.
 */
#ifndef EXPLAIN_RELEVANCE_H
#define EXPLAIN_RELEVANCE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct explanation;
struct model;
struct relevance;
struct rnn_text;
struct trace;

struct relevance_method {
	bool lrp;		/* the rules of LRP, not secants */
	bool reference;		/* of the difference from zero embeddings */
	double gate;		/* LRP: the part that a gate takes */
};

/* epsilon is read by LRP.  The model must outlive it. */
struct relevance *relevance_new(struct model *,
    const struct relevance_method *, double epsilon);
void relevance_free(struct relevance *);

/* Run text [n] and fill trace [n] as rnn_forward does for RNN_LOGITS.  Both
 * must outlive the pass back, relevance_explain. */
void relevance_forward(struct relevance *, struct arena *, size_t n,
    const struct rnn_text *text, struct trace *trace);

/* Set the spans and sums of n explanations, e[i], of those texts. */
void relevance_explain(struct relevance *, struct arena *, size_t n,
    struct explanation *const e[]);

#endif
