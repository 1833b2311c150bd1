/* SPDX-License-Identifier: ISC */
/*
 * samples: the random points of smoothgrad and of expected gradients.
 *
 * smoothgrad (Smilkov et al. 2017) looks at points around a text: normal noise
 * is added to each number of each vector.  Its standard deviation is noise, .15
 * by the authors, times the range of the text's numbers:
 *
 *     deviation = noise (max x_tj - min x_tj)
 *
 * expected (Erion et al. 2021; GradientSHAP, Lundberg and Lee 2017) looks at
 * points between the text and those of a background.  Their bias is the mean
 * score of the background's texts.
 *
 * A text's samples depend on the seed and its words alone.
 */
#ifndef EXPLAIN_SAMPLES_H
#define EXPLAIN_SAMPLES_H

#include <stddef.h>
#include <stdint.h>

#include "explain/integrals.h"

struct background;

enum { SAMPLES_MOST = 65536 };

struct sampling {
	size_t n;		/* samples of a text */
	uint64_t seed;
	double noise;		/* of smoothgrad */
	const struct background *background;	/* of expected; or NULL */
};

/* Set the scores of n explanations that are open: word, norm, and with a
 * background the bias.  Scratch memory is the arena's. */
void samples_run(const struct sampling *, struct gradient *, struct source *,
    struct arena *, size_t n, struct explained x[]);

#endif
