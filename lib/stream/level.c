/* SPDX-License-Identifier: ISC */
#include "stream/level.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "stream/layer.h"
#include "stream/score.h"
#include "stream/spans.h"

static void
check_name(struct text name)
{
	if (!conllu_is_layer_name(name) || score_level(name) < SCORE_SUMS)
		die("option -l: \"%.*s\", expected word, span or the name of "
		    "a layer", TEXT_ARGS(name));
}

static void
check_new(const struct text *names, size_t n, struct text name)
{
	for (size_t i = 0; i < n; i++)
		if (text_equal(names[i], name))
			die("option -l: \"%.*s\" occurs twice",
			    TEXT_ARGS(name));
}

/* Room for the items of a list. */
static struct text *
make_names(struct arena *arena, struct text list)
{
	size_t most = 1;

	for (size_t i = 0; i < list.n; i++)
		most += list.s[i] == ',';
	return MEM_NEW(arena, most, struct text);
}

struct text *
level_list(struct arena *arena, const char *list, size_t *n)
{
	struct text rest = text_of(list), *names = make_names(arena, rest);

	for (*n = 0; rest.s != NULL; ++*n) {
		struct text name = text_cut(&rest, ',');

		check_name(name);
		check_new(names, *n, name);
		names[*n] = name;
	}
	return names;
}

/* Parse "3-7", word IDs from 1. */
static bool
read_range(struct text item, size_t *first, size_t *last)
{
	struct text end = item, start = text_cut(&end, '-');

	return end.s != NULL && text_to_size(start, first) &&
	    text_to_size(end, last) && *first > 0 && *first <= *last;
}

/* Take an item that is no name of a level: a span or a file of spans. */
static void
choose_span(struct level_choice *c, struct text item)
{
	size_t first, last;

	if (c->spans == NULL) {
		c->spans = spans_new();
		c->name[c->n++] = text_of(score_levels[SCORE_SPAN]);
	}
	if (memchr(item.s, '/', item.n) != NULL)
		spans_add_file(c->spans, item);
	else if (!read_range(item, &first, &last))
		die("option -l: \"%.*s\", expected word, the name of a layer, "
		    "a span such as 3-7, or a file of spans, with a / in its "
		    "path", TEXT_ARGS(item));
	else if (!spans_add(c->spans, first, last))
		die("option -l: \"%.*s\" occurs twice", TEXT_ARGS(item));
}

struct level_choice
level_choose(struct arena *arena, const char *list)
{
	struct text rest = text_of(list);
	struct level_choice c = {.name = make_names(arena, rest)};

	while (rest.s != NULL) {
		struct text item = text_cut(&rest, ',');
		enum score_level kind = score_level(item);

		if (kind != SCORE_WORD && (kind != SCORE_LAYER ||
		    !conllu_is_layer_name(item))) {
			choose_span(&c, item);
			continue;
		}
		check_new(c.name, c.n, item);
		c.name[c.n++] = item;
	}
	return c;
}

const char *
level_one(const struct options *o, const char *name)
{
	if (strchr(name, ',') != NULL)
		option_usage(o, "option -l: \"%s\", expected one level", name);
	check_name(text_of(name));
	return name;
}

static void
read_words(const struct block *b, struct level *level)
{
	for (size_t t = 0; t < b->T; t++)
		level->span[t] = (struct span){t, t,
		    conllu_word(b, t)[CONLLU_XPOS]};
	level->n = b->T;
}

static bool
read_level(const struct block *b, struct text name, struct spans *spans,
    struct level *level)
{
	level->name = name;
	if (score_level(name) == SCORE_SPAN)
		return spans_of(spans, b, &level->span, &level->n);
	level->span = MEM_NEW(b->arena, b->T, struct span);
	if (score_level(name) == SCORE_WORD) {
		read_words(b, level);
		return true;
	}
	return conllu_spans(b, mem_copy(b->arena, name.s, name.n),
	    level->span, &level->n);
}

/* Read the level "word" and all layers of the block. */
static bool
read_all(const struct block *b, const struct text *layer, size_t layers,
    struct level **levels, size_t *n)
{
	*levels = MEM_NEW(b->arena, layers + 1, struct level);
	if (!read_level(b, text_of(score_levels[SCORE_WORD]), NULL,
	    &(*levels)[0]))
		return false;
	for (size_t i = 0; i < layers; i++) {
		if (score_level(layer[i]) != SCORE_LAYER)
			return bad(b->at, "layer \"%.*s\": this name is "
			    "reserved", TEXT_ARGS(layer[i]));
		if (!read_level(b, layer[i], NULL, &(*levels)[i + 1]))
			return false;
	}
	*n = layers + 1;
	return true;
}

bool
level_read(const struct block *b, const struct level_choice *choice,
    struct level **levels, size_t *n)
{
	struct text *layer;
	size_t layers = conllu_layers(b, &layer);

	if (layers > CONLLU_LAYERS)
		return bad(b->at, "too many layers in one block, the limit is "
		    "%d", CONLLU_LAYERS);
	if (choice->n == 0)
		return read_all(b, layer, layers, levels, n);
	*levels = MEM_NEW(b->arena, choice->n, struct level);
	*n = choice->n;
	for (size_t k = 0; k < choice->n; k++) {
		struct text name = choice->name[k];
		size_t i = 0;

		while (i < layers && !text_equal(layer[i], name))
			i++;
		if (b->T > 0 && i == layers && score_level(name) == SCORE_LAYER)
			return bad(b->at, "no layer \"%.*s\" in this block, "
			    "expected word or %s", TEXT_ARGS(name), layers == 0
			    ? "a layer of reat-chunk" : text_list(b->arena,
			    layer, layers, ", "));
		if (!read_level(b, name, choice->spans, &(*levels)[k]))
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
