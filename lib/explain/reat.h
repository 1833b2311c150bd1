/* SPDX-License-Identifier: ISC */
/*
 * reat: additive decomposition of a recurrent text classifier.
 *
 * Du et al., "On Attribution of Recurrent Neural Network Predictions via
 * Additive Decomposition", WWW 2019; equations in reat.c.  Letters: T
 * words, H hidden units, rows of the output layer (trace.h).
 */
#ifndef EXPLAIN_REAT_H
#define EXPLAIN_REAT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/option.h"

struct arena;
struct reat_reading;
struct span;
struct trace;

struct reat_method {
	struct option_name is;
	bool additive;		/* a span's score is the sum of its words' */
	bool last_only;		/* defined only for pooling last */
	bool takes_nodes;	/* -n sets the number of nodes */
	bool deletes;		/* exact for deletion, if one layer is linear */

	/* one direction; see reat_score */
	void (*score)(const struct reat_reading *, struct arena *,
	    size_t nodes, const struct span *span, size_t n, double *S);
};

/* The first is the default.  The last has no name. */
extern const struct reat_method reat_methods[];

/* The method with this name, or NULL. */
const struct reat_method *reat_method(const char *name);

/*
 * Add to S [n][rows], which the caller has zeroed, what each of n spans adds to
 * the logit of each row, in both directions.  An additive method ignores span
 * and scores every word: n is T.  nodes is 0 for the default number.
 */
void reat_score(const struct reat_method *, const struct trace *,
    struct arena *, size_t nodes, const struct span *span, size_t n,
    double *S);

/*
 * Compute the logits from the states and readouts of a trace, to check it:
 * logit [rows] = W sum_k M_k o_k s_k + bias; size [rows] is the sum of the
 * absolute values of the terms.
 */
void reat_logit(const struct trace *, struct arena *, double *logit,
    double *size);

#endif
