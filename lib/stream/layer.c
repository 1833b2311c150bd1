/* SPDX-License-Identifier: ISC */
#include "stream/layer.h"

#include <string.h>

#include "base/mem.h"
#include "stream/block.h"
#include "stream/misc.h"

bool
conllu_is_layer_name(struct text a)
{
	if (a.n == 0 || a.s[0] < 'a' || a.s[0] > 'z')
		return false;
	for (size_t i = 1; i < a.n; i++)
		if (!((a.s[i] >= 'a' && a.s[i] <= 'z') ||
		    (a.s[i] >= '0' && a.s[i] <= '9') || a.s[i] == '_'))
			return false;
	return true;
}

bool
conllu_is_tag(struct text a)
{
	for (size_t i = 0; i < a.n; i++) {
		char c = a.s[i];

		if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		    (c >= '0' && c <= '9') || c == '_' || c == '.' ||
		    c == ':' || c == '-'))
			return false;
	}
	return a.n > 0;
}

/* The letter of O, B-TAG or I-TAG; 0 if the value is malformed. */
static char
bio(struct text value, struct text *tag)
{
	if (text_is(value, "O"))
		return 'O';
	if (value.n < 3 || value.s[1] != '-' ||
	    (value.s[0] != 'B' && value.s[0] != 'I'))
		return 0;
	*tag = (struct text){value.s + 2, value.n - 2};
	return conllu_is_tag(*tag) ? value.s[0] : 0;
}

/* True for O and all that begins as a chunk, even if it is malformed: "B-". */
static bool
is_bio_like(struct text value)
{
	return text_is(value, "O") || text_starts(value, "B-") ||
	    text_starts(value, "I-");
}

size_t
conllu_layers(const struct block *b, struct text **names)
{
	size_t n = 0;

	*names = MEM_NEW(b->arena, CONLLU_LAYERS + 1, struct text);
	for (size_t t = 0; t < b->T; t++) {
		struct text rest = conllu_word(b, t)[CONLLU_MISC];

		while (rest.s != NULL) {
			struct text value = text_cut(&rest, '|');
			struct text key = text_cut(&value, '=');
			size_t i = 0;

			if (!conllu_is_layer_name(key) || !is_bio_like(value))
				continue;
			while (i < n && !text_equal((*names)[i], key))
				i++;
			if (i == n && n <= CONLLU_LAYERS)
				(*names)[n++] = key;
		}
	}
	return n;
}

bool
conllu_spans(const struct block *b, const char *layer, struct span *spans,
    size_t *n)
{
	const char *const key[] = {layer, NULL};
	bool inside = false;

	*n = 0;
	for (size_t t = 0; t < b->T; t++) {
		struct text value, tag;
		char letter;

		if (!conllu_misc_values(b, t, key, &value))
			return false;
		letter = value.s == NULL ? 'O' : bio(value, &tag);
		if (letter == 0)
			return bad(conllu_place(b, t), "%s=%.*s, expected O, "
			    "B-TAG or I-TAG", layer, TEXT_ARGS(value));
		if (letter == 'I') {
			if (!inside || !text_equal(spans[*n - 1].tag, tag))
				return bad(conllu_place(b, t), "%s=%.*s does "
				    "not continue a chunk, expected B-%.*s",
				    layer, TEXT_ARGS(value), TEXT_ARGS(tag));
			spans[*n - 1].last = t;
			continue;
		}
		inside = letter == 'B';
		spans[(*n)++] = (struct span){t, t,
		    inside ? tag : TEXT("_")};
	}
	return true;
}

/* "B-TAG" or "I-TAG" */
static struct text
bio_value(struct arena *arena, char letter, struct text tag)
{
	char *to = mem_alloc(arena, tag.n + 2, 1);

	to[0] = letter;
	to[1] = '-';
	memcpy(to + 2, tag.s, tag.n);
	return (struct text){to, tag.n + 2};
}

void
conllu_set_layer(struct block *b, const char *layer,
    const struct span *spans, size_t n)
{
	size_t t = 0;

	conllu_drop_misc(b, layer);
	for (size_t i = 0; i < n; i++) {
		struct text begin = bio_value(b->arena, 'B', spans[i].tag);
		struct text inside = bio_value(b->arena, 'I', spans[i].tag);

		for (; t < spans[i].first; t++)
			conllu_add_misc(b, t, layer, TEXT("O"));
		for (; t <= spans[i].last; t++)
			conllu_add_misc(b, t, layer,
			    t == spans[i].first ? begin : inside);
	}
	for (; t < b->T; t++)
		conllu_add_misc(b, t, layer, TEXT("O"));
}

/* True for a pair PREFIX7=value of MISC. */
static bool
is_numbered(struct text pair, const char *prefix)
{
	struct text key = text_cut(&pair, '=');
	size_t n = strlen(prefix), number;

	if (pair.s == NULL || !text_starts(key, prefix))
		return false;
	return text_to_size((struct text){key.s + n, key.n - n}, &number);
}

static void
add(char **to, struct text a)
{
	if (a.n > 0)
		memcpy(*to, a.s, a.n);
	*to += a.n;
}

/* The text of all numbers from 1 to n, one after the other in the arena. */
static struct text *
number_texts(struct arena *arena, size_t n)
{
	struct text *number = MEM_NEW(arena, n, struct text);

	for (size_t k = 0; k < n; k++)
		number[k] = text_of(mem_printf(arena, "%zu", k + 1));
	return number;
}

void
conllu_set_numbered_layers(struct block *b, const char *prefix,
    const struct span *spans, const size_t *from, size_t n)
{
	struct text *number = number_texts(b->arena, n), name = text_of(prefix);
	size_t *i = MEM_NEW(b->arena, n, size_t);	/* the next spans */

	for (size_t k = 0; k < n; k++)
		i[k] = from[k];
	for (size_t t = 0; t < b->T; t++) {
		struct text *misc = &conllu_word(b, t)[CONLLU_MISC];
		struct text rest = *misc;
		size_t most = misc->n + 1;
		char *start, *to;

		for (size_t k = 0; k < n; k++) {
			if (i[k] < from[k + 1] && spans[i[k]].last < t)
				i[k]++;
			most += name.n + number[k].n + 4 +
			    (i[k] < from[k + 1] ? spans[i[k]].tag.n : 0);
		}
		start = to = mem_alloc(b->arena, most, 1);
		while (rest.s != NULL) {
			struct text pair = text_cut(&rest, '|');

			if (is_numbered(pair, prefix) || text_is(pair, "_"))
				continue;
			if (to > start)
				*to++ = '|';
			add(&to, pair);
		}
		for (size_t k = 0; k < n; k++) {
			const struct span *s = &spans[i[k]];

			if (to > start)
				*to++ = '|';
			add(&to, name);
			add(&to, number[k]);
			if (i[k] == from[k + 1] || t < s->first) {
				add(&to, TEXT("=O"));
				continue;
			}
			add(&to, t == s->first ? TEXT("=B-") : TEXT("=I-"));
			add(&to, s->tag);
		}
		*misc = to == start ? TEXT("_") :
		    (struct text){start, (size_t)(to - start)};
	}
}

void
conllu_begin_chunks(struct block *b, const char *layer, const bool *keep)
{
	bool begun = false;	/* a word of this chunk is kept */

	for (size_t t = 0; t < b->T; t++) {
		struct text *misc = &conllu_word(b, t)[CONLLU_MISC];
		struct text tag = conllu_misc_value(*misc, layer);
		bool inside = text_starts(tag, "I-");

		if (!inside)
			begun = false;
		if (keep != NULL && !keep[t])
			continue;
		if (inside && !begun) {
			tag.s += 2;
			tag.n -= 2;
			*misc = conllu_misc_change(b->arena, *misc, layer,
			    bio_value(b->arena, 'B', tag));
		}
		begun = true;
	}
}

bool
conllu_sentences(const struct block *b, size_t **first, size_t *n)
{
	struct span *spans = MEM_NEW(b->arena, b->T, struct span);
	size_t count;
	bool chunk = true;

	*n = 0;
	*first = MEM_NEW(b->arena, b->T + 1, size_t);
	if (!conllu_spans(b, "sentence", spans, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		bool before = chunk;

		chunk = !text_is(spans[i].tag, "_");
		if (chunk || before)
			(*first)[(*n)++] = spans[i].first;
	}
	(*first)[*n] = b->T;
	return true;
}
