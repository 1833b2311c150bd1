/* SPDX-License-Identifier: ISC */
#include "stream/table.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/compress.h"
#include "base/csv_rows.h"
#include "base/mem.h"
#include "base/option.h"
#include "stream/columns.h"
#include "stream/lines.h"

enum format { LINES, TSV, CSV };

struct table {
	struct table_how how;
	struct columns columns;
	struct lines *in;
	struct csv_rows *csv;
	size_t number;

	/* the operand that is read */
	struct place last;	/* the line read last; file is NULL: none yet */
	enum format format;
	bool begun;		/* the first row was read */
	bool useless;		/* its header is bad: its rows are skipped */

	struct text *field;	/* [field_cap] of a TSV row */
	size_t field_cap;
};

/* ---- options ---- */

char
table_delimiter(const struct options *o, const char *argument)
{
	if (strcmp(argument, "tab") == 0 || strcmp(argument, "\\t") == 0)
		return '\t';
	if (argument[0] == '\0' || argument[1] != '\0' ||
	    (argument[0] != '\t' && !ispunct((unsigned char)argument[0])) ||
	    argument[0] == '"')
		option_usage(o, "option -D: \"%s\", expected one character of "
		    "punctuation (;), or tab", argument);
	return argument[0];
}

struct table *
table_open(const struct options *o, struct table_how how,
    char *const operands[], struct output *flush)
{
	struct table *t = mem_calloc(1, sizeof *t);

	t->how = how;
	columns_open(&t->columns, o, &t->how);
	t->in = lines_open(operands, how.keep_going, flush);
	t->csv = csv_rows_new(how.delimiter != 0 ? how.delimiter : ',');
	return t;
}

int
table_close(struct table *t)
{
	int status = lines_close(t->in);

	csv_rows_free(t->csv);
	columns_close(&t->columns);
	free(t->field);
	free(t);
	return status;
}

void
table_bad(struct table *t)
{
	lines_bad(t->in);
}

struct text
table_doubtful(const struct table *t, size_t role, struct place *at)
{
	*at = t->columns.doubtful_at;
	return t->columns.doubtful[role];
}

/* ---- rows ---- */

/* True if the name ends so, or so and with the ending of a compressed file. */
static bool
ends_with(const char *name, const char *end)
{
	size_t n = compress_stem(text_of(name)).n, k = strlen(end);

	return n > k && strncasecmp(name + n - k, end, k) == 0;
}

static void
begin_operand(struct table *t, const char *file)
{
	bool tsv = ends_with(file, ".tsv") || ends_with(file, ".tab");

	t->format = t->how.delimiter != 0 || ends_with(file, ".csv") ? CSV :
	    t->columns.wants > 0 || tsv ? TSV : LINES;
	t->begun = t->useless = false;
	columns_begin(&t->columns);
}

static const struct text *
cut_tabs(struct table *t, struct text rest, size_t *n)
{
	for (*n = 0; rest.s != NULL; ++*n) {
		t->field = mem_grow(t->field, &t->field_cap, *n + 1,
		    sizeof *t->field);
		t->field[*n] = text_cut(&rest, '\t');
	}
	return t->field;
}

/* Take a row of fields.  Returns true if it is a row of data. */
static bool
take_row(struct table *t, const struct text *field, size_t n,
    struct table_row *row)
{
	bool first = !t->begun, csv = t->format == CSV, good;

	t->begun = true;
	if (!first || !columns_have_header(&t->columns))
		row->number = ++t->number;
	good = first ? columns_take_first(&t->columns, row->at, field, n, csv,
	    &t->useless) : columns_check(&t->columns, row->at, field, n, csv);
	if (!good)
		lines_bad(t->in);
	for (size_t i = 0; good && t->how.role[i] != NULL; i++)
		if (t->columns.of[i] > 0)
			row->cell[i] = field[t->columns.of[i] - 1];
	return good && row->number > 0;
}

static bool
take_csv(struct table *t, const struct record *r, struct table_row *row)
{
	enum csv_got got = csv_rows_add(t->csv, r->text, r->at);
	const struct text *field;
	size_t n;

	if (got == CSV_GOT_BAD) {
		/* without its header an operand cannot be read */
		t->useless = !t->begun;
		t->number++;
		lines_bad(t->in);
	}
	if (got != CSV_GOT_ROW)
		return false;
	field = csv_rows_fields(t->csv, &n, &row->at);
	return take_row(t, field, n, row);
}

/* Take a line.  Returns true if it completes a row of data. */
static bool
take_line(struct table *t, const struct record *r, struct table_row *row)
{
	const struct text *field;
	size_t n;

	*row = (struct table_row){.at = r->at};
	if (t->useless)
		return false;
	if (t->format == CSV)
		return take_csv(t, r, row);
	if (t->format == TSV) {
		field = cut_tabs(t, r->text, &n);
		return take_row(t, field, n, row);
	}
	if (!t->begun)
		columns_check_line(&t->columns, r->at, r->text);
	t->begun = true;
	row->number = ++t->number;
	row->cell[0] = r->text;
	return true;
}

/* A line that is not text is a bad row, or part of one. */
static void
take_bytes(struct table *t)
{
	if (t->useless)
		return;
	csv_rows_drop(t->csv);
	t->useless = t->format != LINES && !t->begun;
	t->number++;
}

/* The operand ends: returns false if its last row is not complete. */
static bool
end_operand(struct table *t)
{
	if (csv_rows_end(t->csv))
		return true;
	t->number++;
	lines_bad(t->in);
	return t->how.keep_going;
}

bool
table_next(struct table *t, struct table_row *row)
{
	struct record r;

	while (lines_next(t->in, &r)) {
		if (r.at.file != t->last.file || r.at.line <= t->last.line) {
			if (!end_operand(t))
				return false;
			begin_operand(t, r.at.file);
		}
		t->last = r.at;
		if (r.text.s == NULL)
			take_bytes(t);
		else if (take_line(t, &r, row))
			return true;
	}
	if (lines_status(t->in) == STATUS_OK || t->how.keep_going)
		end_operand(t);
	return false;
}
