/* SPDX-License-Identifier: ISC */
/*
 * tag_features: what a tagger looks at, as 64-bit keys.
 *
 * The features of word t come in two kinds.  Those of one kind depend on a
 * single word: itself, or one of the two words to the left and right.  They
 * are the same wherever that word occurs, so whoever asks can remember the sum
 * of their weights per word.  Those of the other kind join several words, or
 * the tags given to the two words before.
 *
 * A sentence without both an upper-case and a lower-case letter says nothing
 * by its case: it is caseless, its words count as lower-case ones, and its
 * shapes are features of their own.
 *
 * A key is a hash, the same on every machine.
 */
#ifndef ANNOTATE_TAG_FEATURES_H
#define ANNOTATE_TAG_FEATURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct arena;

/* Where a word stands, seen from the word that is to be tagged. */
enum tag_place {
	TAG_LEFT2,
	TAG_LEFT,
	TAG_SELF,
	TAG_RIGHT,
	TAG_RIGHT2,
	TAG_PLACES,
};

enum {
	TAG_STATIC = 32,	/* at most so many keys of one word's */
	TAG_TAGS = 3,		/* exactly so many of the tags before it, */
	TAG_MIXED = 7,		/* of these with words, */
	TAG_JOINED = 4,		/* and of several words */
};

/* What features of several words need to know about one. */
struct tag_word {
	uint64_t lower;		/* the form in lower case */
	uint64_t suffix;	/* its last three characters */
	uint64_t shape;
};

/* True if these n forms, every stride-th text, have letters of both cases. */
bool tag_cased(const struct text *form, size_t n);

/*
 * A word, and the keys of its own features in each place; the form of a word
 * beyond the sentence's ends is empty.  The arena is for scratch.
 */
struct tag_word tag_word(struct arena *, struct text form, bool cased,
    uint64_t key[TAG_PLACES][TAG_STATIC], size_t n[TAG_PLACES]);

/*
 * The keys of the features that join words, and of those that join tags with
 * nothing or with words.  w[TAG_SELF] is the word to be tagged; left and left2
 * are numbers of the tags before it.  The first TAG_TAGS have only tags in
 * them; few pairs of tags come often, so their sum too is worth remembering.
 */
void tag_joined(const struct tag_word *const w[TAG_PLACES],
    uint64_t key[TAG_JOINED]);
void tag_mixed(const struct tag_word *const w[TAG_PLACES], uint32_t left,
    uint32_t left2, uint64_t key[TAG_TAGS + TAG_MIXED]);

#endif
