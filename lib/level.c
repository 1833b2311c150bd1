/* SPDX-License-Identifier: ISC */
#include "level.h"

#include <string.h>

#include "err.h"
#include "mem.h"

static const char *const reserved[] = {"text", "bias", "logit", NULL};

static bool
is_reserved(struct text name)
{
	for (int i = 0; reserved[i] != NULL; i++)
		if (text_is(name, reserved[i]))
			return true;
	return false;
}

/* "phrase, clause", for messages */
static const char *
names_of(const struct block *b, const struct text *layer, size_t layers)
{
	const char *list = "";

	for (size_t i = 0; i < layers; i++)
		list = mem_printf(b->arena, "%s%s%.*s", list,
		    i == 0 ? "" : ", ", TEXT_ARGS(layer[i]));
	return list;
}

/* True if name is one of those before the i-th of the list. */
static bool
seen_before(const char *list, size_t i, struct text name)
{
	struct text rest = text_of(list);

	for (; i > 0; i--)
		if (text_equal(text_cut(&rest, ','), name))
			return true;
	return false;
}

void
level_check(const char *list)
{
	struct text rest = text_of(list);

	for (size_t i = 0; rest.s != NULL; i++) {
		struct text name = text_cut(&rest, ',');

		if (!conllu_is_layer_name(name) || is_reserved(name))
			die("option -l: \"%.*s\", expected word or the name "
			    "of a layer", TEXT_ARGS(name));
		if (seen_before(list, i, name))
			die("option -l: \"%.*s\" twice", TEXT_ARGS(name));
	}
}

static void
read_words(const struct block *b, struct level *level)
{
	level->name = TEXT("word");
	for (size_t t = 0; t < b->T; t++)
		level->span[t] = (struct span){t, t,
		    conllu_word(b, t)[CONLLU_XPOS]};
	level->n = b->T;
}

static bool
read_level(const struct block *b, struct text name, struct level *level)
{
	level->name = name;
	level->span = MEM_NEW(b->arena, b->T, struct span);
	if (text_is(name, "word")) {
		read_words(b, level);
		return true;
	}
	return conllu_spans(b, mem_copy(b->arena, name.s, name.n),
	    level->span, &level->n);
}

/* word and the block's layers */
static bool
read_all(const struct block *b, const struct text *layer, size_t layers,
    struct level **levels, size_t *n)
{
	*levels = MEM_NEW(b->arena, layers + 1, struct level);
	if (!read_level(b, TEXT("word"), &(*levels)[0]))
		return false;
	for (size_t i = 0; i < layers; i++) {
		if (is_reserved(layer[i]) || text_is(layer[i], "word"))
			return bad(b->at, "a layer named \"%.*s\", which is "
			    "reserved", TEXT_ARGS(layer[i]));
		if (!read_level(b, layer[i], &(*levels)[i + 1]))
			return false;
	}
	*n = layers + 1;
	return true;
}

bool
level_read(const struct block *b, const char *list, struct level **levels,
    size_t *n)
{
	struct text *layer, rest = text_of(list);
	size_t layers = conllu_layers(b, &layer), most = 1;

	if (list == NULL)
		return read_all(b, layer, layers, levels, n);
	for (const char *p = list; *p != '\0'; p++)
		most += *p == ',';
	*levels = MEM_NEW(b->arena, most, struct level);
	for (*n = 0; rest.s != NULL; ++*n) {
		struct text name = text_cut(&rest, ',');
		size_t i = 0;

		while (i < layers && !text_equal(layer[i], name))
			i++;
		if (b->T > 0 && i == layers && !text_is(name, "word"))
			return bad(b->at, "no layer \"%.*s\" in this block, "
			    "expected word or %s", TEXT_ARGS(name), layers == 0
			    ? "what a chunker adds" : names_of(b, layer,
			    layers));
		if (!read_level(b, name, &(*levels)[*n]))
			return false;
	}
	return true;
}

struct text
level_text(const struct block *b, const struct span *span)
{
	size_t n = 0;
	char *to;

	if (span->first == span->last)
		return conllu_word(b, span->first)[CONLLU_FORM];
	for (size_t t = span->first; t <= span->last; t++)
		n += conllu_word(b, t)[CONLLU_FORM].n + 1;
	to = mem_alloc(b->arena, n, 1);
	n = 0;
	for (size_t t = span->first; t <= span->last; t++) {
		struct text form = conllu_word(b, t)[CONLLU_FORM];

		if (t > span->first)
			to[n++] = ' ';
		memcpy(to + n, form.s, form.n);
		n += form.n;
	}
	return (struct text){to, n};
}
