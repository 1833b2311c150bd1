/* SPDX-License-Identifier: ISC */
#include "stream/offsets.h"

#include "base/mem.h"
#include "stream/misc.h"

/* A key and what it has: the first offset, the end, or both as "7:12". */
static const struct key {
	const char *name;
	bool first, end;
} keys[] = {
	{"TokenRange", true, true},
	{"start_char", true, false},
	{"end_char", false, true},
};

enum { KEYS = sizeof keys / sizeof *keys };

bool
offsets_given(struct text misc)
{
	for (int k = 0; k < KEYS; k++)
		if (conllu_misc_value(misc, keys[k].name).s != NULL)
			return true;
	return false;
}

/* The first form that is there counts. */
bool
offsets_read(struct text misc, size_t *first, size_t *end)
{
	bool has_first = false, has_end = false;

	for (int k = 0; k < KEYS && !(has_first && has_end); k++) {
		struct text rest = conllu_misc_value(misc, keys[k].name), head;

		if (rest.s == NULL)
			continue;
		head = keys[k].first ? text_cut(&rest, ':') : rest;
		if (keys[k].first && !(has_first = text_to_size(head, first)))
			return false;
		if (keys[k].first && (rest.s != NULL) != keys[k].end)
			return false;
		if (keys[k].end && !(has_end = text_to_size(rest, end)))
			return false;
	}
	return has_first && has_end && *first <= *end;
}

static struct text
value_of(struct arena *arena, const struct key *k, size_t first, size_t end)
{
	char *to = mem_alloc(arena, 2 * TEXT_DIGITS + 1, 1);
	size_t n = 0;

	if (k->first)
		n += text_digits(to, first);
	if (k->first && k->end)
		to[n++] = ':';
	if (k->end)
		n += text_digits(to + n, end);
	return (struct text){to, n};
}

struct text
offsets_change(struct arena *arena, struct text misc, size_t first, size_t end)
{
	for (int k = 0; k < KEYS; k++)
		if (conllu_misc_value(misc, keys[k].name).s != NULL)
			misc = conllu_misc_change(arena, misc, keys[k].name,
			    value_of(arena, &keys[k], first, end));
	return misc;
}

struct text
offsets_remove(struct arena *arena, struct text misc)
{
	for (int k = 0; k < KEYS; k++)
		if (conllu_misc_value(misc, keys[k].name).s != NULL)
			misc = conllu_misc_change(arena, misc, keys[k].name,
			    (struct text){NULL, 0});
	return misc;
}

struct text
offsets_add(struct arena *arena, struct text misc, struct text like)
{
	for (int k = 0; k < KEYS; k++)
		if (conllu_misc_value(like, keys[k].name).s != NULL &&
		    conllu_misc_value(misc, keys[k].name).s == NULL)
			misc = conllu_misc_append(arena, misc, keys[k].name,
			    value_of(arena, &keys[k], 0, 0));
	return misc;
}
