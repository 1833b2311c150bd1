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

struct block;
struct score_doc;
struct span;

struct top {
	const char *class;	/* "predicted", or a class */
	const char *method;	/* NULL if there is only one */
	const char *level;
	bool unchunked;		/* words outside chunks are spans too */
	double n;		/* the number of spans, or their percentage */
	bool percent;
};

/* Parse "3" or "12.5%" into n and percent.  Returns false for anything else. */
bool top_amount(struct top *, const char *);

/* The number of spans in a percentage of n, rounded up. */
size_t top_share(const struct top *, size_t n);

/*
 * All spans of the level, the highest score first, and in text order if scores
 * are equal.  *n is how many of them are the top: top->n, but not more than
 * there are; a percentage is rounded up.  The spans are in the block's arena.
 * Returns false with a message if the scores are of another text, or the choice
 * has no rows or is ambiguous.
 */
bool top_spans(const struct top *, const struct score_doc *,
    const struct block *, struct span **spans, size_t *n);

#endif
