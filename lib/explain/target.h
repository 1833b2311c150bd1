/* SPDX-License-Identifier: ISC */
/*
 * target: which class is explained (-c).
 *
 *     predicted   the class that the model predicts
 *     gold        the block's # label, a class of the model
 *     all         every class, in the model's order
 *     LABEL       this class
 *     A:B         the contrast: A's scores less B's
 *
 * A target is linear in the rows of the output layer, one or two of them, so
 * its logit, bias and word scores are all coefficient-weighted sums of rows.
 */
#ifndef EXPLAIN_TARGET_H
#define EXPLAIN_TARGET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct block;
struct model;
struct trace;

struct target {
	struct text class;	/* as the score row names it */
	size_t parts;		/* 1, or 2 */
	struct target_part {
		size_t row;
		double coefficient;
	} part[2];
	size_t A, B;		/* its class, or A's and B's; else B is A */
	float probability;	/* of the class; of A against B in a contrast */
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
 * Look a named class up once, for a filter that runs this model.  Exits with 2
 * if the model has no such class.  A stream of traces has another model at any
 * block, so there target_find looks it up.
 */
void target_resolve(struct target_choice *, const struct model *);

/*
 * The targets of a block, [*n], in its arena.  Returns false with a message if
 * the model has no such class, or for gold if the block has no label.
 */
bool target_find(const struct block *, const struct trace *,
    const struct target_choice *, struct target **targets, size_t *n);

/* The sum of coefficient times value, which has one for each row. */
double target_sum(const struct target *, const double *value);
double target_logit(const struct target *, const float *logit);

/* From the probabilities of all classes; p(A) / (p(A) + p(B)) in a contrast. */
double target_probability(const struct target *, const float *probability);

#endif
