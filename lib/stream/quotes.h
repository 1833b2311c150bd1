/* SPDX-License-Identifier: ISC */
/*
 * quotes: how the double quotes of a text are typed.
 *
 * Their forms are `` and '', as the Penn Treebank writes them.  The remark of a
 * text (remark.h) has those that are typed in another way than ", as the id of
 * the word and what is typed:
 *
 *     1“,4”
 */
#ifndef STREAM_QUOTES_H
#define STREAM_QUOTES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct block;

struct quote {
	size_t id;		/* of the word */
	struct text typed;
};

/* True for a form of a double quote. */
bool quotes_has(struct text form);

/*
 * Returns the quotes of a block, by its offsets (offsets.h), in its arena;
 * without s if all are typed as ", or nothing is known.
 */
struct text quotes_write(const struct block *);

/* Returns the quotes of such a text, [*n], in ascending order; what has not
 * this form is left out. */
struct quote *quotes_read(struct arena *, struct text value, size_t *n);

/* Returns what is typed for the word: " if it is not in the list. */
struct text quotes_find(const struct quote *, size_t n, size_t id);

#endif
