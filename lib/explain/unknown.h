/* SPDX-License-Identifier: ISC */
/*
 * unknown: how many words and labels of the texts a model did not know.
 *
 * Words are counted only if the note at the end will be printed, which is on a
 * terminal.
 */
#ifndef EXPLAIN_UNKNOWN_H
#define EXPLAIN_UNKNOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct block;
struct model;

struct unknown {
	bool on, quiet;
	size_t texts, words, unknown;
	size_t labels;		/* texts whose label is no class */
	struct text label;	/* the first of these, in the model's arena */
};

/* Start to count; words only if standard error is a terminal. */
struct unknown unknown_start(bool quiet);

/* Count the words and labels of n blocks. */
void unknown_count(struct unknown *, const struct model *,
    struct block *const *, size_t n);

/*
 * Print a note of the words, if there is more than one text or an unknown word,
 * and one of the labels, if the model does not have one.
 */
void unknown_note(const struct unknown *, const struct model *);

#endif
