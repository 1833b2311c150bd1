/* SPDX-License-Identifier: ISC */
/*
 * revise_text: # text, offsets and SpaceAfter of words after a revision.
 *
 * The part of revise.h that is about characters; the essay is in revise_text.c.
 */
#ifndef STREAM_REVISE_TEXT_H
#define STREAM_REVISE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/output.h"
#include "base/text.h"

struct block;

/* The text of words begin to end - 1. */
struct revision_piece {
	struct text text;
	size_t begin, end;
	struct text misc;	/* of its line */
};

/* What a block's characters are; in its arena. */
struct revision_text {
	struct text old;	/* # text; without s if there is none */
	bool known;		/* its pieces are known */
	struct revision_piece *piece;
	size_t pieces;
	size_t base;		/* the offset of its first code point */
	bool *space;		/* [T] a blank follows, as SpaceAfter has it */
	bool spaces;		/* the block has the key SpaceAfter */
};

struct revision_text revision_read_text(const struct block *);

/* A change of a block.  Arrays are [T]: words count as before the change. */
struct revision {
	struct block *b;
	const bool *keep;	/* NULL: all words */
	const struct text *form;	/* NULL: no word is replaced */
	size_t *id;		/* the new id; 0: the word is removed */
	struct output made;	/* a buffer for new texts; its owner frees it */

	/* from revise_text */
	size_t *first, *end;	/* the new offsets, or REVISION_NOWHERE */
	size_t base;		/* of the first code point of # text */
	bool *space;		/* a blank follows, also after the last word */
	bool spaces;		/* the block has the key SpaceAfter */
};

/* The offset of a word whose place in the text is not known. */
#define REVISION_NOWHERE SIZE_MAX

bool revision_keeps(const struct revision *, size_t t);
bool revision_replaces(const struct revision *, size_t t);

/* The content of made, copied into the block's arena; made is empty then. */
struct text revision_take(struct revision *);

/*
 * True if id is a range, 3-4, and none of its words changes.  *a and *b are its
 * first and its last word, from 1.
 */
bool revision_range(const struct revision *, struct text id, size_t *a,
    size_t *b);

/*
 * Rewrite # text, if there is one, and compute what comes from it.  If a range
 * is removed whose line had the offsets of its words, each word that is kept
 * gets its keys, with 0 as values.
 */
void revise_text(struct revision *, const struct revision_text *);

#endif
