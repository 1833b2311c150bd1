/* SPDX-License-Identifier: ISC */
/*
 * words: whether each word of a document has a score.
 *
 * That word rows are those from 1 on is checked as they are read
 * (score_read.h); that the last ones are there is seen by what else is known:
 *
 *     other levels   every word is in one of their spans
 *     row text       is the sum of the first level's scores (of the words' by
 *                    reat-score(5); reat-lime has one fit a level), so if that
 *                    is word, its rows must add up to it.  A float's rounding
 *                    is allowed for: 1e-5 of the sum of the sizes.
 *     the caller     may know of more words
 *
 * What none of these tells is a last word with a score of 0 and no other level.
 */
#ifndef MEASURE_WORDS_H
#define MEASURE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct score_doc;
struct text;

/*
 * d is of one model and method; its text has least words or more.  False with a
 * message if a word lacks a score for the class, or nothing tells.
 */
bool words_check(const struct score_doc *d, struct text class, size_t least);

/*
 * Whether the words are those of labels with the same name: rows of level word
 * there, other than "_".  False with a message if one is another.
 */
bool words_match(const struct score_doc *, struct text class,
    const struct score_doc *labels);

#endif
