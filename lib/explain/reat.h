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
	bool last_only;		/* it is defined for pooling last alone */
	bool takes_nodes;	/* -n: how many nodes */

	/* one direction; see reat_score */
	void (*score)(const struct reat_reading *, struct arena *,
	    size_t nodes, const struct span *span, size_t n, double *S);
};

/* The last has no name; the first is the default. */
extern const struct reat_method reat_methods[];

/* The method with this name, or NULL. */
const struct reat_method *reat_method(const char *name);

/*
 * What each of n spans adds to the logit of each row: S[n][rows], zeroed by
 * the caller; with two directions, the sum of both.  An additive method takes
 * no span but scores every word: n is T.  nodes is 0 for the default.
 */
void reat_score(const struct reat_method *, const struct trace *,
    struct arena *, size_t nodes, const struct span *span, size_t n,
    double *S);

/*
 * What the trace's own states and readouts give, which no score is needed for:
 * logit[rows] = W sum_k M_k o_k s_k + bias, and in size[rows] the sum of the
 * sizes of what was added.
 */
void reat_logit(const struct trace *, struct arena *, double *logit,
    double *size);

#endif
