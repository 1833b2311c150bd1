/* SPDX-License-Identifier: ISC */
/*
 * target: which class is explained (-c).
 *
 *     predicted   the class that the model predicts
 *     gold        the block's # label, which the model must have
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

struct arena;
struct block;
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

/*
 * The targets that which names, [*n], in the block's arena.  False with a
 * message if there is no such class; the block is at fault for gold, the
 * command line for others, but a stream may change its model at any block.
 */
bool target_find(const struct block *, const struct trace *, const char *which,
    struct target **targets, size_t *n);

/*
 * Where the model is known before any text: exit with 2, the classes in the
 * message, if which can't be one of its targets.
 */
void target_check(struct arena *, struct text model, const struct text *label,
    size_t C, const char *which);

/* The sum of coefficient times value, which has one for each row. */
double target_sum(const struct target *, const double *value);
double target_logit(const struct target *, const float *logit);

/* From the probabilities of all classes; p(A) / (p(A) + p(B)) in a contrast. */
double target_probability(const struct target *, const float *probability);

#endif
