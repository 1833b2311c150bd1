/* SPDX-License-Identifier: ISC */
#include "train/word_vectors.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/dict.h"
#include "base/err.h"
#include "base/input.h"
#include "base/mem.h"
#include "base/text.h"

enum {
	MOST_NUMBERS = 4096,
	LONGEST_WORD = 4096,	/* bytes, in a binary file */
	SAMPLE = 4096,		/* bytes after the heading: text or binary? */
	WIDEST = 32,		/* bytes of a number as text, to look for */
};

/* A file that is read. */
struct reading {
	const struct word_vectors_user *user;
	size_t N, D;		/* N: 0 without a heading */
};

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

/* True for "N D": two whole numbers, N not 0. */
static bool
is_heading(struct text line, size_t *N, size_t *D)
{
	struct text rest = line, first = text_cut(&rest, ' ');
	size_t words, numbers;

	if (rest.s == NULL || !text_to_size(first, &words) || words == 0 ||
	    !text_to_size(rest, &numbers))
		return false;
	*N = words;
	*D = numbers;
	return true;
}

/* Read the numbers of a line into to [D]. */
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

/* Take one line of text, or the heading; the first line decides D. */
static bool
take(struct reading *v, struct text line, struct place at)
{
	size_t blanks, length = 0;
	float *to;

	while (line.n > 0 && line.s[line.n - 1] == ' ')
		line.n--;
	if (v->D == 0) {
		bool heading = at.line == 1 && is_heading(line, &v->N, &v->D);

		if (!heading)
			v->D = count_blanks(line);
		if (v->D == 0 || v->D > MOST_NUMBERS)
			return bad(at, "%zu numbers, expected a word and 1 to "
			    "%d numbers", v->D, MOST_NUMBERS);
		v->user->begin(v->user->self, v->D);
		if (heading)
			return true;
	}
	blanks = count_blanks(line);
	if (blanks < v->D)
		return bad(at, "%zu numbers, expected %zu as in the first line",
		    blanks, v->D);
	/* GloVe has words with blanks in them: the last D fields are numbers */
	for (size_t k = 0; ; length++)
		if (line.s[length] == ' ' && k++ == blanks - v->D)
			break;
	to = v->user->place(v->user->self, (struct text){line.s, length});
	if (blanks > v->D && to == NULL) {
		double value;
		struct text rest = line;

		text_cut(&rest, ' ');
		if (text_to_double(text_cut(&rest, ' '), &value))
			return bad(at, "%zu numbers, expected %zu as in the "
			    "first line", blanks, v->D);
	}
	return to == NULL || read_numbers((struct text){line.s + length + 1,
	    line.n - length - 1}, at, v->D, to);
}

/* ---- binary ---- */

static bool
has_control(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if ((unsigned char)t.s[i] < ' ' &&
		    memchr("\t\n\r", t.s[i], 3) == NULL)
			return true;
	return false;
}

/* True if the line ends with D numbers, and a word is before them. */
static bool
is_text(struct text line, size_t D)
{
	size_t end = line.n;

	while (end > 0 && memchr("\r ", line.s[end - 1], 2) != NULL)
		end--;
	for (size_t i = 0; i < D; i++) {
		size_t start = end;
		double v;

		while (start > 0 && line.s[start - 1] != ' ')
			start--;
		if (start == 0 || !text_to_double((struct text){line.s + start,
		    end - start}, &v))
			return false;
		end = start - 1;
	}
	return true;
}

/*
 * Whether floats or text follow the heading.  Floats have control characters,
 * but words of a text can have them, too: then its first line ends with
 * numbers.
 */
static bool
is_binary(struct text sample, size_t D)
{
	struct text rest = sample;

	return has_control((struct text){sample.s, sample.n < SAMPLE ?
	    sample.n : SAMPLE}) && !is_text(text_cut(&rest, '\n'), D);
}

/* Read D little-endian floats, not aligned. */
static bool
take_floats(const char *p, size_t D, struct text word, struct place at,
    float *to)
{
	for (size_t i = 0; i < D; i++, p += 4) {
		uint32_t bits = 0;

		for (int k = 3; k >= 0; k--)
			bits = bits << 8 | (unsigned char)p[k];
		memcpy(&to[i], &bits, sizeof bits);
		if (!isfinite(to[i]))
			return bad(at, "number %zu of \"%.*s\" is not finite",
			    i + 1, TEXT_ARGS(word));
	}
	return true;
}

/* Read the N words after the heading.  Returns the status. */
static int
take_binary(struct input *in, const struct reading *v, struct place at)
{
	struct text rest;

	for (size_t k = 0; k < v->N; k++) {
		struct text word;
		float *to;

		if (!input_peek(in, LONGEST_WORD + 2 + 4 * v->D, &rest))
			return STATUS_SYSTEM;
		if (rest.n > 0 && rest.s[0] == '\n') {
			input_take(in, 1);
			rest.s++;
			rest.n--;
		}
		word = text_cut(&rest, ' ');
		if (rest.s == NULL && word.n > LONGEST_WORD) {
			bad(at, "word %zu has more than %d bytes, expected a "
			    "word, a blank and %zu floats", k + 1,
			    LONGEST_WORD, v->D);
			return STATUS_DATA;
		}
		if (rest.s == NULL || rest.n < 4 * v->D) {
			bad(at, "ends within word %zu, expected %zu words of "
			    "%zu floats", k + 1, v->N, v->D);
			return STATUS_DATA;
		}
		to = v->user->place(v->user->self, word);
		if (to != NULL && !take_floats(rest.s, v->D, word, at, to))
			return STATUS_DATA;
		input_take(in, word.n + 1 + 4 * v->D);
	}
	if (!input_peek(in, 2, &rest))
		return STATUS_SYSTEM;
	if (rest.n > 1 || (rest.n == 1 && rest.s[0] != '\n')) {
		bad(at, "data after the last of the %zu words", v->N);
		return STATUS_DATA;
	}
	return STATUS_OK;
}

bool
word_vectors_each(const char *path, const struct word_vectors_user *user,
    int *status)
{
	struct arena *arena = mem_arena();
	char *operands[] = {mem_copy(arena, path, strlen(path)), NULL};
	struct input *in = input_open(operands);
	struct reading v = {.user = user};
	struct record r;
	enum input_got got;
	size_t lines = 0;
	bool binary = false;

	*status = STATUS_OK;
	while ((got = input_next(in, INPUT_LINES, true, &r)) == INPUT_RECORD) {
		struct text sample;

		lines++;
		if (!take(&v, r.text, r.at)) {
			*status = STATUS_DATA;
			break;
		}
		if (v.N == 0 || r.at.line > 1)
			continue;
		if (!input_peek(in, SAMPLE + v.D * WIDEST, &sample)) {
			*status = STATUS_SYSTEM;
			break;
		}
		binary = is_binary(sample, v.D);
		if (binary) {
			*status = take_binary(in, &v,
			    (struct place){r.at.file, 0});
			break;
		}
	}
	if (got == INPUT_FAILED)
		*status = STATUS_SYSTEM;
	if (got == INPUT_BAD)
		*status = STATUS_DATA;
	if (*status == STATUS_OK && v.D == 0) {
		*status = STATUS_DATA;
		bad((struct place){path, 0}, "no vectors");
	}
	if (*status == STATUS_OK && v.N > 0 && !binary && lines - 1 != v.N) {
		*status = STATUS_DATA;
		bad((struct place){path, 0}, "%zu words, expected %zu as in "
		    "the first line", lines - 1, v.N);
	}
	input_close(in);
	mem_free(arena);
	return *status == STATUS_OK;
}

/* ---- the words of a dictionary ---- */

struct wanted {
	struct word_vectors *v;
	struct arena *arena;
	const struct dict *words;
};

static void
begin(void *self, size_t D)
{
	struct wanted *w = self;

	w->v->D = D;
	w->v->row = MEM_VECTOR(w->arena, dict_size(w->words) * D, float);
}

static float *
place(void *self, struct text word)
{
	const struct wanted *w = self;
	int32_t number = dict_find(w->words, word);

	if (number == DICT_NONE || w->v->has[number])
		return NULL;
	w->v->has[number] = true;
	w->v->found++;
	return w->v->row + (size_t)number * w->v->D;
}

bool
word_vectors_read(struct arena *arena, const char *path,
    const struct dict *words, struct word_vectors *v, int *status)
{
	struct wanted w = {v, arena, words};

	*v = (struct word_vectors){
	    .has = MEM_NEW(arena, dict_size(words), bool)};
	return word_vectors_each(path, &(struct word_vectors_user){begin,
	    place, &w}, status);
}
