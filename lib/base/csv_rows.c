/* SPDX-License-Identifier: ISC */
#include "base/csv_rows.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "base/mem.h"

enum {
	/* libcsv reports a quote that is not written twice, blank lines, and a
	 * quote that is open at the end */
	STRICT = CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL,
	LENIENT = CSV_REPALL_NL,
	BLOCK = 4096,
};

struct csv_rows {
	struct csv_parser parser;
	struct place begin;	/* of the row */
	size_t quote_line;	/* of the last field, if it is in quotes */
	size_t bytes;		/* of the lines of the row */
	bool open;		/* the row is not complete */
	bool done;		/* this line ended it */
	bool many;		/* it has too many columns */

	char *buf;		/* [cap] the n bytes of all fields */
	size_t n, cap;
	size_t *end;		/* [end_cap] where fields end in buf */
	size_t fields, end_cap;
	struct text *field;	/* [field_cap] */
	size_t field_cap;
};

static void *
grow(void *p, size_t size)
{
	p = realloc(p, size);
	if (p == NULL)
		die("out of memory (%zu bytes wanted, in libcsv)", size);
	return p;
}

static int
ends_row(unsigned char c)
{
	return c == '\n';
}

struct csv_rows *
csv_rows_new(char delimiter)
{
	struct csv_rows *c = mem_calloc(1, sizeof *c);

	csv_init(&c->parser, STRICT);
	csv_set_delim(&c->parser, (unsigned char)delimiter);
	csv_set_realloc_func(&c->parser, grow);
	csv_set_term_func(&c->parser, ends_row);
	return c;
}

void
csv_rows_free(struct csv_rows *c)
{
	csv_free(&c->parser);
	free(c->buf);
	free(c->end);
	free(c->field);
	free(c);
}

void
csv_rows_drop(struct csv_rows *c)
{
	csv_set_opts(&c->parser, LENIENT);
	csv_fini(&c->parser, NULL, NULL, NULL);
	csv_set_opts(&c->parser, STRICT);
	c->open = false;
}

/* A field is complete. */
static void
take_field(void *bytes, size_t n, void *self)
{
	struct csv_rows *c = self;

	c->many |= c->fields == CSV_COLUMNS_MAX;
	if (c->many)
		return;
	c->buf = mem_grow(c->buf, &c->cap, c->n + n + 1, 1);
	if (n > 0)
		memcpy(c->buf + c->n, bytes, n);
	c->n += n;
	c->end = mem_grow(c->end, &c->end_cap, c->fields + 1, sizeof *c->end);
	c->end[c->fields++] = c->n;
}

static void
take_row(int newline, void *self)
{
	struct csv_rows *c = self;

	(void)newline;
	c->done = true;
}

static size_t
parse(struct csv_rows *c, const char *s, size_t n, unsigned char options)
{
	csv_set_opts(&c->parser, options);
	return csv_parse(&c->parser, s, n, take_field, take_row, c);
}

/* libcsv's buffer grows by one block: let it double, and take a whole line. */
static void
set_block(struct csv_rows *c, struct text line)
{
	size_t size = csv_get_buffer_size(&c->parser);

	size = size > line.n ? size : line.n;
	csv_set_blk_size(&c->parser, size > BLOCK ? size : BLOCK);
}

/*
 * Parse a line.  Returns false if a quote inside a quoted field is not written
 * twice; *offset is then the number of bytes up to the quote.
 */
static bool
parse_line(struct csv_rows *c, struct text line, size_t *offset)
{
	size_t i = 0;

	set_block(c, line);
	while (i < line.n) {
		i += parse(c, line.s + i, line.n - i, STRICT);
		if (i == line.n)
			break;
		if (c->parser.quoted) {
			*offset = i;
			return false;
		}
		/* a quote in a field that does not begin with one */
		i += parse(c, line.s + i, 1, LENIENT);
	}
	parse(c, "\n", 1, STRICT);
	return true;
}

static bool
bad_quote(const struct csv_rows *c, struct place at, size_t offset)
{
	if (c->quote_line == at.line)
		return bad(at, "text after a closing quote at byte %zu; a "
		    "quote inside a field in quotes is written twice (\"\")",
		    offset);
	return bad(at, "text after a closing quote at byte %zu; a quote inside "
	    "a field in quotes is written twice (\"\"), and this field began "
	    "in line %zu", offset, c->quote_line);
}

static void
begin_row(struct csv_rows *c, struct place at)
{
	c->begin = at;
	c->quote_line = at.line;
	c->n = c->fields = c->bytes = 0;
	c->many = false;
}

enum csv_got
csv_rows_add(struct csv_rows *c, struct text line, struct place at)
{
	size_t offset, before;
	bool good;

	if (!c->open)
		begin_row(c, at);
	before = c->fields;
	c->done = false;
	good = parse_line(c, line, &offset);
	if (c->fields > before)
		c->quote_line = at.line;
	c->bytes += line.n + 1;
	if (!good) {
		bad_quote(c, at, offset);
	} else if (c->many) {
		bad(at, "too many columns, the limit is %d", CSV_COLUMNS_MAX);
	} else if (c->done) {
		c->open = false;
		return c->fields > 0 ? CSV_GOT_ROW : CSV_GOT_BLANK;
	} else if (c->bytes > INPUT_LIMIT) {
		bad((struct place){at.file, c->quote_line}, "a quote that "
		    "opens here does not close in %d MiB, the limit of a row",
		    INPUT_LIMIT >> 20);
	} else {
		c->open = true;
		return CSV_GOT_PART;
	}
	csv_rows_drop(c);
	return CSV_GOT_BAD;
}

const struct text *
csv_rows_fields(struct csv_rows *c, size_t *n, struct place *at)
{
	size_t start = 0;

	c->field = mem_grow(c->field, &c->field_cap, c->fields,
	    sizeof *c->field);
	for (size_t i = 0; i < c->fields; i++) {
		c->field[i] = (struct text){c->buf + start, c->end[i] - start};
		start = c->end[i];
	}
	*n = c->fields;
	*at = c->begin;
	return c->field;
}

bool
csv_rows_end(struct csv_rows *c)
{
	if (!c->open)
		return true;
	csv_rows_drop(c);
	return bad((struct place){c->begin.file, c->quote_line}, "a quote that "
	    "opens here does not close");
}
