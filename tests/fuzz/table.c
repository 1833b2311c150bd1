/* SPDX-License-Identifier: ISC */
/*
 * Fuzz tables: rows have the columns of the header, places are in order, and a
 * row of one cell that CSV quotes is read as it was.
 */
#include <string.h>

#include "base/csv_rows.h"
#include "base/input.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "stream/label_counts.h"
#include "stream/table.h"

static const char *const roles[] = {"text", "id", "label", NULL};

/* Read the file twice as a table. */
static void
read_table(char *path, struct table_how how)
{
	struct options o = {.letters = "", .operands = ""};
	char *const operands[] = {path, path, NULL};
	struct label_counts *labels = label_counts_new();
	struct table *t;
	struct table_row r;
	size_t number = 0, offset;

	how.role = roles;
	how.keep_going = true;
	t = table_open(&o, how, operands, NULL);
	while (table_next(t, &r)) {
		fuzz_holds(r.number > number);
		number = r.number;
		fuzz_holds(r.at.file != NULL && r.at.line > 0);
		fuzz_holds(r.cell[0].s != NULL);
		for (size_t i = 0; i < 3; i++)
			fuzz_holds(r.cell[i].s == NULL ||
			    utf8_valid(r.cell[i], &offset));
		if (r.cell[2].s != NULL)
			label_counts_add(labels, r.cell[2], r.at);
	}
	label_counts_notes(labels);
	label_counts_free(labels);
	table_close(t);
}

/* Quote the bytes, which are text without CR, and read them again. */
static void
read_quoted(struct arena *arena, struct text text)
{
	struct csv_rows *c = csv_rows_new(',');
	char *quoted = mem_alloc(arena, 2 * text.n + 3, 1);
	struct place at = {"quoted", 0};
	const struct text *field;
	enum csv_got got = CSV_GOT_PART;
	struct text rest;
	size_t n = 0;

	quoted[n++] = '"';
	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] == '"')
			quoted[n++] = '"';
		quoted[n++] = text.s[i];
	}
	quoted[n++] = '"';
	for (rest = (struct text){quoted, n}; rest.s != NULL; ) {
		fuzz_holds(got == CSV_GOT_PART);
		at.line++;
		got = csv_rows_add(c, text_cut(&rest, '\n'), at);
	}
	fuzz_holds(got == CSV_GOT_ROW && csv_rows_end(c));
	field = csv_rows_fields(c, &n, &at);
	fuzz_holds(n == 1 && at.line == 1 && text_equal(field[0], text));
	csv_rows_free(c);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct table_how how[] = {
		{.delimiter = ','}, {.columns = "text,label"},
		{.delimiter = '\t', .columns = "text=1,id=2"},
		{.delimiter = ',', .columns = "label=2,text=1",
		    .headless = true}, {.columns = "text=text"},
		{.delimiter = ';', .columns = "text"}, {.columns = NULL},
	};
	static struct arena *arena;
	char path[300];

	if (arena == NULL)
		arena = mem_arena();
	mem_reset(arena);
	strncpy(path, fuzz_file(data, n), sizeof path - 1);
	path[sizeof path - 1] = '\0';
	for (size_t i = 0; i < sizeof how / sizeof *how; i++)
		read_table(path, how[i]);
	read_quoted(arena, (struct text){(const char *)data, n});
	return 0;
}
