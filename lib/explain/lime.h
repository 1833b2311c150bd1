/* SPDX-License-Identifier: ISC */
/*
 * lime: samples of a text without some of its parts, and their weights.
 *
 * They are those of marcotcr/lime 0.2: the whole text first, then texts without
 * random parts.  If there are no more subsets than samples, each subset comes
 * once, with the weight that it has on average.  The equations are in lime.c.
 */
#ifndef EXPLAIN_LIME_H
#define EXPLAIN_LIME_H

#include <stdbool.h>
#include <stddef.h>

#include "math/random.h"

struct arena;

struct lime {
	size_t n, samples;
	bool all;		/* every subset once, instead of samples */
	size_t next;		/* samples so far; the bits of a subset */
	struct random random;
	size_t *part;		/* [n] in random order */
};

/* n > 0 parts; samples > 0. */
struct lime lime_begin(struct arena *, size_t n, size_t samples,
    struct random);

/* Set keep [n] and weight of the next sample.  Returns false after the last. */
bool lime_next(struct lime *, bool *keep, double *weight);

#endif
