/* SPDX-License-Identifier: ISC */
/*
 * lucb: KL-LUCB, which of several coins fall on heads most often.
 *
 * An arm is a coin.  Its rate, how often it falls on heads, is not known.  To
 * pull an arm is to toss its coin once.  That costs time, so an arm that is
 * clearly good or bad is pulled seldom.  If n pulls had the rate p, the rate of
 * the arm lies between the least and the largest q with
 *
 *     kl(p, q) = p ln (p / q) + (1 - p) ln ((1 - p) / (1 - q))  <=  level / n
 *
 * Source: Kaufmann and Kalyanakrishnan, "Information complexity in bandit
 * subset selection", 2013, with the constants of the authors of anchors.
 */
#ifndef MATH_LUCB_H
#define MATH_LUCB_H

#include <stdbool.h>
#include <stddef.h>

struct lucb_arm {
	size_t n, good;		/* pulls, and those that fell on heads */
};

double lucb_rate(const struct lucb_arm *);

/* The bounds of the rate; an arm needs a pull. */
double lucb_upper(const struct lucb_arm *, double level);
double lucb_lower(const struct lucb_arm *, double level);

struct lucb {
	struct lucb_arm *arm;	/* [n] may have been pulled before */
	size_t n;
	double delta;		/* the probability of an error */
	double tolerance;	/* a worse arm may be this much better */
	size_t batch;		/* pulls of an arm at a time */

	/* Pull arm i so many times and update it; false ends the search. */
	bool (*pull)(void *self, size_t i, size_t times);
	void *self;
};

/*
 * Find the top best of the arms, 0 < top <= n, the best first; of arms with
 * equal rates the first.  *best [top] is set, also if pull ends the search;
 * then it returns false.
 */
bool lucb_best(struct lucb *, size_t top, size_t *best);

#endif
