/* SPDX-License-Identifier: ISC */
/*
 * integrals: ig and ignorm of a batch of explanations.
 *
 * The words of ig and the bias F(0) add up to F(x) if there are enough nodes.
 * With a tolerance, explanations whose words miss it by more are integrated
 * again, with more nodes (nodes.h).
 */
#ifndef EXPLAIN_INTEGRALS_H
#define EXPLAIN_INTEGRALS_H

#include <stdbool.h>
#include <stddef.h>

#include "explain/explanation.h"
#include "explain/gradient.h"
#include "explain/nodes.h"

struct arena;
struct block;
struct source;

/* A block, and what a pass back gives for it. */
struct explained {
	struct explanation e;
	struct rnn_text text;
	double *word;			/* [T][targets] */
	double *norm;			/* the same, of ignorm or smoothnorm; or
					 * NULL */
	struct nodes *ig;		/* [targets] of integrals_run */
};

struct integrals {
	size_t nodes;		/* of the first attempt */
	double tolerance;	/* negative: one attempt */
};

/* The task of target k. */
struct gradient_task explained_task(const struct explained *, size_t k);

/* Set the scores of n explanations that are open: word, norm, ig, and the
 * bias; the last is F(0), or 0 with norm.  Scratch memory is the arena's. */
void integrals_run(const struct integrals *, struct gradient *,
    struct source *, struct arena *, size_t n, struct explained x[]);

/* Returns false with a message if the words miss the tolerance. */
bool integrals_check(const struct integrals *, struct block *,
    const struct explained *);

/* The largest error of a target, for a note. */
double integrals_error(const struct explained *);

#endif
