/* SPDX-License-Identifier: ISC */
#include "base/conf_value.h"

#include <string.h>

#include "base/conf.h"
#include "base/mem.h"
#include "base/output.h"

const struct conf *
conf_get(const struct conf *map, const char *key)
{
	if (map == NULL || map->kind != CONF_MAP)
		return NULL;
	for (size_t i = 0; i < map->n; i++)
		if (text_is(map->key[i], key))
			return map->child[i];
	return NULL;
}

/* The scalar under key, or NULL with a message that contains `expected`. */
static const struct conf *
scalar_at(const struct conf *map, const char *key, const char *expected)
{
	const struct conf *c = conf_get(map, key);

	if (c == NULL) {
		bad(map->at, "no key \"%s\", expected %s", key, expected);
		return NULL;
	}
	if (c->kind != CONF_SCALAR) {
		bad(c->at, "%s: a list or a map, expected %s", key, expected);
		return NULL;
	}
	return c;
}

bool
conf_text(const struct conf *map, const char *key, struct text *value)
{
	const struct conf *c = scalar_at(map, key, "a word");

	if (c == NULL)
		return false;
	*value = c->scalar;
	return true;
}

bool
conf_size(const struct conf *map, const char *key, size_t min, size_t max,
    size_t *value)
{
	const struct conf *c = scalar_at(map, key, "a number");
	size_t v;

	if (c == NULL)
		return false;
	if (!text_to_size(c->scalar, &v) || v < min || v > max)
		return bad(c->at, "%s: \"%.*s\", expected a whole number "
		    "from %zu to %zu", key, TEXT_ARGS(c->scalar), min, max);
	*value = v;
	return true;
}

bool
conf_real(const struct conf *map, const char *key, double min, double max,
    double *value)
{
	const struct conf *c = scalar_at(map, key, "a number");
	double v;

	if (c == NULL)
		return false;
	if (!text_to_double(c->scalar, &v) || v < min || v > max)
		return bad(c->at, "%s: \"%.*s\", expected a number from %g "
		    "to %g", key, TEXT_ARGS(c->scalar), min, max);
	*value = v;
	return true;
}

bool
conf_bool(const struct conf *map, const char *key, bool *value)
{
	const struct conf *c = scalar_at(map, key, "true or false");

	if (c == NULL)
		return false;
	if (!text_is(c->scalar, "true") && !text_is(c->scalar, "false"))
		return bad(c->at, "%s: \"%.*s\", expected true or false", key,
		    TEXT_ARGS(c->scalar));
	*value = text_is(c->scalar, "true");
	return true;
}

bool
conf_choose(struct place at, const char *key, struct text value,
    const char *const names[], size_t *choice)
{
	size_t i = text_find(value, names);
	struct arena *arena;

	if (names[i] != NULL) {
		*choice = i;
		return true;
	}
	arena = mem_arena();
	bad(at, "%s: \"%.*s\", expected %s", key, TEXT_ARGS(value),
	    text_names(arena, names, " or "));
	mem_free(arena);
	return false;
}

bool
conf_choice(const struct conf *map, const char *key, const char *const names[],
    size_t *choice)
{
	struct arena *arena = mem_arena();
	const struct conf *c = scalar_at(map, key, text_names(arena, names,
	    " or "));

	mem_free(arena);
	return c != NULL && conf_choose(c->at, key, c->scalar, names, choice);
}

static bool
unknown_key(const struct conf *map, size_t i, const char *const names[])
{
	struct arena *arena = mem_arena();

	bad(map->child[i]->at, "unknown key \"%.*s\", expected %s",
	    TEXT_ARGS(map->key[i]), text_names(arena, names, ", "));
	mem_free(arena);
	return false;
}

bool
conf_known(const struct conf *map, const char *const names[])
{
	for (size_t i = 0; i < map->n; i++)
		if (names[text_find(map->key[i], names)] == NULL)
			return unknown_key(map, i, names);
	return true;
}

/* Write word between quotes, with escape before each byte of special. */
static void
write_escaped(struct output *o, struct text word, char quote, char escape,
    const char *special)
{
	output_char(o, quote);
	for (size_t i = 0; i < word.n; i++) {
		if (strchr(special, word.s[i]) != NULL)
			output_char(o, escape);
		output_char(o, word.s[i]);
	}
	output_char(o, quote);
}

void
conf_write_quoted(struct output *o, struct text word)
{
	write_escaped(o, word, '"', '\\', "\"\\");
}

void
conf_write_word(struct output *o, struct text word)
{
	for (size_t i = 1; i < word.n; i++)
		if (word.s[i - 1] == '\'' && word.s[i] == '\'') {
			conf_write_quoted(o, word);
			return;
		}
	write_escaped(o, word, '\'', '\'', "'");
}

void
conf_write_words(struct output *o, const struct text *word, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		output_string(o, i == 0 ? "[" : ", ");
		conf_write_word(o, word[i]);
	}
	output_char(o, ']');
}
