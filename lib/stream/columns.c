/* SPDX-License-Identifier: ISC */
#include "stream/columns.h"

#include <string.h>

#include "base/csv_rows.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/utf8.h"

/* ---- -f ---- */

/* Read "role" or "role=column". */
static void
read_want(struct columns *c, struct text item)
{
	const char *const *role = c->how->role;
	struct arena *arena = c->option_arena;
	struct text name = text_cut(&item, '=');
	struct want w = {.role = text_find(name, role)};

	if (role[w.role] == NULL)
		die("option -f: no column \"%.*s\", expected %s, in the order "
		    "of the columns, or by the header's names (%s=%.*s)",
		    TEXT_ARGS(name), text_names(arena, role, " or "), role[0],
		    TEXT_ARGS(name));
	for (size_t i = 0; i < c->wants; i++)
		if (c->want[i].role == w.role)
			die("option -f: column %s occurs twice", role[w.role]);
	if (c->wants > 0 && c->pairs != (item.s != NULL))
		die("option -f: either all columns have a \"=\" or none has: "
		    "%s", c->how->columns);
	c->pairs = item.s != NULL;
	if (c->pairs) {
		w.name = text_trim(item);
		if (w.name.n == 0)
			die("option -f: %s= needs the name or the number of a "
			    "column", role[w.role]);
		if (text_to_size(w.name, &w.number)) {
			if (w.number == 0 || w.number > CSV_COLUMNS_MAX)
				die("option -f: column %.*s, expected a number "
				    "from 1 to %d", TEXT_ARGS(w.name),
				    CSV_COLUMNS_MAX);
			w.name.s = NULL;
		}
		if (w.name.s != NULL && c->how->headless)
			die("option -f: \"%.*s\" is the name of a column, and "
			    "with -H no row has names; expected a number",
			    TEXT_ARGS(w.name));
	} else {
		w.number = c->wants + 1;
	}
	c->want[c->wants++] = w;
}

void
columns_open(struct columns *c, const struct options *o,
    const struct table_how *how)
{
	struct text rest = text_of(how->columns);
	bool first = false;

	*c = (struct columns){.how = how, .option_arena = mem_arena(),
	    .arena = mem_arena()};
	if (how->columns == NULL && how->headless)
		option_usage(o, "option -H needs -f with the numbers of the "
		    "columns (-f %s=1)", how->role[0]);
	while (rest.s != NULL)
		read_want(c, text_cut(&rest, ','));
	for (size_t i = 0; i < c->wants; i++)
		first |= c->want[i].role == 0;
	if (c->wants > 0 && !first)
		option_usage(o, "option -f: \"%s\" has no column %s",
		    how->columns, how->role[0]);
}

void
columns_close(struct columns *c)
{
	mem_free(c->option_arena);
	mem_free(c->arena);
}

void
columns_begin(struct columns *c)
{
	mem_reset(c->arena);
	c->n = 0;
	memset(c->of, 0, sizeof c->of);
	memset(c->doubtful, 0, sizeof c->doubtful);
}

bool
columns_have_header(const struct columns *c)
{
	return c->wants == 0 || (c->pairs && !c->how->headless);
}

/* ---- the header ---- */

/* Words that are a column's name, and seldom a text, a label or an id. */
static const char *const header_words[] = {"category", "class", "comment",
    "content", "doc", "document", "gold", "id", "idx", "index", "label",
    "labels", "message", "polarity", "question", "rating", "review",
    "reviewtext", "score", "sent_id", "sentence", "sentiment", "stars",
    "target", "text", "title", "tweet", NULL};

static bool
is_header_word(struct columns *c, struct text cell)
{
	return text_find(utf8_lower(c->arena, text_trim(cell)),
	    header_words) < sizeof header_words / sizeof *header_words - 1;
}

/* The names of a header as a list for a message. */
static const char *
names_of(struct columns *c, const struct text *field, size_t n)
{
	struct text *name = MEM_NEW(c->arena, n, struct text);

	for (size_t i = 0; i < n; i++)
		name[i] = text_of(mem_printf(c->arena, "\"%.*s\"",
		    TEXT_ARGS(text_trim(field[i]))));
	return text_list(c->arena, name, n, ", ");
}

/* What separates the columns, if these seem to be one; 0 if nothing does. */
static char
other_delimiter(const struct columns *c, const struct text *field, size_t n)
{
	static const char known[] = ",;\t|";

	if (n == 1 && c->how->delimiter == 0)
		for (const char *p = known; *p != '\0'; p++)
			if (memchr(field->s, *p, field->n) != NULL)
				return *p;
	return 0;
}

static bool
bad_delimiter(struct columns *c, struct place at, const struct text *field,
    char by)
{
	return bad(at, "the header has one column, %s; if \"%s\" separates "
	    "columns: option -D '%s'", names_of(c, field, 1),
	    by == '\t' ? "tab" : (char[]){by, '\0'},
	    by == '\t' ? "tab" : (char[]){by, '\0'});
}

/* No field of the header is the column of this role. */
static bool
bad_header(struct columns *c, struct place at, const struct text *field,
    size_t n, struct text name)
{
	char by = other_delimiter(c, field, n);

	if (by != 0)
		return bad_delimiter(c, at, field, by);
	if (c->how->columns != NULL)
		return bad(at, "no column \"%.*s\" in the header, which has %s",
		    TEXT_ARGS(name), names_of(c, field, n));
	return bad(at, "no column \"%.*s\" in the header, which has %s; choose "
	    "one: -f %s=NAME, or without a header by number: -H -f %s=1",
	    TEXT_ARGS(name), names_of(c, field, n), c->how->role[0],
	    c->how->role[0]);
}

/*
 * Find a column by its name; fold: letter case does not matter.  *column is 0
 * if there is none.  Returns false with a message if there are two.
 */
static bool
find_column(struct columns *c, struct place at, const struct text *field,
    size_t n, struct text name, bool fold, size_t *column)
{
	*column = 0;
	for (size_t i = 0; i < n; i++) {
		struct text cell = text_trim(field[i]);

		if (fold)
			cell = utf8_lower(c->arena, cell);
		if (!text_equal(cell, name))
			continue;
		if (*column != 0)
			return bad(at, "the header has two columns \"%.*s\", "
			    "%zu and %zu; choose by number: -f %s=%zu",
			    TEXT_ARGS(name), *column, i + 1, c->how->role[0],
			    *column);
		*column = i + 1;
	}
	return true;
}

/* Find the columns of -f. */
static bool
find_wants(struct columns *c, struct place at, const struct text *field,
    size_t n)
{
	for (size_t i = 0; i < c->wants; i++) {
		const struct want *w = &c->want[i];
		size_t column = w->number;

		if (w->name.s != NULL) {
			if (!find_column(c, at, field, n, w->name, false,
			    &column) || (column == 0 && !find_column(c, at,
			    field, n, utf8_lower(c->arena, w->name), true,
			    &column)))
				return false;
			if (column == 0)
				return bad_header(c, at, field, n, w->name);
		} else if (column > n) {
			return bad(at, "%zu column%s, and -f has column %zu",
			    n, text_plural(n), column);
		}
		c->of[w->role] = column;
	}
	return true;
}

/* Find the columns that have the name of a role. */
static bool
find_roles(struct columns *c, struct place at, const struct text *field,
    size_t n)
{
	for (size_t i = 0; c->how->role[i] != NULL; i++)
		if (!find_column(c, at, field, n, text_of(c->how->role[i]),
		    true, &c->of[i]))
			return false;
	return c->of[0] != 0 || bad_header(c, at, field, n,
	    text_of(c->how->role[0]));
}

/* True if a column was found by its name, so that the row is a header. */
static bool
is_certain(const struct columns *c)
{
	for (size_t i = 0; i < c->wants; i++)
		if (c->want[i].name.s != NULL)
			return true;
	return c->wants == 0;
}

/* Take the first row as a header, or return false with a message. */
static bool
take_header(struct columns *c, struct place at, const struct text *field,
    size_t n, bool csv)
{
	c->n = n;
	for (size_t i = 0; i < n; i++)
		if (memchr(field[i].s, '\r', field[i].n) != NULL)
			return bad(at, "lines that end with CR alone; convert "
			    "the file: tr '\\r' '\\n'");
	if (csv && c->how->delimiter == 0 && n == 1 &&
	    (memchr(field->s, ';', field->n) != NULL ||
	    memchr(field->s, '\t', field->n) != NULL))
		return bad_delimiter(c, at, field,
		    memchr(field->s, ';', field->n) != NULL ? ';' : '\t');
	if (!(c->wants > 0 ? find_wants(c, at, field, n) :
	    find_roles(c, at, field, n)))
		return false;
	for (size_t i = 0; !is_certain(c) && c->how->role[i] != NULL; i++)
		if (c->of[i] > 0)
			c->doubtful[i] = text_copy(c->arena,
			    text_trim(field[c->of[i] - 1]));
	c->doubtful_at = at;
	return true;
}

/*
 * What -f could be for this header: the columns that have a role's name, and
 * otherwise those that -f has.
 */
static const char *
propose(struct columns *c, const struct text *field, size_t n)
{
	const char *list = "";

	for (size_t i = 0; i < c->wants; i++) {
		const char *role = c->how->role[c->want[i].role];
		struct text name = text_trim(field[c->want[i].number - 1]);

		for (size_t k = 0; k < n; k++)
			if (text_is(utf8_lower(c->arena, text_trim(field[k])),
			    role))
				name = text_trim(field[k]);
		list = mem_printf(c->arena, "%s%s%s=%.*s", list,
		    i > 0 ? "," : "", role, TEXT_ARGS(name));
	}
	return list;
}

/*
 * The first row of a table without a header: is it one?  If all its cells are
 * words of headers it is bad, if some are there is a note.
 */
static bool
check_data(struct columns *c, struct place at, const struct text *field,
    size_t n)
{
	size_t words = 0, texts = 0;

	for (size_t i = 0; i < c->wants; i++)
		if (is_header_word(c, field[c->want[i].number - 1])) {
			words++;
			texts += c->want[i].role == 0;
		}
	if (words == c->wants && words > 1)
		return bad(at, "this is a header, and not a text; take the "
		    "columns by its names: -f %s", propose(c, field, n));
	if (words > texts && !c->how->quiet)
		note("%s:%zu: is this a header? It is read as a text; to take "
		    "the columns by its names: -f %s", at.file, at.line,
		    propose(c, field, n));
	return true;
}

/* ---- rows ---- */

bool
columns_take_first(struct columns *c, struct place at,
    const struct text *field, size_t n, bool csv, bool *useless)
{
	if (columns_have_header(c)) {
		*useless = !take_header(c, at, field, n, csv);
		return !*useless;
	}
	c->n = c->pairs ? n : c->wants;
	*useless = !find_wants(c, at, field, c->n);
	return !*useless && columns_check(c, at, field, n, csv) &&
	    check_data(c, at, field, n);
}

bool
columns_check(const struct columns *c, struct place at,
    const struct text *field, size_t n, bool csv)
{
	const char *s = text_plural(n);
	char by = csv ? other_delimiter(c, field, n) : 0;

	if (n == c->n)
		return true;
	if (by == ';')
		return bad(at, "1 column, expected %zu; if \";\" separates "
		    "columns: option -D ';'", c->n);
	if (c->wants == 0 || c->pairs)
		return bad(at, "%zu column%s, expected %zu as in the %s", n, s,
		    c->n, c->how->headless ? "first row" : "header");
	return bad(at, "%zu column%s, expected %zu (%s to %s)", n, s,
	    c->n, c->how->role[c->want[0].role],
	    c->how->role[c->want[c->wants - 1].role]);
}

/* Is it a line of CoNLL-U: a usual comment, or ten columns with an id? */
static bool
is_tok(struct text line)
{
	static const char *const comment[] = {"# sent_id", "# text =",
	    "# newdoc", "# newpar", "# global.columns", NULL};
	struct text rest = line, id = text_cut(&rest, '\t');
	size_t columns = 1, number;

	for (size_t i = 0; comment[i] != NULL; i++)
		if (text_starts(line, comment[i]))
			return true;
	while (rest.s != NULL && columns <= 10) {
		text_cut(&rest, '\t');
		columns++;
	}
	return columns == 10 && text_to_size(id, &number);
}

/* Does a tab separate a single word, as a label or an id is, from the rest? */
static bool
has_tabbed_word(struct text line)
{
	struct text rest = line;

	if (memchr(line.s, '\t', line.n) == NULL)
		return false;
	while (rest.s != NULL) {
		struct text cell = text_trim(text_cut(&rest, '\t'));

		if (cell.n > 0 && memchr(cell.s, ' ', cell.n) == NULL)
			return true;
	}
	return false;
}

/* Are all cells words of headers? */
static bool
is_header_line(struct columns *c, struct text line, char by)
{
	struct text rest = line;

	while (rest.s != NULL)
		if (!is_header_word(c, text_cut(&rest, by)))
			return false;
	return true;
}

void
columns_check_line(struct columns *c, struct place at, struct text line)
{
	char by = other_delimiter(c, &line, 1);
	const char *role = c->how->role[0];

	if (c->how->quiet || line.n > 1000)
		return;
	if (is_tok(line))
		note("%s:%zu: is this tok (CoNLL-U)? It is read as a text; tok "
		    "is for reat-tag or reat-score -m", at.file, at.line);
	else if (by != 0 && is_header_line(c, line, by))
		note("%s:%zu: is this the header of a table? It is read as a "
		    "text; for a table: -D '%s' -f %s=NAME", at.file, at.line,
		    by == '\t' ? "tab" : (char[]){by, '\0'}, role);
	else if (has_tabbed_word(line))
		note("%s:%zu: are these columns of a table? They are read as "
		    "one text; for a table without a header: -H -f %s=1",
		    at.file, at.line, role);
}
