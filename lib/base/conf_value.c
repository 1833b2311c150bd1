/* SPDX-License-Identifier: ISC */
/* The half of conf.h that takes values out of the tree. */
#include "base/conf.h"

#include <stdio.h>

struct conf *
conf_get(const struct conf *map, const char *key)
{
	if (map == NULL || map->kind != CONF_MAP)
		return NULL;
	for (size_t i = 0; i < map->n; i++)
		if (text_is(map->key[i], key))
			return map->child[i];
	return NULL;
}

/* The scalar under key, or NULL with a message that says what was expected. */
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

static bool
unknown_key(const struct conf *map, size_t i, const char *const names[])
{
	char list[400];
	size_t n = 0;

	for (size_t k = 0; names[k] != NULL && n < sizeof list; k++)
		n += (size_t)snprintf(list + n, sizeof list - n, "%s%s",
		    k == 0 ? "" : ", ", names[k]);
	return bad(map->child[i]->at, "unknown key \"%.*s\", expected %s",
	    TEXT_ARGS(map->key[i]), list);
}

bool
conf_known(const struct conf *map, const char *const names[])
{
	for (size_t i = 0; i < map->n; i++) {
		size_t k = 0;

		while (names[k] != NULL && !text_is(map->key[i], names[k]))
			k++;
		if (names[k] == NULL)
			return unknown_key(map, i, names);
	}
	return true;
}
