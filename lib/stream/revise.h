/* SPDX-License-Identifier: ISC */
/*
 * revise: remove or replace words of a block, and correct what refers to them.
 *
 *     ids         count from 1 again; HEAD and DEPS follow them, and what hung
 *                 on a word that is gone has "_" for HEAD and DEPREL
 *     ranges      (3-4) stay, renumbered, if all their words are as they were;
 *                 else they go, as their form is no longer in the text
 *     empty nodes (5.1) go with the word before them
 *     layers      the first word left of a chunk begins it: I- becomes B-
 *     # text      loses the characters of removed words and gets new ones for
 *                 replaced; TokenRange follows.  It may stand on the line of
 *                 a range in the place of all its words: if that goes, the
 *                 words that stay are put as their forms, and get their own.
 *                 Where a word has no TokenRange, or one that is out of order
 *                 or of the text, the text becomes the forms, and TokenRange
 *                 goes.  Forms have a blank between, unless SpaceAfter=No.
 *     a trace     of the old words goes (trace_strip)
 *
 * Two words that become neighbours are parted as the text parted them: by what
 * stood behind the first, or, if that is nothing, behind the next that is gone.
 * All else, labels, unknown comments, columns and keys, stays as it was.
 *
 * Memory is the block's arena.
 */
#ifndef STREAM_REVISE_H
#define STREAM_REVISE_H

#include <stdbool.h>

#include "base/text.h"

struct block;

/*
 * keep [T]: false for a word to be removed; NULL keeps all.  form [T]: the new
 * form of a word, or none; NULL replaces none.  A new form is not empty and
 * holds no blank or control character.  A replaced word loses its LEMMA.
 */
void revise(struct block *, const bool *keep, const struct text *form);

#endif
