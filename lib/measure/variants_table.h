/* SPDX-License-Identifier: ISC */
/*
 * variants_table: predictions for texts and their variants, in memory.
 *
 * A variant is a text without some of its words (reat-erase -K).  Its name is
 * that of the text, the variant's mark and the words that it lacks:
 *
 *     7              the whole text
 *     7~1~2,4-6      variant 1, without the words 2, 4, 5 and 6 (-K N)
 *     7~2~           variant 2 lacks none
 *     7~-20%~2,4     without the top 20 % of the spans (-K top)
 *     7~+20%~1,3,5   these alone
 *     7~-1%,5%~4     without the top 1 %, and without the top 5 %
 *     7~-3~2,4-5     without the top 3
 *
 * A name of this form whose text is not in the table is a text of its own.
 */
#ifndef MEASURE_VARIANTS_TABLE_H
#define MEASURE_VARIANTS_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct predictions;
struct variants_table;

/* Read a whole table, as predictions_read. */
struct variants_table *variants_read(const char *path, bool keep_going,
    int *status);
void variants_table_free(struct variants_table *);

const struct predictions *variants_predictions(const struct variants_table *);

/* The whole texts in the order of the file, by their rows of the table. */
size_t variants_texts(const struct variants_table *);
size_t variants_text(const struct variants_table *, size_t i);

/* Returns the rows of the variants of the whole text in a row, [*n]. */
const size_t *variants_of(const struct variants_table *, size_t row,
    size_t *n);

/* The mark of a variant: a number, or + or - and amounts. */
struct text variants_mark(const struct variants_table *, size_t row);

/*
 * The words that a variant lacks: ids is its name's last part.  Takes the next
 * range of them from it; returns false at the end.
 */
struct text variants_ids(const struct variants_table *, size_t row);
bool variants_range(struct text *ids, size_t *first, size_t *last);

#endif
