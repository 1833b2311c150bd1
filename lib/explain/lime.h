/* SPDX-License-Identifier: ISC */
/*
 * lime: which parts of a text are left out, and how much that counts.
 *
 * As marcotcr/lime 0.2 explains a text of n parts: first the whole; then
 * samples, each without r parts, r uniform in 1..n, which parts at random.  A
 * sample that keeps m parts is at the distance d = 100 (1 - sqrt(m / n)), the
 * cosine's, from the whole, and counts sqrt(exp(-d^2 / 25^2)).
 *
 * If there are no more subsets than samples, each subset comes once, and counts
 * as often as it would be drawn on average.
 */
#ifndef EXPLAIN_LIME_H
#define EXPLAIN_LIME_H

#include <stdbool.h>
#include <stddef.h>

#include "math/random.h"

struct arena;

struct lime {
	size_t n, samples;
	bool all;		/* each subset, not samples */
	size_t next;		/* how many there were; a subset's bits */
	struct random random;
	size_t *part;		/* [n] in random order */
};

/* n > 0 parts; samples > 0. */
struct lime lime_begin(struct arena *, size_t n, size_t samples,
    struct random);

/* The next sample, keep [n], and its weight.  False behind the last. */
bool lime_next(struct lime *, bool *keep, double *weight);

#endif
