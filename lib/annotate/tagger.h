/* SPDX-License-Identifier: ISC */
/*
 * tagger: universal and Penn tags for the words of a block.
 *
 * A class is a pair of UPOS and XPOS.  Words are tagged from left to right: a
 * word gets the class with the highest sum of weights over its features
 * (tag_features.h).  The classes of the two previous words are features, too.
 * tagger.c has the equation.
 */
#ifndef ANNOTATE_TAGGER_H
#define ANNOTATE_TAGGER_H

#include <stdbool.h>
#include <stddef.h>

enum { TAGGER_WORDS = 8192 };	/* most whose sums are remembered */

struct block;
struct tag_model;
struct tagger;

struct tagger *tagger_new(const struct tag_model *);
void tagger_free(struct tagger *);

/*
 * Set UPOS and XPOS of every word.  Returns false with a message if the layer
 * "sentence" is malformed.
 */
bool tagger_tag(struct tagger *, struct block *);

#endif
