/* SPDX-License-Identifier: ISC */
/*
 * target: which class is explained (-c).
 *
 *     predicted   the class that the model predicts
 *     gold        the block's # label, a class of the model
 *     all         every class, in the model's order
 *     LABEL       this class
 *     A:B         the contrast: the scores of A minus those of B
 *
 * A target is a weighted sum of one or two rows of the output layer.  Its
 * logit, its bias and its scores are the same weighted sum of the rows' values.
 *
 * Where only probabilities are known (trace.h, odds), the logit of a class is
 * its log-odds, ln (p / (1 - p)), and that of a contrast ln (p_A / p_B).
 */
#ifndef EXPLAIN_TARGET_H
#define EXPLAIN_TARGET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct block;
struct trace;

struct target {
	struct text class;	/* column class of its rows */
	size_t parts;		/* 1 or 2 */
	struct target_part {
		size_t row;
		double coefficient;
	} part[2];
	size_t A, B;		/* the class, B == A; or those of a contrast */
	float probability;	/* of the class; in a contrast, of A */
};

/* What -c names. */
struct target_choice {
	enum target_kind {
		TARGET_PREDICTED,
		TARGET_GOLD,
		TARGET_ALL,
		TARGET_NAMED,	/* a label or A:B */
	} kind;
	struct text name;	/* the option's argument, not copied */
	bool resolved;		/* A and B are known */
	size_t A, B;		/* of TARGET_NAMED; B is A if it is one class */
};

/* The choice of an argument of -c. */
struct target_choice target_choose(const char *option);

/*
 * Look a named class up once, for a filter that runs one model with these
 * labels [C].  Exits with 2 if the model has no such class; the arena is for
 * the message.  A stream of traces has another model at any block, so there
 * target_find looks it up.
 */
void target_resolve(struct target_choice *, struct arena *, struct text model,
    const struct text label[], size_t C);

/*
 * The targets of a block, [*n], in its arena.  Returns false with a message if
 * the model has no such class, or for gold if the block has no label.
 */
bool target_find(const struct block *, const struct trace *,
    const struct target_choice *, struct target **targets, size_t *n);

/* The weighted sum of value [rows], and of logit [rows]. */
double target_sum(const struct target *, const double *value);
double target_logit(const struct target *, const float *logit);

/*
 * The probability of the class, from probability [C]; of A among A and B, from
 * the logits [rows]: 1 / (1 + exp(z_B - z_A)).  The quotient of probabilities
 * is not that if they have underflowed.
 */
double target_probability(const struct target *, const float *logit,
    const float *probability);

#endif
