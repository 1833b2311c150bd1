/* SPDX-License-Identifier: ISC */
#include "stream/id_shift.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "base/output.h"
#include "stream/block.h"

bool
id_empty(struct text id, size_t *word, size_t *k)
{
	struct text rest = id, head = text_cut(&rest, '.');

	return rest.s != NULL && text_to_size(head, word) &&
	    text_to_size(rest, k);
}

/* Change the number of a word.  0 is the root. */
static bool
shift_word(const struct id_shift *s, size_t *word)
{
	size_t before = s->back ? s->before : 0;

	if (*word == 0)
		return true;
	if (*word <= before || *word - before > s->T)
		return false;
	*word = s->back ? *word - before : *word + s->before;
	return true;
}

/* Change an empty node, *word.*k; before the first word they begin with 0.1. */
static bool
shift_empty(const struct id_shift *s, size_t *word, size_t *k)
{
	size_t first = s->back ? s->before : 0;

	if (*word != first)
		return *word > 0 && shift_word(s, word);
	if (s->back ? *k <= s->empty : *k == 0 || *k > SIZE_MAX - s->empty)
		return false;
	*k = s->back ? *k - s->empty : *k + s->empty;
	*word = s->back ? 0 : s->before;
	return true;
}

/* Write an id; mark is that of 7-8 or 7.1, or 0. */
static struct text
write_id(struct arena *arena, size_t a, char mark, size_t b)
{
	const char *made = mark == 0 ? mem_printf(arena, "%zu", a) :
	    mem_printf(arena, "%zu%c%zu", a, mark, b);

	return text_of(made);
}

/*
 * Returns the new form of an id.  *wrong becomes true if it is none of the
 * sentence, or is written as 07, which would come back as 7.
 */
static struct text
shift(const struct id_shift *s, struct arena *arena, struct text id,
    bool *wrong)
{
	struct text rest = id, head = text_cut(&rest, '-');
	size_t a, b = 0;
	char mark = rest.s != NULL ? '-' : 0;
	bool good;

	if (id_empty(id, &a, &b))
		mark = '.';
	else if (!text_to_size(head, &a) ||
	    (mark == '-' && !text_to_size(rest, &b)))
		return id;
	good = text_equal(write_id(arena, a, mark, b), id);
	if (mark == '.')
		good = good && shift_empty(s, &a, &b);
	else
		good = good && shift_word(s, &a) &&
		    (mark == 0 || shift_word(s, &b));
	*wrong = *wrong || !good;
	return write_id(arena, a, mark, b);
}

/* The same for the heads of DEPS, "head:role|head:role". */
static struct text
shift_deps(const struct id_shift *s, struct arena *arena, struct text deps,
    bool *wrong)
{
	struct output o = output_to(-1, NULL);
	struct text rest = deps;

	while (rest.s != NULL) {
		struct text role = text_cut(&rest, '|');
		struct text head = text_cut(&role, ':');

		output_text(&o, shift(s, arena, head, wrong));
		if (role.s != NULL) {
			output_char(&o, ':');
			output_text(&o, role);
		}
		if (rest.s != NULL)
			output_char(&o, '|');
	}
	deps = text_copy(arena, (struct text){o.n > 0 ? o.buf : "", o.n});
	output_done(&o, 0);
	return deps;
}

bool
id_shift_line(const struct id_shift *s, struct arena *arena,
    struct text column[], struct place at)
{
	static const enum conllu_column ids[] = {CONLLU_ID, CONLLU_HEAD};
	struct text old;
	bool wrong = false;

	for (size_t i = 0; i < 2; i++) {
		old = column[ids[i]];
		column[ids[i]] = shift(s, arena, old, &wrong);
		if (wrong)
			return bad(at, "%s %.*s is no word of this sentence",
			    i == 0 ? "ID" : "HEAD", TEXT_ARGS(old));
	}
	old = column[CONLLU_DEPS];
	if (text_is(old, "_"))
		return true;
	column[CONLLU_DEPS] = shift_deps(s, arena, old, &wrong);
	return !wrong || bad(at, "DEPS %.*s has a head that is no word of this "
	    "sentence", TEXT_ARGS(old));
}
