/* SPDX-License-Identifier: ISC */
#include "annotate/perceptron.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/mem.h"

/* total: the sum of the weight's values after examples 1 to since. */
struct weight {
	int64_t total;
	uint32_t since;
	int32_t now;
};

/* A feature and its weights that were changed at least once. */
struct row {
	uint64_t key;
	struct weight *weight;	/* [n] */
	uint16_t *class;	/* [n] */
	uint16_t n, cap;
};

struct perceptron {
	size_t classes;
	uint32_t examples;	/* N, so far */
	struct row *row;	/* [rows] */
	size_t rows, row_cap;
	uint32_t *slot;		/* [slots] row + 1, or 0: free */
	size_t slots;		/* a power of two, over 2 rows */
};

struct perceptron *
perceptron_new(size_t classes)
{
	struct perceptron *p = mem_calloc(1, sizeof *p);

	p->classes = classes;
	p->slots = 1 << 10;
	p->slot = mem_calloc(p->slots, sizeof *p->slot);
	return p;
}

void
perceptron_free(struct perceptron *p)
{
	for (size_t i = 0; i < p->rows; i++) {
		free(p->row[i].weight);
		free(p->row[i].class);
	}
	free(p->row);
	free(p->slot);
	free(p);
}

/* The slot that holds key, or the free one where it belongs. */
static size_t
slot_of(const struct perceptron *p, uint64_t key)
{
	size_t i = (size_t)hash_number(key) & (p->slots - 1);

	while (p->slot[i] != 0 && p->row[p->slot[i] - 1].key != key)
		i = (i + 1) & (p->slots - 1);
	return i;
}

static void
widen(struct perceptron *p)
{
	free(p->slot);
	p->slots *= 2;
	p->slot = mem_calloc(p->slots, sizeof *p->slot);
	for (size_t i = 0; i < p->rows; i++)
		p->slot[slot_of(p, p->row[i].key)] = (uint32_t)i + 1;
}

uint32_t
perceptron_feature(struct perceptron *p, uint64_t key)
{
	size_t i = slot_of(p, key);

	if (p->slot[i] != 0)
		return p->slot[i] - 1;
	if (p->rows == UINT32_MAX - 1)
		die("more than %u features", UINT32_MAX - 1);
	p->row = mem_grow(p->row, &p->row_cap, p->rows + 1, sizeof *p->row);
	p->row[p->rows] = (struct row){.key = key};
	p->slot[i] = (uint32_t)++p->rows;
	if (2 * p->rows > p->slots)
		widen(p);
	return (uint32_t)p->rows - 1;
}

size_t
perceptron_features(const struct perceptron *p)
{
	return p->rows;
}

uint64_t
perceptron_key(const struct perceptron *p, uint32_t feature)
{
	return p->row[feature].key;
}

void
perceptron_score(const struct perceptron *p, const uint32_t *feature,
    size_t n, int32_t *score)
{
	for (size_t i = 0; i < n; i++) {
		const struct row *r = &p->row[feature[i]];

		for (size_t k = 0; k < r->n; k++)
			score[r->class[k]] += r->weight[k].now;
	}
}

/* The weight of a class in a row; a new one is 0. */
static struct weight *
weight_of(struct row *r, size_t class)
{
	size_t k = 0, cap;

	while (k < r->n && r->class[k] != class)
		k++;
	if (k < r->n)
		return &r->weight[k];
	if (r->n == r->cap) {
		cap = r->cap;
		r->weight = mem_grow(r->weight, &cap, r->n + 1u,
		    sizeof *r->weight);
		cap = r->cap;
		r->class = mem_grow(r->class, &cap, r->n + 1u,
		    sizeof *r->class);
		r->cap = (uint16_t)cap;
	}
	r->class[k] = (uint16_t)class;
	r->weight[k] = (struct weight){0};
	r->n++;
	return &r->weight[k];
}

/* Change a weight by step, in example number p->examples. */
static void
change(struct perceptron *p, struct row *r, size_t class, int step)
{
	struct weight *w = weight_of(r, class);

	w->total += (int64_t)w->now * (p->examples - 1 - w->since);
	w->since = p->examples - 1;
	w->now += step;
}

void
perceptron_learn(struct perceptron *p, const uint32_t *feature, size_t n,
    size_t gold, size_t guess)
{
	if (p->examples++ == UINT32_MAX)
		die("more than %u examples", UINT32_MAX);
	if (gold == guess)
		return;
	for (size_t i = 0; i < n; i++) {
		change(p, &p->row[feature[i]], gold, 1);
		change(p, &p->row[feature[i]], guess, -1);
	}
}

void
perceptron_mean(const struct perceptron *p, uint32_t feature, double *mean)
{
	const struct row *r = &p->row[feature];

	for (size_t c = 0; c < p->classes; c++)
		mean[c] = 0;
	for (size_t k = 0; k < r->n; k++) {
		const struct weight *w = &r->weight[k];

		mean[r->class[k]] = (double)(w->total + (int64_t)w->now *
		    (p->examples - w->since)) / (double)p->examples;
	}
}
