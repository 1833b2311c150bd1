/* SPDX-License-Identifier: ISC */
#include "model/vocabulary.h"

#include <string.h>

#include "base/dict.h"
#include "base/err.h"
#include "base/input.h"
#include "model/model.h"
#include "model/reading.h"

enum {
	LIMIT = 256 << 20,	/* bytes of vocab.txt */
	LOOKED_AT = 1000,	/* lines whose form is looked at */
};

static bool
ends_in_blank(struct text line)
{
	return line.n > 0 && line.s[line.n - 1] == ' ';
}

static bool
has_tab(struct text line)
{
	return memchr(line.s, '\t', line.n) != NULL;
}

/* A word, this character and a number. */
static bool
ends_in(struct text line, char before)
{
	size_t n = line.n;

	while (n > 0 && line.s[n - 1] >= '0' && line.s[n - 1] <= '9')
		n--;
	return n > 1 && n < line.n && line.s[n - 1] == before;
}

static bool
ends_in_number(struct text line)
{
	return ends_in(line, ' ');
}

static bool
ends_in_comma_number(struct text line)
{
	return ends_in(line, ',');
}

/* A blank, also that of no break, U+00A0. */
static bool
has_blank(struct text line)
{
	for (size_t i = 0; i < line.n; i++)
		if (line.s[i] == ' ' || (i > 0 && line.s[i] == '\xa0' &&
		    line.s[i - 1] == '\xc2'))
			return true;
	return false;
}

static bool
is_quoted(struct text line)
{
	return line.n > 2 && (line.s[0] == '"' || line.s[0] == '\'') &&
	    line.s[line.n - 1] == line.s[0];
}

/* Forms that most of the first lines have, the surest first. */
static const struct form {
	bool (*holds)(struct text line);
	const char *found, *instead;
} forms[] = {
	{has_tab, "have a tab", "cut -f 1, if the numbers behind it are those "
	    "of the lines from 0 on"},
	{ends_in_number, "are a word and a number", "cut -d ' ' -f 1, if the "
	    "numbers are counts"},
	{ends_in_comma_number, "end in a comma and a number", "sed "
	    "'s/,[0-9]*$//', if the numbers are those of the lines from 0 on"},
	{ends_in_blank, "end in a blank", "sed 's/ *$//'"},
	{is_quoted, "are in quotes", "the words without them"},
	{has_blank, "have a blank, which no word of a text has", "cut -d ' ' "
	    "-f 1 or another column, if the lines have the order of the "
	    "embedding's rows"},
};

/* If more than half of two or more lines have the form, it is a fault of the
 * first of them. */
static bool
check_form(const struct form *form, struct text lines, struct place at)
{
	size_t n = 0, have = 0, first = 0;

	for (; lines.s != NULL && lines.n > 0 && n < LOOKED_AT; n++)
		if (form->holds(text_cut(&lines, '\n')) && have++ == 0)
			first = n;
	at.line += first;
	return n < 2 || 2 * have <= n || bad(at, "%zu of the first %zu lines "
	    "%s, expected a word a line: %s", have, n, form->found,
	    form->instead);
}

/* A list or a map of strings begins: a bracket, blanks and a quote. */
static bool
is_json(struct text lines)
{
	size_t i = 1;

	while (i < lines.n && memchr(" \t\r\n", lines.s[i], 4) != NULL)
		i++;
	return i + 1 < lines.n && (lines.s[0] == '{' || lines.s[0] == '[') &&
	    lines.s[i] == '"' && lines.s[i + 1] != '\n';
}

bool
vocabulary_check(struct text lines, struct place at)
{
	if (is_json(lines))
		return bad(at, "this is JSON, expected a word a line; a "
		    "model's are in the order of the embedding's rows");
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (!check_form(&forms[i], lines, at))
			return false;
	return true;
}

bool
vocabulary_read(struct model_reading *r)
{
	struct model *m = r->m;
	struct place at = {m->vocabulary_file, 1};
	struct text rest;
	int status;

	if (!input_regular(at.file, &status) || !input_whole(m->arena, at.file,
	    LIMIT, &rest, &status))
		return reading_check_file(r, false, status);
	if (!vocabulary_check(rest, at))
		return reading_check(r, false);
	for (; rest.s != NULL && rest.n > 0; at.line++, m->V++) {
		struct text word = text_cut(&rest, '\n');
		size_t before = dict_size(m->vocabulary);

		dict_add(m->vocabulary, word);
		if (dict_size(m->vocabulary) == before &&
		    !reading_check(r, bad(at, "\"%.*s\" occurs twice",
		    TEXT_ARGS(word))))
			return false;
	}
	return m->V > 0 || reading_check(r, bad(at, "no words, expected a word "
	    "a line"));
}
