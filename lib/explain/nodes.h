/* SPDX-License-Identifier: ISC */
/*
 * nodes: how many quadrature nodes the integrated gradients of a text need.
 *
 * The scores of a text's words must add up to F(x) - F(0) (gradient.h).  What
 * they miss of it, divided by the sum of the scores' sizes, is the error: it
 * shows whether the nodes were enough.
 */
#ifndef EXPLAIN_NODES_H
#define EXPLAIN_NODES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;

enum {
	NODES_DEFAULT = 16,
	NODES_MAX = 1024,
	NODES_STEPS = 1 << 21,	/* words times nodes of one attempt */
};

/*
 * The number of nodes to begin with, of quadrature_denser, that a typical text
 * needs for a tolerance.  At least 8: with fewer, the errors of the words can
 * cancel by chance.
 */
size_t nodes_first(double tolerance);

/* Returns the limit for a text of T words: NODES_MAX, or fewer if the steps of
 * an attempt would be more than NODES_STEPS; at least NODES_DEFAULT. */
size_t nodes_most(size_t T);

/* An integral that is computed again with more nodes until its error is small.
 * Start with {nodes_first(tolerance), nodes_most(T), HUGE_VAL, 0}. */
struct nodes {
	size_t n;		/* nodes of the last attempt, or of the next */
	size_t most;		/* the limit */
	double error;		/* of the last attempt */
	unsigned stalls;	/* attempts in which more nodes did not help */
};

/*
 * Take the error of the attempt with p->n nodes.  If the integral must be
 * computed again, set p->n to the new number of nodes and return true.  Returns
 * false when the tolerance is met, at the limit, and when single precision is
 * the limit: three attempts had an error below rounding and did not halve it.
 */
bool nodes_more(struct nodes *, double error, double tolerance,
    double rounding);

/* True if nodes_more stopped because of rounding. */
bool nodes_rounding(const struct nodes *);

/* ---- a note about many texts ---- */

/* An error above this is reported. */
#define NODES_INCOMPLETE 0.01

/* The texts so far, for one note at the end.  Start from a zeroed struct. */
struct nodes_texts {
	struct arena *arena;	/* of worst_id; NULL until it is set */
	size_t texts, incomplete;
	double worst;		/* the largest error */
	struct text worst_id;	/* the sent_id of its text */
};

/* Count a text with this error. */
void nodes_count(struct nodes_texts *, struct text sent_id, double error);

/* Print one note (err.h) about incomplete texts, unless there are none or quiet
 * is set; frees the arena. */
void nodes_note(struct nodes_texts *, bool quiet);

/* An error in words: "0.14 of their size", or "all of it" if every score is 0
 * and their sum should not be. */
const char *nodes_error(struct arena *, double error);

#endif
