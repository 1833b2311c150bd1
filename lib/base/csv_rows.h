/* SPDX-License-Identifier: ISC */
/*
 * csv_rows: lines to rows of CSV (RFC 4180); only csv_rows.c uses libcsv.
 *
 *     name,text                    a field in quotes can contain the
 *     Ann,"Great, ""really"".      delimiter, newlines, and quotes,
 *     I loved it."                 which are written twice
 *
 * Beyond RFC 4180: the delimiter is any byte of ASCII; blanks and tabs around a
 * field are removed, but not those inside its quotes; a quote inside a field
 * that does not begin with one is a character as others (a 5" screen); a line
 * without a field is skipped.
 *
 * A row has at most INPUT_LIMIT bytes (input.h) and CSV_COLUMNS_MAX columns.
 */
#ifndef BASE_CSV_ROWS_H
#define BASE_CSV_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

enum { CSV_COLUMNS_MAX = 16384 };	/* those of Excel */

enum csv_got {
	CSV_GOT_ROW,
	CSV_GOT_PART,	/* a quoted field continues in the next line */
	CSV_GOT_BLANK,	/* a line without a field */
	CSV_GOT_BAD,	/* message printed; the next line begins a row */
};

struct csv_rows;

struct csv_rows *csv_rows_new(char delimiter);
void csv_rows_free(struct csv_rows *);

/* Add a line, without its newline, that was read at this place. */
enum csv_got csv_rows_add(struct csv_rows *, struct text line, struct place);

/*
 * The fields of the row, *n of them, after csv_rows_add returned CSV_GOT_ROW;
 * they are valid until its next call.  *at is the place of its first line.
 */
const struct text *csv_rows_fields(struct csv_rows *, size_t *n,
    struct place *at);

/*
 * End a file.  Returns false with a message if a quote is open: it has the line
 * of this quote.
 */
bool csv_rows_end(struct csv_rows *);

/* Forget the lines of an unfinished row. */
void csv_rows_drop(struct csv_rows *);

#endif
