/* SPDX-License-Identifier: ISC */
/* The MISC column of conllu.h. */
#include "conllu.h"

#include <string.h>

#include "mem.h"

/* The next key=value of MISC; a piece without = has its whole as the key. */
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

struct text
conllu_misc(const struct block *b, size_t t, const char *name)
{
	struct text rest = conllu_word(b, t)[CONLLU_MISC], piece, key, value;

	while (misc_next(&rest, &piece, &key, &value))
		if (text_is(key, name))
			return value;
	return (struct text){NULL, 0};
}

void
conllu_add_misc(struct block *b, size_t t, const char *key,
    struct text value)
{
	struct text *misc = &conllu_word(b, t)[CONLLU_MISC];
	size_t k = strlen(key), n = text_is(*misc, "_") ? 0 : misc->n;
	char *to = mem_alloc(b->arena, n + k + value.n + 3, 1), *p = to;

	if (n > 0) {
		memcpy(p, misc->s, n);
		p += n;
		*p++ = '|';
	}
	memcpy(p, key, k);
	p += k;
	*p++ = '=';
	if (value.n > 0)
		memcpy(p, value.s, value.n);
	*misc = (struct text){to, (size_t)(p - to) + value.n};
}

void
conllu_drop_misc(struct block *b, const char *name)
{
	for (size_t t = 0; t < b->T; t++) {
		struct text *misc = &conllu_word(b, t)[CONLLU_MISC];
		struct text rest = *misc, piece, key, value;
		char *to;
		size_t n = 0;

		if (conllu_misc(b, t, name).s == NULL)
			continue;
		to = mem_alloc(b->arena, misc->n + 1, 1);
		while (misc_next(&rest, &piece, &key, &value)) {
			if (value.s != NULL && text_is(key, name))
				continue;
			if (n > 0)
				to[n++] = '|';
			memcpy(to + n, piece.s, piece.n);
			n += piece.n;
		}
		*misc = n == 0 ? TEXT("_") : (struct text){to, n};
	}
}
