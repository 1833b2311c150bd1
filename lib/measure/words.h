/* SPDX-License-Identifier: ISC */
/*
 * words: check that each word of a document has a score.
 *
 * score_check_whole has checked that the words are 1, 2, 3, ...; here it is
 * checked that none is missing at the end.  The number of words is known from:
 *
 *     other levels   their spans contain every word
 *     row text       it is the sum of the scores of the first level (reat-lime
 *                    fits each level apart).  If this level is word, its scores
 *                    must add up to row text, within the rounding of a float:
 *                    1e-5 of the sum of |S|.
 *     the caller     it may know of more words
 *
 * Not noticed: a missing last word if its score is 0 and there is no other
 * level.
 */
#ifndef MEASURE_WORDS_H
#define MEASURE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct score_doc;
struct text;

/*
 * d has one model and method, and its text has at least this number of words.
 * Returns false with a message if a word has no score for the class, or if row
 * text is missing where it is needed.
 */
bool words_check(const struct score_doc *d, struct text class, size_t least);

/*
 * Set sum[t] = S of word 1 + ... + S of word t, for a class; sum [d->n + 1].
 * The words were checked.
 */
void words_sums(const struct score_doc *d, struct text class, double *sum);

/*
 * Compare the words with the rows of level word in labels, the document of the
 * same name; rows with text "_" are not compared.  Returns false with a message
 * if a word differs.
 */
bool words_match(const struct score_doc *, struct text class,
    const struct score_doc *labels);

#endif
