/* SPDX-License-Identifier: ISC */
/*
 * probabilities: the header and the rows of a table as reat-predict writes it.
 *
 *     doc	label	predicted	negative	positive
 *     1	_	positive	0.081	0.919
 *
 * The header names the columns, in any order.  Each is a class, but for doc,
 * label, predicted and logit:CLASS; these may be missing.
 */
#ifndef EXPLAIN_PROBABILITIES_H
#define EXPLAIN_PROBABILITIES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct arena;

enum { PROBABILITIES_MOST = 4096 };	/* classes */

struct probabilities {
	size_t C;		/* classes; 0: no header yet */
	struct text *label;	/* [C] */
	size_t columns;
	int *column;		/* [columns] the class, or what it is */
	struct text header;
};

/*
 * Take the header, a copy of it in the arena.  Returns false with a message if
 * it has less than two classes or more than PROBABILITIES_MOST, names a column
 * twice or not at all, is not UTF-8, or is a row.
 */
bool probabilities_header(struct probabilities *, struct arena *,
    struct text line, struct place at);

/* True if the line is the header once more, which is no row. */
bool probabilities_again(const struct probabilities *, struct text line);

/*
 * Take a row: set probability [C], and doc, which has no s without a column of
 * that name.  Returns false with a message if the row has another number of
 * columns, what is no number from 0 to 1, or a class as predicted that is not
 * the most probable.
 */
bool probabilities_row(const struct probabilities *, struct text line,
    struct place at, float *probability, struct text *doc);

#endif
