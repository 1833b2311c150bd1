/* SPDX-License-Identifier: ISC */
/*
 * explanation: from the scores of a block's spans to rows of the score stream.
 *
 * Every filter that explains fills one of these for a block, whatever its
 * method, and writes it.  A score is for a span and a target (target.h); all
 * memory is of the block's arena.
 */
#ifndef EXPLAIN_EXPLANATION_H
#define EXPLAIN_EXPLANATION_H

#include <stdbool.h>
#include <stddef.h>

#include "explain/target.h"

struct block;
struct level;
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
	double *text, *bias, *logit;	/* [targets] the rows of that name */
	const char **note;		/* [targets] the text of the text row,
					 * or NULL: none */
	bool probability;		/* the target is a probability (-y) */
};

/* What is to be explained. */
struct explain_choice {
	const struct text *level;	/* [levels] -l */
	size_t levels;			/* 0: word and all layers of a block */
	struct target_choice class;	/* -c */
	bool probability;		/* -y; lime: no -y */
};

/*
 * Find the levels and the targets of a block and allocate their scores.  bias
 * and logit become those of the output layer, or logit the probability; the
 * other scores are 0.  Returns false with a message like level_read and
 * target_find.
 */
bool explain_open(const struct block *, const struct trace *,
    const struct explain_choice *, struct explanation *);

/* What target k is of these outputs of the model: its logit or probability. */
double explain_value(const struct explanation *, size_t k, const float *logit,
    const float *probability);

/* From scores S [n][rows] of the output layer to the targets', [n][targets]. */
void explain_targets(const struct explanation *, size_t n, const double *S,
    double *to);

/* text becomes the sum of the words' scores, word [T][targets]. */
void explain_text(struct explanation *, const double *word);

/* The same, and each span of each level the sum of its words. */
void explain_sums(struct explanation *, const double *word);

/*
 * Write all rows.  False, with a message and before a byte is written, if a
 * score is none that fits a float.
 */
bool explain_write(const struct explanation *, const char *method,
    struct output *);

#endif
