/* SPDX-License-Identifier: ISC */
#include "word_vectors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dict.h"
#include "err.h"
#include "input.h"
#include "mem.h"
#include "text.h"

enum { MOST_NUMBERS = 4096 };

static size_t
count_blanks(struct text line)
{
	size_t n = 0;
	const char *end = line.s + line.n, *p = line.s;

	while ((p = memchr(p, ' ', (size_t)(end - p))) != NULL) {
		n++;
		p++;
	}
	return n;
}

/* "N D": two whole numbers; *D is the second. */
static bool
is_heading(struct text line, size_t *D)
{
	struct text rest = line, first = text_cut(&rest, ' ');
	size_t n;

	return rest.s != NULL && text_to_size(first, &n) &&
	    text_to_size(rest, D);
}

/* The numbers of a line, into to [D]. */
static bool
read_numbers(struct text rest, struct place at, size_t D, float *to)
{
	for (size_t i = 0; i < D; i++) {
		struct text one = text_cut(&rest, ' ');
		double v;

		if (!text_to_double(one, &v) || !isfinite((float)v))
			return bad(at, "\"%.*s\", expected a number",
			    TEXT_ARGS(one));
		to[i] = (float)v;
	}
	return true;
}

/* One line; the first decides D. */
static bool
take(struct arena *arena, struct word_vectors *v, const struct dict *words,
    struct text line, struct place at)
{
	size_t blanks, length = 0;
	int32_t number;

	while (line.n > 0 && line.s[line.n - 1] == ' ')
		line.n--;
	if (v->D == 0) {
		bool heading = at.line == 1 && is_heading(line, &v->D);

		if (!heading)
			v->D = count_blanks(line);
		if (v->D == 0 || v->D > MOST_NUMBERS)
			return bad(at, "%zu numbers, expected a word and 1 to "
			    "%d numbers", v->D, MOST_NUMBERS);
		v->row = MEM_VECTOR(arena, dict_size(words) * v->D, float);
		if (heading)
			return true;
	}
	blanks = count_blanks(line);
	if (blanks < v->D)
		return bad(at, "%zu numbers, expected %zu as in the first line",
		    blanks, v->D);
	/* GloVe has words with blanks inside: the last D fields are numbers */
	for (size_t k = 0; ; length++)
		if (line.s[length] == ' ' && k++ == blanks - v->D)
			break;
	number = dict_find(words, (struct text){line.s, length});
	if (blanks > v->D && number == DICT_NONE) {
		double value;
		struct text rest = line;

		text_cut(&rest, ' ');
		if (text_to_double(text_cut(&rest, ' '), &value))
			return bad(at, "%zu numbers, expected %zu as in the "
			    "first line", blanks, v->D);
	}
	if (number == DICT_NONE || v->has[number])
		return true;
	v->has[number] = true;
	v->found++;
	return read_numbers((struct text){line.s + length + 1,
	    line.n - length - 1}, at, v->D, v->row + (size_t)number * v->D);
}

bool
word_vectors_read(struct arena *arena, const char *path,
    const struct dict *words, struct word_vectors *v, int *status)
{
	char *operands[] = {mem_copy(arena, path, strlen(path)), NULL};
	struct input *in = input_open(operands);
	struct record r;
	enum input_got got;

	*v = (struct word_vectors){
	    .has = MEM_NEW(arena, dict_size(words), bool)};
	*status = STATUS_OK;
	while ((got = input_next(in, INPUT_LINES, true, &r)) == INPUT_RECORD)
		if (!take(arena, v, words, r.text, r.at)) {
			*status = STATUS_DATA;
			break;
		}
	if (got == INPUT_FAILED)
		*status = STATUS_SYSTEM;
	if (got == INPUT_BAD)
		*status = STATUS_DATA;
	if (*status == STATUS_OK && v->D == 0) {
		*status = STATUS_DATA;
		bad((struct place){path, 0}, "no vectors");
	}
	input_close(in);
	return *status == STATUS_OK;
}
