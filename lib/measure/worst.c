/* SPDX-License-Identifier: ISC */
#include "measure/worst.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "stream/score.h"

/* A text, with memory of its own. */
struct kept {
	struct arena *arena;
	struct worst_text text;
	size_t order;		/* in which it was added */
};

struct worst {
	struct arena *arena;
	size_t most, n, order;
	struct kept *heap;	/* [n] the first is to be dropped first */
};

struct worst *
worst_new(size_t most)
{
	struct worst *w = mem_calloc(1, sizeof *w);

	w->arena = mem_arena();
	w->most = most;
	w->heap = MEM_NEW(w->arena, most, struct kept);
	return w;
}

void
worst_free(struct worst *w)
{
	for (size_t i = 0; i < w->n; i++)
		mem_free(w->heap[i].arena);
	mem_free(w->arena);
	free(w);
}

/* True if a is kept rather than b. */
static bool
rather(const struct kept *a, const struct kept *b)
{
	return a->text.p > b->text.p ||
	    (a->text.p >= b->text.p && a->order < b->order);
}

static void
exchange(struct kept *a, struct kept *b)
{
	struct kept k = *a;

	*a = *b;
	*b = k;
}

/* Move the first down, until it is dropped before those below it. */
static void
sink(struct worst *w)
{
	for (size_t i = 0, child; (child = 2 * i + 1) < w->n; i = child) {
		if (child + 1 < w->n &&
		    rather(&w->heap[child], &w->heap[child + 1]))
			child++;
		if (!rather(&w->heap[i], &w->heap[child]))
			return;
		exchange(&w->heap[i], &w->heap[child]);
	}
}

/* Move the last up, until it is dropped after the one above it. */
static void
rise(struct worst *w)
{
	for (size_t i = w->n - 1, above; i > 0; i = above) {
		above = (i - 1) / 2;
		if (!rather(&w->heap[above], &w->heap[i]))
			return;
		exchange(&w->heap[above], &w->heap[i]);
	}
}

static struct kept
copy(const struct score_row *row, size_t n, double p, size_t order)
{
	struct kept k = {.arena = mem_arena(), .text = {.n = n, .p = p},
	    .order = order};

	k.text.row = MEM_NEW(k.arena, n, struct score_row);
	for (size_t i = 0; i < n; i++)
		score_parse(text_copy(k.arena, row[i].line), row[i].at,
		    &k.text.row[i]);
	return k;
}

void
worst_add(struct worst *w, const struct score_row *row, size_t n, double p)
{
	struct kept k = {.text = {.p = p}, .order = w->order++};

	if (w->n < w->most) {
		w->heap[w->n++] = copy(row, n, p, k.order);
		rise(w);
	} else if (w->n > 0 && rather(&k, &w->heap[0])) {
		mem_free(w->heap[0].arena);
		w->heap[0] = copy(row, n, p, k.order);
		sink(w);
	}
}

static int
compare(const void *a, const void *b)
{
	return rather(a, b) ? -1 : rather(b, a);
}

const struct worst_text *
worst_list(struct worst *w, size_t *n)
{
	struct worst_text *text = MEM_NEW(w->arena, w->n, struct worst_text);

	qsort(w->heap, w->n, sizeof *w->heap, compare);
	for (size_t i = 0; i < w->n; i++)
		text[i] = w->heap[i].text;
	*n = w->n;
	return text;
}
