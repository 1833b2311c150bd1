/* SPDX-License-Identifier: ISC */
#include "stream/synonyms.h"

#include <stdlib.h>
#include <string.h>

#include "base/dict.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/input.h"
#include "base/mem.h"
#include "base/utf8.h"

struct synonyms {
	struct arena *arena;
	struct dict *words;		/* in lower case */
	struct list {
		struct synonym *first, *last;
	} *of;				/* [dict_size(words)] */
	size_t cap;
	struct digest digest;
};

struct synonyms *
synonyms_new(void)
{
	struct synonyms *s = mem_calloc(1, sizeof *s);

	s->arena = mem_arena();
	s->words = dict_new();
	digest_begin(&s->digest);
	return s;
}

void
synonyms_free(struct synonyms *s)
{
	mem_free(s->arena);
	dict_free(s->words);
	free(s->of);
	free(s);
}

/* True if t is not empty and has no blanks and no control characters. */
static bool
is_form(struct text t)
{
	return t.n > 0 && memchr(t.s, ' ', t.n) == NULL &&
	    memchr(t.s, '\t', t.n) == NULL && !utf8_has_control(t);
}

static void
add(struct synonyms *s, struct text word, struct text to, struct text tag)
{
	size_t n = dict_size(s->words);
	size_t i = (size_t)dict_add(s->words, utf8_lower(s->arena, word));
	struct synonym *new = MEM_NEW(s->arena, 1, struct synonym);

	if (i == n) {
		s->of = mem_grow(s->of, &s->cap, n + 1, sizeof *s->of);
		s->of[i] = (struct list){NULL, NULL};
	}
	digest_text(&s->digest, word);
	digest_text(&s->digest, to);
	digest_text(&s->digest, tag);
	new->to = text_copy(s->arena, to);
	new->tag = text_copy(s->arena, tag);
	if (s->of[i].last == NULL)
		s->of[i].first = new;
	else
		s->of[i].last->next = new;
	s->of[i].last = new;
}

bool
synonyms_pairs(struct synonyms *s, const char *pairs)
{
	struct text rest = text_of(pairs);

	while (rest.s != NULL) {
		struct text to = text_cut(&rest, ',');
		struct text word = text_cut(&to, '=');

		if (to.s == NULL || !is_form(word) || !is_form(to))
			return false;
		add(s, word, to, TEXT("_"));
	}
	return true;
}

bool
synonyms_read(struct synonyms *s, const char *path, int *status)
{
	struct arena *arena = mem_arena();
	struct place at = {path, 1};
	struct text rest;
	bool good = input_whole(arena, path, INPUT_LIMIT, &rest, status);

	for (; good && rest.s != NULL; at.line++) {
		struct text line = text_cut(&rest, '\n'), fields = line;
		struct text word = text_cut(&fields, '\t'), to, tag;

		if (line.n == 0 || line.s[0] == '#')
			continue;
		to = fields.s != NULL ? text_cut(&fields, '\t') : word;
		tag = fields.s != NULL ? text_cut(&fields, '\t') : TEXT("_");
		good = (to.s != word.s && fields.s == NULL && is_form(word) &&
		    is_form(to) && is_form(tag)) ||
		    bad(at, "\"%.*s\", expected a word, its synonym and an "
		    "optional tag, separated by tabs, without blanks",
		    TEXT_ARGS(line));
		if (good)
			add(s, word, to, tag);
		else
			*status = STATUS_DATA;
	}
	mem_free(arena);
	return good;
}

uint64_t
synonyms_digest(const struct synonyms *s)
{
	return digest_value(&s->digest);
}

const struct synonym *
synonyms_next(const struct synonyms *s, struct text form, struct text xpos,
    const struct synonym *last)
{
	const struct synonym *y;

	if (last == NULL) {
		struct arena *arena = mem_arena();
		int32_t i = dict_find(s->words, utf8_lower(arena, form));

		mem_free(arena);
		y = i == DICT_NONE ? NULL : s->of[i].first;
	} else {
		y = last->next;
	}
	while (y != NULL && !text_is(y->tag, "_") &&
	    (xpos.n < y->tag.n || memcmp(xpos.s, y->tag.s, y->tag.n) != 0))
		y = y->next;
	return y;
}

struct text
synonyms_case(struct arena *arena, struct text form, struct text to)
{
	size_t n = utf8_count(form);
	bool capital = !text_equal(utf8_lower(arena, form), form);

	if (capital && n > 1 && text_equal(utf8_upper(arena, form, n), form))
		return utf8_upper(arena, to, to.n);
	if (capital && !text_equal(utf8_upper(arena, form, 1), form))
		return to;	/* a capital that is not the first: iPhone */
	return capital ? utf8_upper(arena, to, 1) : to;
}
