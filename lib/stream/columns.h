/* SPDX-License-Identifier: ISC */
/*
 * columns: which columns of a table have which role, by -f and its header.
 *
 * A role is what a column is for: text, id, label.  table.h has the forms of
 * -f.
 */
#ifndef STREAM_COLUMNS_H
#define STREAM_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct arena;
struct options;

enum { TABLE_ROLES_MAX = 4 };

/* How to read: -f, -D, -H, -k, -q, and what the columns can be. */
struct table_how {
	const char *const *role;	/* [<= TABLE_ROLES_MAX] names, NULL; the
				 * first must have a column */
	const char *columns;	/* -f, or NULL */
	char delimiter;		/* -D, or 0 */
	bool headless;		/* -H */
	bool keep_going, quiet;
};

/* A column that -f names. */
struct want {
	size_t role;
	struct text name;	/* in the header; s is NULL: by number */
	size_t number;		/* from 1 */
};

struct columns {
	const struct table_how *how;
	struct want want[TABLE_ROLES_MAX];
	size_t wants;		/* 0: no -f */
	bool pairs;		/* -f has "role=column" */
	struct arena *option_arena;

	/* of one operand */
	struct arena *arena;
	size_t n;		/* how many each row has */
	size_t of[TABLE_ROLES_MAX];	/* by role: its column, from 1; 0: no
					 * such column */
	struct place doubtful_at;
	struct text doubtful[TABLE_ROLES_MAX];	/* table_doubtful */
};

/* Read -f and -H.  Exits with 2 if they are wrong. */
void columns_open(struct columns *, const struct options *,
    const struct table_how *);
void columns_close(struct columns *);

/* Begin an operand. */
void columns_begin(struct columns *);

/* True if the first row is a header. */
bool columns_have_header(const struct columns *);

/*
 * Take the n fields of the first row, which is a header or, if
 * columns_have_header is false, data; csv: it is CSV.  Returns false with a
 * message if it has not the columns that are needed; *useless is then set if no
 * other row can be read.
 */
bool columns_take_first(struct columns *, struct place, const struct text *,
    size_t n, bool csv, bool *useless);

/* Check the number of fields of another row; the same result. */
bool columns_check(const struct columns *, struct place, const struct text *,
    size_t n, bool csv);

/*
 * Print a note if the first line of a text looks like the header of a table, as
 * a row with a label or an id, or as tok.
 */
void columns_check_line(struct columns *, struct place, struct text line);

#endif
