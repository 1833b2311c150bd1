/* SPDX-License-Identifier: ISC */
/*
 * tag_features: the features of a word for the tagger, as 64-bit keys.
 *
 * There are two kinds of features of word t.  Those of the first kind depend on
 * one word: word t, or one of the two words to its left and right.  They are
 * the same wherever that word occurs, so the sum of their weights can be
 * remembered for each word.  Those of the second kind join several words, or
 * the tags of the two previous words.
 *
 * In a sentence without an upper-case or without a lower-case letter, case is
 * no information: the sentence is caseless, its words are treated as lower
 * case, and its shapes are features of their own.
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

/* The place of a word, relative to the word that is to be tagged. */
enum tag_place {
	TAG_LEFT2,
	TAG_LEFT,
	TAG_SELF,
	TAG_RIGHT,
	TAG_RIGHT2,
	TAG_PLACES,
};

enum {
	TAG_STATIC = 32,	/* the most keys of one word at one place */
	TAG_TAGS = 3,		/* the keys of the two previous tags, */
	TAG_MIXED = 7,		/* of these tags with words, */
	TAG_JOINED = 4,		/* and of several words */
};

/* The hashes of a word that features of several words are made of. */
struct tag_word {
	uint64_t lower;		/* the form in lower case */
	uint64_t suffix;	/* its last three characters */
	uint64_t shape;
};

/* True if the n forms have letters of both cases, A-Z and a-z. */
bool tag_cased(const struct text *form, size_t n);

/*
 * The hashes of a word, and the keys of its features at each place.  Outside a
 * sentence, the form of a word is empty.  The arena is for scratch.
 */
struct tag_word tag_word(struct arena *, struct text form, bool cased,
    uint64_t key[TAG_PLACES][TAG_STATIC], size_t n[TAG_PLACES]);

/*
 * The keys of the features that join words, and of those of the previous tags.
 * w[TAG_SELF] is the word to be tagged; left and left2 are the numbers of the
 * tags of the word before and of the one before that.  The first TAG_TAGS keys
 * are of the tags alone: a few pairs of tags are frequent, so the sum of their
 * weights can be remembered too.
 */
void tag_joined(const struct tag_word *const w[TAG_PLACES],
    uint64_t key[TAG_JOINED]);
void tag_mixed(const struct tag_word *const w[TAG_PLACES], uint32_t left,
    uint32_t left2, uint64_t key[TAG_TAGS + TAG_MIXED]);

#endif
