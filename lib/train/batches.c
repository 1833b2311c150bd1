/* SPDX-License-Identifier: ISC */
#include "train/batches.h"

#include <stdlib.h>

#include "base/mem.h"
#include "math/random.h"

struct batches
batches_new(struct arena *arena, size_t texts, size_t size)
{
	size_t n = (texts + size - 1) / size;

	return (struct batches){texts, size, n, MEM_NEW(arena, texts,
	    uint32_t), MEM_NEW(arena, n, uint32_t)};
}

struct placed {
	size_t T;
	uint32_t place, text;
};

/* Longest first; texts of equal length keep their order. */
static int
by_length(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->T != y->T)
		return x->T < y->T ? 1 : -1;
	return x->place < y->place ? -1 : 1;
}

static void
sort(uint32_t *order, size_t n, const struct rnn_text text[])
{
	struct arena *arena = mem_arena();
	struct placed *p = MEM_NEW(arena, n, struct placed);

	for (size_t i = 0; i < n; i++)
		p[i] = (struct placed){text[order[i]].T, (uint32_t)i,
		    order[i]};
	qsort(p, n, sizeof *p, by_length);
	for (size_t i = 0; i < n; i++)
		order[i] = p[i].text;
	mem_free(arena);
}

void
batches_shuffle(struct batches *b, struct random *random, size_t bucket,
    const struct rnn_text text[])
{
	for (size_t i = 0; i < b->texts; i++)
		b->order[i] = (uint32_t)i;
	for (size_t k = 0; k < b->n; k++)
		b->batch[k] = (uint32_t)k;
	random_shuffle(random, b->order, (uint32_t)b->texts);
	if (bucket <= 1)
		return;
	for (size_t k = 0; k < b->n; k += bucket) {
		size_t first = k * b->size, n = b->texts - first;

		if (bucket < b->n - k)
			n = bucket * b->size;
		sort(b->order + first, n, text);
	}
	random_shuffle(random, b->batch, (uint32_t)b->n);
}

const uint32_t *
batches_get(const struct batches *b, size_t k, size_t *n)
{
	size_t first = b->batch[k] * b->size;

	*n = b->texts - first < b->size ? b->texts - first : b->size;
	return b->order + first;
}
