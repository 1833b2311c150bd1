/* SPDX-License-Identifier: ISC */
#include "base/dict.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/mem.h"

/* Most other keys differ in the hash: their text need not be compared. */
struct slot {
	uint32_t hash;
	int32_t number;			/* + 1; 0: free */
};

struct dict {
	struct arena *arena;		/* the strings */
	struct text *text;		/* [size], by number */
	size_t size, text_cap;
	struct slot *slot;		/* [slots] */
	size_t slots;			/* a power of two, over 2 size */
};

struct dict *
dict_new(void)
{
	struct dict *d = mem_calloc(1, sizeof *d);

	d->arena = mem_arena();
	d->slots = 64;
	d->slot = mem_calloc(d->slots, sizeof *d->slot);
	return d;
}

void
dict_free(struct dict *d)
{
	mem_free(d->arena);
	free(d->text);
	free(d->slot);
	free(d);
}

static uint32_t
hash_of(struct text key)
{
	return (uint32_t)hash_text(key);
}

/* The slot that holds key, or the free one where it belongs. */
static struct slot *
slot_of(const struct dict *d, struct text key, uint32_t hash)
{
	size_t i = hash & (d->slots - 1);

	for (; d->slot[i].number != 0; i = (i + 1) & (d->slots - 1))
		if (d->slot[i].hash == hash &&
		    text_equal(d->text[d->slot[i].number - 1], key))
			break;
	return &d->slot[i];
}

static void
widen(struct dict *d)
{
	struct slot *old = d->slot;
	size_t slots = d->slots;

	d->slots *= 2;
	d->slot = mem_calloc(d->slots, sizeof *d->slot);
	for (size_t i = 0; i < slots; i++)
		if (old[i].number != 0)
			*slot_of(d, d->text[old[i].number - 1], old[i].hash) =
			    old[i];
	free(old);
}

int32_t
dict_find(const struct dict *d, struct text key)
{
	return slot_of(d, key, hash_of(key))->number - 1;
}

/* A large vocabulary is in no near cache, so its parts are prefetched. */
void
dict_find_each(const struct dict *d, size_t n, const struct text key[],
    int32_t number[])
{
	enum { AHEAD = 16 };
	uint32_t hash[AHEAD];
	const struct slot *slot[AHEAD];

	for (size_t begin = 0; begin < n; begin += AHEAD) {
		size_t k = n - begin < AHEAD ? n - begin : AHEAD;

		for (size_t i = 0; i < k; i++) {
			hash[i] = hash_of(key[begin + i]);
			slot[i] = &d->slot[hash[i] & (d->slots - 1)];
			__builtin_prefetch(slot[i]);
		}
		for (size_t i = 0; i < k; i++)
			if (slot[i]->number != 0)
				__builtin_prefetch(
				    &d->text[slot[i]->number - 1]);
		for (size_t i = 0; i < k; i++)
			if (slot[i]->number != 0)
				__builtin_prefetch(
				    d->text[slot[i]->number - 1].s);
		for (size_t i = 0; i < k; i++)
			number[begin + i] = slot_of(d, key[begin + i],
			    hash[i])->number - 1;
	}
}

int32_t
dict_add(struct dict *d, struct text key)
{
	uint32_t hash = hash_of(key);
	struct slot *slot = slot_of(d, key, hash);

	if (slot->number != 0)
		return slot->number - 1;
	if (d->size == INT32_MAX - 1)
		die("more than %d strings in a dictionary", INT32_MAX - 1);
	d->text = mem_grow(d->text, &d->text_cap, d->size + 1,
	    sizeof *d->text);
	d->text[d->size] = text_copy(d->arena, key);
	*slot = (struct slot){hash, (int32_t)++d->size};
	if (2 * d->size > d->slots)
		widen(d);
	return (int32_t)d->size - 1;
}

struct text
dict_text(const struct dict *d, int32_t number)
{
	return d->text[number];
}

size_t
dict_size(const struct dict *d)
{
	return d->size;
}
