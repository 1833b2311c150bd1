/* SPDX-License-Identifier: ISC */
/*
 * completeness: how far scores that should add up to a model's do not.
 *
 * An error is a part of the sum of the scores' sizes.
 */
#ifndef EXPLAIN_COMPLETENESS_H
#define EXPLAIN_COMPLETENESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;

/* What is to be said of many texts at the end; zero is none so far. */
struct completeness {
	struct arena *arena;	/* of worst_id; completeness_note frees it */
	size_t texts, incomplete;
	double worst;
	struct text worst_id;	/* its sent_id */
};

/* An error of more than this is worth a word. */
#define COMPLETENESS_BAR 0.01

/* Count a text with this error. */
void completeness_count(struct completeness *, struct text sent_id,
    double error);

/* One note (err.h) of the incomplete texts, if there are any and it is not to
 * be quiet. */
void completeness_note(struct completeness *, bool quiet);

/* "0.14 of their size", or where all scores are 0 and should not be, "all of
 * it". */
const char *completeness_words(struct arena *, double error);

#endif
