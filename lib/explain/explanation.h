/* SPDX-License-Identifier: ISC */
/*
 * explanation: the scores of one block, written as rows of a score stream.
 *
 * A filter that explains, whatever its method, opens an explanation of a block,
 * sets its scores and writes it.  Each score belongs to a span and a target
 * (target.h).  All memory comes from the block's arena.  Only the spans of
 * joined can differ between targets.
 */
#ifndef EXPLAIN_EXPLANATION_H
#define EXPLAIN_EXPLANATION_H

#include <stdbool.h>
#include <stddef.h>

#include "explain/join.h"
#include "explain/target.h"
#include "rnn/passes.h"
#include "stream/level.h"

struct block;
struct output;
struct trace;

struct explanation {
	const struct block *block;
	const struct trace *trace;
	struct level *level;		/* [levels] */
	size_t levels;
	struct target *target;		/* [targets] */
	size_t targets;
	double **span;			/* [levels][n][targets] */
	const struct join_kind *join;	/* -j, or NULL: of the last level */
	struct level *joined;		/* [targets] the level of each target,
					 * and NULL without -j */
	double **joined_score;		/* [targets][n] */
	double *text, *bias, *logit;	/* [targets] the rows of these names */
	const char **note;		/* [targets] column text of the row
					 * "text", or NULL: "_" */
	const bool *unknown;		/* [T] words that the model does not
					 * know, or NULL: none */
	bool probability;		/* the target is a probability (-y) */
	const char *grows;		/* why a score of this method may not be
					 * finite, and what to do; or NULL: for
					 * numbers of the model */
};

/* What is to be explained. */
struct explain_choice {
	struct level_choice level;	/* -l */
	struct target_choice class;	/* -c */
	bool probability;		/* -y; lime: no -y */
	const struct join_kind *join;	/* -j, or NULL */
};

/*
 * Find the levels and the targets of a block and allocate their scores.  bias
 * and logit become those of the output layer, or logit the probability; the
 * other scores are 0.  Unknown words are those of the trace.  Returns false
 * with a message like level_read and target_find, or if there are too many
 * spans to join.
 */
bool explain_open(const struct block *, const struct trace *,
    const struct explain_choice *, struct explanation *);

/* The logit or the probability of target k, from outputs of the model. */
double explain_value(const struct explanation *, size_t k, const float *logit,
    const float *probability);

/* Target k for a pass back; its memory is the block's. */
struct rnn_target explain_target(const struct explanation *, size_t k);

/* Set to [n][targets] from S [n][rows], the scores of the output layer. */
void explain_targets(const struct explanation *, size_t n, const double *S,
    double *to);

/* All spans of all levels, [*n], for a method that scores each by itself; the
 * memory is the arena's. */
struct rnn_span *explain_spans(const struct explanation *, struct arena *,
    size_t *n);

/* Set those spans of target k from their scores, and the row text to the logit
 * less the bias, with a note that it is no sum. */
void explain_take_spans(struct explanation *, size_t k, const double *S);

/* Set text to the sum of the words' scores, word [T][targets]. */
void explain_text(struct explanation *, const double *word);

/* The same, and set each span of each level to the sum of its words. */
void explain_sums(struct explanation *, const double *word);

/*
 * With -j, when the spans of the last level have their scores: begin the join
 * of target k; and when it is complete, take its level.
 */
struct join *explain_join(const struct explanation *, size_t k,
    enum join_phi);
void explain_joined(struct explanation *, size_t k, struct join *);

/* The sets of a join's next round as spans, [*n], in the arena; none of them
 * has two spans unless the kind is apart. */
struct rnn_span *explain_round(const struct join *, struct arena *, size_t *n);

/*
 * Write all rows.  Returns false with a message, before any byte is written, if
 * a score does not fit into a float.
 */
bool explain_write(const struct explanation *, const char *method,
    struct output *);

#endif
