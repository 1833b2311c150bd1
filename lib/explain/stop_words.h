/* SPDX-License-Identifier: ISC */
/*
 * stop_words: English function words, which an attack does not replace.
 *
 * Pronouns, determiners, prepositions, conjunctions, auxiliaries, their
 * contractions and pieces ("n't", "'s"), negations, and adverbs of place, time
 * and degree that can stand for any content: 308 words.
 */
#ifndef EXPLAIN_STOP_WORDS_H
#define EXPLAIN_STOP_WORDS_H

#include <stdbool.h>

#include "base/text.h"

/* True if the word is one of them; letter case does not count. */
bool stop_words_has(struct text form);

#endif
