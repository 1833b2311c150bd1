/* SPDX-License-Identifier: ISC */
/*
 * top: the spans of a text with the highest scores.
 *
 * If the scores have several classes, one is chosen.  If they have several
 * methods, the method must be named, and several models are an error: to take
 * the first would be a guess.
 */
#ifndef STREAM_TOP_H
#define STREAM_TOP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct block;
struct score_doc;
struct span;

/* A number of spans, as in "3", or a percentage of them, as in "12.5%". */
struct top_amount {
	double n;
	bool percent;
};

struct top {
	const char *class;	/* "predicted", or a class */
	const char *method;	/* NULL if there is only one */
	const char *level;
	bool unchunked;		/* words outside chunks are spans too */
};

/* Parse an amount.  Returns false if it is none. */
bool top_amount(struct top_amount *, struct text);

/* How many of n spans it is; a percentage is rounded up. */
size_t top_number(const struct top_amount *, size_t n);

/*
 * All *n spans of the level, the highest score first, and in text order if
 * scores are equal.  The spans are in the block's arena.  Returns false with a
 * message if the scores are of another text, or the choice has no rows or is
 * ambiguous.
 */
bool top_spans(const struct top *, const struct score_doc *,
    const struct block *, struct span **spans, size_t *n);

#endif
