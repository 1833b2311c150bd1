/* SPDX-License-Identifier: ISC */
#include "stream/misc.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "stream/block.h"

/* Cut the next piece, key=value, off *rest.  Without = it is all key. */
static bool
misc_next(struct text *rest, struct text *piece, struct text *key,
    struct text *value)
{
	if (rest->s == NULL)
		return false;
	*piece = text_cut(rest, '|');
	*value = *piece;
	*key = text_cut(value, '=');
	return true;
}

/* Values are long in traces and contain no =, so = is looked for first. */
struct text
conllu_misc_value(struct text misc, const char *name)
{
	const char *from = misc.s, *end = misc.s + misc.n, *equals;
	size_t n = strlen(name);

	while (from < end && (equals = memchr(from, '=',
	    (size_t)(end - from))) != NULL) {
		const char *key = equals - n, *bar;

		from = equals + 1;
		if ((size_t)(equals - misc.s) < n || *key != *name ||
		    (key > misc.s && key[-1] != '|') ||
		    memcmp(key, name, n) != 0)
			continue;
		bar = memchr(from, '|', (size_t)(end - from));
		return (struct text){from, (size_t)((bar != NULL ? bar : end) -
		    from)};
	}
	return (struct text){NULL, 0};
}

bool
conllu_misc_values(const struct block *b, size_t t, const char *const name[],
    struct text value[])
{
	struct text rest = conllu_word(b, t)[CONLLU_MISC], piece, key, found;
	size_t i;

	for (i = 0; name[i] != NULL; i++)
		value[i] = (struct text){NULL, 0};
	while (misc_next(&rest, &piece, &key, &found)) {
		if (found.s == NULL || name[i = text_find(key, name)] == NULL)
			continue;
		if (value[i].s != NULL)
			return bad(conllu_place(b, t), "%s occurs twice in "
			    "column MISC", name[i]);
		value[i] = found;
	}
	return true;
}

struct text
conllu_misc_change(struct arena *arena, struct text misc, const char *name,
    struct text to)
{
	struct text rest = misc, piece, key, value;
	char *made = mem_alloc(arena, misc.n + to.n + 1, 1);
	size_t n = 0;
	bool done = to.s == NULL;

	while (misc_next(&rest, &piece, &key, &value)) {
		bool named = value.s != NULL && text_is(key, name);

		if (named && done)
			continue;
		if (n > 0)
			made[n++] = '|';
		if (named)
			piece.n = key.n + 1;
		memcpy(made + n, piece.s, piece.n);
		n += piece.n;
		if (named && to.n > 0)
			memcpy(made + n, to.s, to.n);
		n += named ? to.n : 0;
		done = done || named;
	}
	return n == 0 ? TEXT("_") : (struct text){made, n};
}

struct text
conllu_misc_append(struct arena *arena, struct text misc, const char *key,
    struct text value)
{
	size_t k = strlen(key), n = text_is(misc, "_") ? 0 : misc.n;
	char *to = mem_alloc(arena, n + k + value.n + 3, 1), *p = to;

	if (n > 0) {
		memcpy(p, misc.s, n);
		p += n;
		*p++ = '|';
	}
	memcpy(p, key, k);
	p += k;
	*p++ = '=';
	if (value.n > 0)
		memcpy(p, value.s, value.n);
	return (struct text){to, (size_t)(p - to) + value.n};
}

void
conllu_add_misc(struct block *b, size_t t, const char *key,
    struct text value)
{
	struct text *misc = &conllu_word(b, t)[CONLLU_MISC];

	*misc = conllu_misc_append(b->arena, *misc, key, value);
}

void
conllu_drop_misc(struct block *b, const char *name)
{
	for (size_t t = 0; t < b->T; t++) {
		struct text *misc = &conllu_word(b, t)[CONLLU_MISC];

		if (conllu_misc_value(*misc, name).s != NULL)
			*misc = conllu_misc_change(b->arena, *misc, name,
			    (struct text){NULL, 0});
	}
}
