/* SPDX-License-Identifier: ISC */
#include "draw/box.h"

#include <math.h>
#include <stdlib.h>

#include "base/dict.h"
#include "base/mem.h"
#include "math/quantile.h"

/* The values of one key. */
struct values {
	double *v;		/* [n] */
	size_t n, cap;
};

struct boxes {
	struct dict *keys;
	struct values *of;	/* [dict_size(keys)] */
	size_t cap;
	struct box *box;	/* what boxes_sorted made, or NULL */
};

struct box
box_of(double *value, size_t n)
{
	struct box b = {.value = value, .n = n};
	double reach;

	quantile_sort(value, n);
	b.q1 = quantile(value, n, 0.25);
	b.median = quantile(value, n, 0.5);
	b.q3 = quantile(value, n, 0.75);
	reach = 1.5 * (b.q3 - b.q1);
	while (value[b.below] < b.q1 - reach)
		b.below++;
	while (value[n - 1 - b.above] > b.q3 + reach)
		b.above++;
	/* with few values the outermost one within reach may be in the box */
	b.low = fmin(value[b.below], b.q1);
	b.high = fmax(value[n - 1 - b.above], b.q3);
	return b;
}

struct boxes *
boxes_new(void)
{
	struct boxes *b = NULL;
	size_t cap = 0;

	b = mem_grow(b, &cap, 1, sizeof *b);
	*b = (struct boxes){.keys = dict_new()};
	return b;
}

void
boxes_free(struct boxes *b)
{
	for (size_t i = 0; i < dict_size(b->keys); i++)
		free(b->of[i].v);
	free(b->of);
	free(b->box);
	dict_free(b->keys);
	free(b);
}

void
boxes_add(struct boxes *b, struct text key, double value)
{
	size_t before = dict_size(b->keys);
	size_t i = (size_t)dict_add(b->keys, key);
	struct values *of;

	b->of = mem_grow(b->of, &b->cap, i + 1, sizeof *b->of);
	of = &b->of[i];
	if (i == before)
		*of = (struct values){NULL, 0, 0};
	of->v = mem_grow(of->v, &of->cap, of->n + 1, sizeof *of->v);
	of->v[of->n++] = value;
}

static int
by_median(const void *a, const void *b)
{
	const struct box *x = a, *y = b;

	if (x->median != y->median)
		return x->median > y->median ? -1 : 1;
	return text_compare(x->key, y->key);
}

const struct box *
boxes_sorted(struct boxes *b, size_t least, size_t *n)
{
	size_t keys = dict_size(b->keys), cap = 0;

	free(b->box);
	b->box = mem_grow(NULL, &cap, keys + 1, sizeof *b->box);
	*n = 0;
	for (size_t i = 0; i < keys; i++) {
		if (b->of[i].n < least)
			continue;
		b->box[*n] = box_of(b->of[i].v, b->of[i].n);
		b->box[*n].key = dict_text(b->keys, (int32_t)i);
		++*n;
	}
	qsort(b->box, *n, sizeof *b->box, by_median);
	return b->box;
}
