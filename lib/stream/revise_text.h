/* SPDX-License-Identifier: ISC */
/*
 * revise_text: the part of revise.h that changes # text and finds words in it.
 */
#ifndef STREAM_REVISE_TEXT_H
#define STREAM_REVISE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/output.h"
#include "base/text.h"

struct block;

/* What is to be done to a block.  Arrays of words are [T], as they were. */
struct revision {
	struct block *b;
	const bool *keep;	/* or NULL: all */
	const struct text *form;	/* or NULL: no new ones */
	size_t *id;		/* the new id, 0 for a word that goes */
	struct output made;	/* text being made; its owner closes it */

	/* from revise_text: the new offsets, or REVISION_NOWHERE */
	size_t *first, *end;
};

/* The place of a word that the text does not tell. */
#define REVISION_NOWHERE SIZE_MAX

bool revision_keeps(const struct revision *, size_t t);
bool revision_replaces(const struct revision *, size_t t);

/* What was made, as text in the block's arena; made is empty again. */
struct text revision_take(struct revision *);

/*
 * True if id is a range, 3-4, whose words are all as they were; *a and *b are
 * the first and the last, from 1.
 */
bool revision_range(const struct revision *, struct text id, size_t *a,
    size_t *b);

/*
 * Rewrite # text, if there is one, and find first and end.  A word whose range
 * goes, and had its TokenRange, gets that key.
 */
void revise_text(struct revision *);

#endif
