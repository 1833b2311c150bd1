/* SPDX-License-Identifier: ISC */
#include "explain/probabilities.h"

#include "base/mem.h"
#include "base/utf8.h"

/* What a column is that is no class. */
enum { DOC = -4, PREDICTED, LABEL, LOGIT };

static const struct {
	const char *name;
	int column;
} fixed[] = {{"doc", DOC}, {"predicted", PREDICTED}, {"label", LABEL}};

enum { FIXED = sizeof fixed / sizeof *fixed };

static bool
is_probability(struct text field, double *p)
{
	return text_to_double(field, p) && *p >= 0 && *p <= 1;
}

/* Add a column; false with a message if it cannot be one. */
static bool
add_column(struct probabilities *t, struct text name, struct place at)
{
	int *column = &t->column[t->columns++];

	if (name.n == 0)
		return bad(at, "column %zu has no name", t->columns);
	*column = LOGIT;
	if (text_starts(name, "logit:"))
		return true;
	for (size_t i = 0; i < FIXED; i++)
		if (text_is(name, fixed[i].name))
			*column = fixed[i].column;
	for (size_t i = 0; *column != LOGIT && i + 1 < t->columns; i++)
		if (t->column[i] == *column)
			return bad(at, "column %.*s occurs twice",
			    TEXT_ARGS(name));
	if (*column != LOGIT)
		return true;
	if (text_index(t->label, t->C, name) < t->C)
		return bad(at, "class %.*s occurs twice", TEXT_ARGS(name));
	if (t->C == PROBABILITIES_MOST)
		return bad(at, "too many classes, the limit is %d",
		    PROBABILITIES_MOST);
	*column = (int)t->C;
	t->label[t->C++] = name;
	return true;
}

/* True if all columns are numbers: more likely a row than names. */
static bool
is_row(struct text line)
{
	double number;

	while (line.s != NULL)
		if (!text_to_double(text_cut(&line, '\t'), &number))
			return false;
	return true;
}

static bool
is_text(struct text line, struct place at)
{
	size_t offset;

	return utf8_valid(line, &offset) || bad(at, "invalid UTF-8 or NUL at "
	    "byte %zu of the line", offset + 1);
}

bool
probabilities_header(struct probabilities *t, struct arena *arena,
    struct text line, struct place at)
{
	struct text rest = text_copy(arena, line);
	size_t most = 1;

	if (!is_text(line, at))
		return false;
	if (is_row(line))
		return bad(at, "\"%.*s\", expected a header first: the names "
		    "of the classes, with tabs between; if they are numbers, "
		    "a column doc is needed", TEXT_ARGS(line));
	for (size_t i = 0; i < rest.n; i++)
		most += rest.s[i] == '\t';
	*t = (struct probabilities){.header = rest,
	    .label = MEM_NEW(arena, most < PROBABILITIES_MOST ? most :
	    PROBABILITIES_MOST, struct text),
	    .column = MEM_NEW(arena, most, int)};
	while (rest.s != NULL)
		if (!add_column(t, text_cut(&rest, '\t'), at))
			return false;
	return t->C > 1 || bad(at, "the header has %zu class%s, expected at "
	    "least 2, with tabs between: \"%.*s\"", t->C,
	    t->C == 1 ? "" : "es", TEXT_ARGS(line));
}

bool
probabilities_again(const struct probabilities *t, struct text line)
{
	return text_equal(line, t->header);
}

/* The row is wrong at a class: say so, or that it is another header. */
static bool
no_probability(const struct probabilities *t, struct text line,
    struct text field, size_t class, struct place at)
{
	struct text rest = line;
	double number;
	bool numbers = false;

	for (size_t i = 0; i < t->columns; i++)
		numbers = (text_to_double(text_cut(&rest, '\t'), &number) &&
		    t->column[i] >= 0) || numbers;
	if (!numbers)
		return bad(at, "expected a row or the header again, not "
		    "\"%.*s\"; the header was \"%.*s\"", TEXT_ARGS(line),
		    TEXT_ARGS(t->header));
	return bad(at, "\"%.*s\" for class %.*s, expected a probability, 0 "
	    "to 1", TEXT_ARGS(field), TEXT_ARGS(t->label[class]));
}

/* Check that the class named as predicted is the most probable. */
static bool
check_predicted(const struct probabilities *t, struct text name,
    const float *probability, struct place at)
{
	size_t class = text_index(t->label, t->C, name), most = 0;

	for (size_t c = 1; c < t->C; c++)
		if (probability[c] > probability[most])
			most = c;
	if (class == t->C)
		return bad(at, "predicted \"%.*s\", expected one of the "
		    "classes", TEXT_ARGS(name));
	return probability[class] >= probability[most] || bad(at, "predicted "
	    "%.*s, but %.*s is more probable", TEXT_ARGS(name),
	    TEXT_ARGS(t->label[most]));
}

bool
probabilities_row(const struct probabilities *t, struct text line,
    struct place at, float *probability, struct text *doc)
{
	struct text rest = line, predicted = {NULL, 0};
	size_t columns = 1;
	double p;

	if (!is_text(line, at))
		return false;
	for (size_t i = 0; i < line.n; i++)
		columns += line.s[i] == '\t';
	if (columns != t->columns)
		return bad(at, "%zu column%s, expected %zu as in the header",
		    columns, columns == 1 ? "" : "s", t->columns);
	*doc = (struct text){NULL, 0};
	for (size_t i = 0; i < t->columns; i++) {
		struct text field = text_cut(&rest, '\t');
		int column = t->column[i];

		if (column == DOC)
			*doc = field;
		if (column == PREDICTED)
			predicted = field;
		if (column < 0)
			continue;
		if (!is_probability(field, &p))
			return no_probability(t, line, field, (size_t)column,
			    at);
		probability[column] = (float)p;
	}
	return predicted.s == NULL || check_predicted(t, predicted,
	    probability, at);
}
