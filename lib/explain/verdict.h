/* SPDX-License-Identifier: ISC */
/*
 * verdict: what a model predicts for a variant of a text.
 */
#ifndef EXPLAIN_VERDICT_H
#define EXPLAIN_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

struct trace;

struct verdict {
	size_t predicted;	/* the first of the most probable classes */
	float probability;	/* of that class */
	float stays;		/* of the class that is predicted for the
				 * text */
	bool finite;		/* its logits are; a command has none */
};

/* The verdict from a variant's outputs: logit [rows] and probability [C]. */
struct verdict verdict_of(const struct trace *text, const float *logit,
    const float *probability);

#endif
