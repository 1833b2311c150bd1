/* SPDX-License-Identifier: ISC */
/*
 * reat: additive decomposition of a recurrent text classifier.
 *
 * Du et al., "On Attribution of Recurrent Neural Network Predictions via
 * Additive Decomposition", WWW 2019; notation of DESIGN.md 1.  Letters: T
 * words, H hidden units, rows of the output layer (trace.h).
 */
#ifndef REAT_H
#define REAT_H

#include <stddef.h>

struct arena;
struct trace;

struct reat_method {
	const char *name;
	const char *help;

	/*
	 * Word scores of one text: S[t][row], zeroed by the caller, receives
	 * what word t adds to the row's logit; with two directions, the sum of
	 * both.  The score of a span is the sum of its words'.
	 */
	void (*words)(const struct trace *, struct arena *, double *S);
};

/* NULL-terminated by name. */
extern const struct reat_method reat_methods[];

/* The method with this name, or NULL. */
const struct reat_method *reat_method(const char *name);

#endif
