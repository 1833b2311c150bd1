/* SPDX-License-Identifier: ISC */
/*
 * revise: remove and replace words of a block; all that refers to them follows.
 *
 *     ids         count from 1 again.  HEAD and DEPS follow.  A word whose head
 *                 is removed hangs on the next one above (revise_heads.c)
 *     ranges      (3-4) are renumbered if none of their words changes, and
 *                 otherwise removed: their form is not in the text any more
 *     empty nodes (5.1) are removed with the word before them
 *     layers      I- becomes B- where a chunk loses its first words
 *     # text      gets the new words; offsets and SpaceAfter follow
 *                 (revise_text.c)
 *     LEMMA       of a replaced word becomes "_"
 *     a trace     of the old words is removed (trace_strip)
 *
 * Everything else stays as it was: labels, unknown comments, columns and keys.
 *
 * The memory is the block's arena.
 */
#ifndef STREAM_REVISE_H
#define STREAM_REVISE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct block;

/* What a revision reads of a block and does not change: variants of a text
 * share it. */
struct revise_source;

/* Remove the trace of a block, and read it.  The source is in the block's
 * arena. */
struct revise_source *revise_read(struct block *);

/* The same as revise, for a copy of the block (conllu_copy) that was read. */
void revise_copy(const struct revise_source *, struct block *copy,
    const bool *keep, const struct text *form);

/*
 * keep [T] is false for a word to remove; NULL keeps all.  form [T] is the new
 * form of a word, without s if the word is not replaced; NULL replaces none.  A
 * new form is not empty and contains no blank and no control character.
 */
void revise(struct block *, const bool *keep, const struct text *form);

/*
 * Variant number k of a text: a revised copy, in the arena.  Its sent_id is
 * that of the text with ~k after it, and the comment reat.source has the
 * text's.
 */
struct block revise_variant(struct arena *, const struct block *, size_t k,
    const bool *keep, const struct text *form);

#endif
