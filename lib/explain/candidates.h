/* SPDX-License-Identifier: ISC */
/*
 * candidates: the words that an attack may put in the places of a text's words.
 *
 * They are the listed synonyms of a word (synonyms.h), then its neighbours in a
 * file of vectors (neighbours.h) that keep its part of speech (same_tag.h).
 * They have its letter case.  None is the word, none is there twice.
 */
#ifndef EXPLAIN_CANDIDATES_H
#define EXPLAIN_CANDIDATES_H

#include <stdbool.h>
#include <stddef.h>

#include "explain/attack.h"

struct block;
struct neighbours;
struct same_tag;
struct source;
struct synonyms;

struct candidate_lists {
	const struct synonyms *synonyms;
	struct neighbours *neighbours;	/* or NULL */
	struct same_tag *tags;
	bool content;		/* function words have none (stop_words.h) */
};

/* Search the neighbours of all words of n blocks together. */
void candidates_search(const struct candidate_lists *,
    struct block *const *block, size_t n);

/*
 * The candidates of a block's words, [T], in its arena.  Their ids are those of
 * source_word_at; source_words of this block was called last.
 */
struct candidates *candidates_of(const struct candidate_lists *,
    struct source *, const struct block *);

#endif
