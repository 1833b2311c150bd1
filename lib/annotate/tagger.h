/* SPDX-License-Identifier: ISC */
/*
 * tagger: universal and Penn tags for the words of a block.
 *
 * Greedy, from left to right: a word gets the class with the highest sum of
 * weights over its features (tag_features.h), of which some are the two
 * classes before.  A class is a pair of UPOS and XPOS.  The sum over what
 * depends on a single word is remembered per word, for at most
 * TAGGER_WORDS words at a time; it changes the time and nothing else.
 */
#ifndef ANNOTATE_TAGGER_H
#define ANNOTATE_TAGGER_H

#include <stdbool.h>
#include <stddef.h>

enum { TAGGER_WORDS = 8192 };

struct block;
struct tag_model;
struct tagger;

struct tagger *tagger_new(const struct tag_model *);
void tagger_free(struct tagger *);

/*
 * Fill UPOS and XPOS of every word, whatever stood there.  False with a
 * message if the layer "sentence" is malformed.
 */
bool tagger_tag(struct tagger *, struct block *);

#endif
