/* SPDX-License-Identifier: ISC */
#include "model/check.h"

#include <string.h>

#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "model/model.h"
#include "model/open.h"

/* ---- words that no text can match ---- */

static bool
is_empty(const struct model *m, struct arena *arena, struct text word)
{
	(void)m;
	(void)arena;
	return word.n == 0;
}

static bool
is_capital(const struct model *m, struct arena *arena, struct text word)
{
	return m->lowercase && !text_equal(word, utf8_lower(arena, word));
}

static bool
is_broken(const struct model *m, struct arena *arena, struct text word)
{
	(void)m;
	(void)arena;
	return memchr(word.s, '\t', word.n) != NULL ||
	    memchr(word.s, '\r', word.n) != NULL;
}

static void
note_words(const struct model *m)
{
	static const struct {
		bool (*holds)(const struct model *, struct arena *,
		    struct text word);
		const char *why;
	} kinds[] = {
		{is_empty, "is empty"},
		{is_capital, "has upper-case letters, and lowercase is true"},
		{is_broken, "has a tab or a carriage return"},
	};
	struct arena *arena;

	if (dict_size(m->vocabulary) != m->V)
		return;		/* a word occurs twice: numbers are not lines */
	arena = mem_arena();
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		size_t n = 0, first = 0;

		for (size_t i = 0; i < dict_size(m->vocabulary); i++) {
			struct text word = dict_text(m->vocabulary,
			    (int32_t)i);

			/* the unknown word stands for others */
			if ((int32_t)i == m->unknown ||
			    !kinds[k].holds(m, arena, word))
				continue;
			first = n++ == 0 ? i : first;
			mem_reset(arena);
		}
		if (n > 0)
			note("%s:%zu: note: \"%.*s\" can never match: it %s%s",
			    m->vocabulary_file, first + 1,
			    TEXT_ARGS(dict_text(m->vocabulary,
			    (int32_t)first)), kinds[k].why, n == 1 ? "" :
			    mem_printf(arena, "; it is the first of %zu", n));
	}
	mem_free(arena);
}

int
model_check(const char *name)
{
	size_t faults;
	int status;
	struct model *m = model_open_all(name, &faults, &status);

	note_words(m);
	model_close(m);
	return status;
}
