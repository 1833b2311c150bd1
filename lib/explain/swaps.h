/* SPDX-License-Identifier: ISC */
/*
 * swaps: the variants of a text in which a synonym replaces one word.
 */
#ifndef EXPLAIN_SWAPS_H
#define EXPLAIN_SWAPS_H

#include <stddef.h>

struct arena;
struct block;
struct flip;
struct synonym;
struct synonyms;

/* The next synonym of word t (synonyms_next). */
const struct synonym *swaps_next(const struct synonyms *,
    const struct block *, size_t t, const struct synonym *last);

/*
 * List the variants of the words word[0..n), [*variants], in the block's arena.
 * No variant of a word is the word or another of its variants.
 */
struct flip *swaps_list(const struct synonyms *, const struct block *,
    size_t n, const size_t word[], size_t *variants);

/*
 * Variant number k as a block, in the arena, with the comment reat.swap: the
 * number of the word, the word and its synonym.
 */
struct block swaps_make(struct arena *, const struct block *,
    const struct flip *, size_t k);

#endif
