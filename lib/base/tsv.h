/* SPDX-License-Identifier: ISC */
/*
 * tsv: the fields of a line, which tabs separate.
 *
 * Nothing is quoted: a tab always separates.  A tab, CR or newline in a value
 * is written as a blank, another control character in a form that is safe on a
 * terminal (display.h).
 */
#ifndef BASE_TSV_H
#define BASE_TSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct arena;
struct output;

/*
 * Cut line into exactly n fields.  Returns false with a message that names the
 * columns if there are more or fewer; hint, if not NULL, returns its end, what
 * such a line could be.
 */
bool tsv_fields(struct text line, struct place at, size_t n,
    const char *const names[], const char *(*hint)(struct text line),
    struct text *field);

/* The value as a field: the same bytes, or in the arena. */
struct text tsv_field(struct arena *, struct text value);

/* Write a value as one field. */
void tsv_write(struct output *, struct text value);

/* Write a line that was read, each of its fields by tsv_write. */
void tsv_write_line(struct output *, struct text line);

#endif
