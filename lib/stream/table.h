/* SPDX-License-Identifier: ISC */
/*
 * table: rows of lines, TSV or CSV, their columns by position, name or number.
 *
 * Formats, chosen for each operand:
 *
 *     lines   the whole line is the first role: no -f, and no table's name
 *     TSV     tabs separate, nothing is quoted: -f, or the name ends in .tsv
 *     CSV     csv_rows.h: -D CHAR, or the name ends in .csv (a comma separates)
 *
 * Columns:
 *
 *     -f text,label                by position, without a header
 *     -f text=review,label=2       by name or number; the first row is a header
 *     -f text=1,label=2 -H         by number, without a header
 *     (a table without -f)         those that have a role's name in the header
 *
 * Every row has as many fields as the header, or -f, or the first row.  A
 * header that is read as data is bad or, if that is not certain, gives a note.
 */
#ifndef STREAM_TABLE_H
#define STREAM_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"
#include "stream/columns.h"

struct options;
struct output;
struct table;

struct table_row {
	struct text cell[TABLE_ROLES_MAX];	/* s is NULL: no such column */
	struct place at;	/* of its first line */
	size_t number;		/* in all operands, from 1, without headers */
};

/*
 * The byte of -D: a punctuation character of ASCII, or "tab".  Exits with 2 if
 * it is anything else.
 */
char table_delimiter(const struct options *, const char *argument);

/*
 * Open the operands, as for input_open; flush is flushed before table_next
 * waits.  Exits with 2 if -f or -H is wrong.
 */
struct table *table_open(const struct options *, struct table_how,
    char *const operands[], struct output *flush);

/* Close it; returns the status. */
int table_close(struct table *);

/* The next row, valid until the next call; returns false at the end. */
bool table_next(struct table *, struct table_row *);

/* The last row is bad, and its message was printed. */
void table_bad(struct table *);

/*
 * The first row of the last operand, if it was taken for a header though no
 * column was found by its name: the cell of a role; without s otherwise.
 */
struct text table_doubtful(const struct table *, size_t role,
    struct place *at);

#endif
