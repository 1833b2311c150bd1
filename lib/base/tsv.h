/* SPDX-License-Identifier: ISC */
/*
 * tsv: the fields of a line, which tabs separate; columns by name.
 *
 * Fields are cut at tabs and nothing is quoted.  A writer replaces the tab,
 * CR and newline of a value by a blank.
 */
#ifndef BASE_TSV_H
#define BASE_TSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct output;

/*
 * Cut line into exactly n fields.  False, with a message that names the
 * columns, if there are more or fewer.
 */
bool tsv_fields(struct text line, struct place at, size_t n,
    const char *const names[], struct text *field);

/* A value as one field. */
void tsv_write(struct output *, struct text value);

/*
 * A list "text,label" of column names: *which[i] becomes the number in names
 * of the i-th.  Returns how many there are; exits with 2 for a name that is not
 * in names or comes twice.  At most max.
 */
size_t tsv_columns(const char *list, const char *const names[], size_t max,
    size_t *which);

#endif
