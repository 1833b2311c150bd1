/* SPDX-License-Identifier: ISC */
/*
 * top: the spans of a text that score highest.
 *
 * A score stream may hold several classes, of which one is chosen, and several
 * models and methods, of which one must be: to take the first of them would be
 * a guess.
 */
#ifndef STREAM_TOP_H
#define STREAM_TOP_H

#include <stdbool.h>
#include <stddef.h>

struct block;
struct score_doc;
struct span;

struct top {
	const char *class;	/* "predicted" or a class as it stands */
	const char *method;	/* or NULL: there is only one */
	const char *level;
	bool unchunked;		/* words outside chunks are spans too */
	double n;		/* so many spans, or of a hundred ... */
	bool percent;
};

/* Read "3" or "12.5%" into n and percent; false for anything else. */
bool top_amount(struct top *, const char *);

/*
 * The spans of the level, highest score first, of equals the first in the
 * text; *n is how many of them n asks for, of a hundred rounded up, and never
 * more than there are.  In the block's arena.  False with a message if the
 * scores are not of this text, or the choice has no rows or is ambiguous.
 */
bool top_spans(const struct top *, const struct score_doc *,
    const struct block *, struct span **spans, size_t *n);

#endif
