/* SPDX-License-Identifier: ISC */
/*
 * revise_heads: ids, HEAD and DEPS of the words that a revision keeps.
 *
 *     The  old  film  is  bad         a word hangs on the next word above it
 *      3    3    5    5    0          that is kept, with the relation dep
 *
 *     without film:  The old is bad   The -> bad (dep), old -> bad (dep)
 *     without bad:   film becomes the root, is hangs on film (dep)
 *
 * If the root is removed, the first of the words that lose their way up becomes
 * the root, and the others hang on it.  So what was a tree is a tree, as
 * Universal Dependencies wants it.  The same is done for each head in DEPS; a
 * word that has the new head there already keeps that relation.
 *
 * A word has HEAD and DEPREL _ if the way up ends at such a word, or is a
 * circle.
 */
#ifndef STREAM_REVISE_HEADS_H
#define STREAM_REVISE_HEADS_H

#include "base/text.h"
#include "stream/revise_text.h"

/* The new "7", "7-8" or "7.1"; without s if its word is removed. */
struct text revision_id(struct revision *, struct text id);

/* Change HEAD, DEPREL and DEPS of all lines.  ID still counts as before. */
void revise_heads(struct revision *);

#endif
