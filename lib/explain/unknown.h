/* SPDX-License-Identifier: ISC */
/*
 * unknown: on a terminal, how many words a model did not know.
 *
 * Words are counted only if the note at the end will be printed.
 */
#ifndef EXPLAIN_UNKNOWN_H
#define EXPLAIN_UNKNOWN_H

#include <stdbool.h>
#include <stddef.h>

struct block;
struct model;

struct unknown {
	bool on;
	size_t texts, words, unknown;
};

/* Start to count, if standard error is a terminal and quiet is not set. */
struct unknown unknown_start(bool quiet);

/* Count the words of n blocks. */
void unknown_count(struct unknown *, const struct model *,
    struct block *const *, size_t n);

/* Print the note, if there is more than one text or an unknown word. */
void unknown_note(const struct unknown *, const struct model *);

#endif
