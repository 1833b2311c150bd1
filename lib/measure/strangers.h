/* SPDX-License-Identifier: ISC */
/*
 * strangers: words that a model does not know, and the sizes of their scores.
 *
 * Words are compared in lower case.  Memory is about 100 bytes for each
 * different one.
 */
#ifndef MEASURE_STRANGERS_H
#define MEASURE_STRANGERS_H

#include <stddef.h>

#include "base/text.h"

struct strangers;

/* A word of a summary. */
struct summary_word {
	struct text word;
	size_t texts, n;	/* n: occurrences */
	double mean, sd;
};

struct strangers *strangers_new(void);
void strangers_free(struct strangers *);

/* Add an occurrence; text is the number of its text, from 1. */
void strangers_add(struct strangers *, struct text word, size_t text,
    double score);

/* Returns the different words, [*n], those of the most texts first; mean and sd
 * are of |score|. */
const struct summary_word *strangers_list(struct strangers *, size_t *n);

#endif
