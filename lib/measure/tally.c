/* SPDX-License-Identifier: ISC */
#include "measure/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/tsv.h"

struct series {
	struct text at, model, method;
	double *sum;		/* [cap / sums][sums] by number in docs; a
				 * weight of -1: no entry */
	size_t cap;
};

struct tally {
	const struct statistic *statistic;
	struct arena *arena;
	struct dict *docs, *names;	/* names: the keys of the series */
	struct series *series;		/* [dict_size(names)] */
	size_t cap;
};

struct tally *
tally_new(const struct statistic *statistic)
{
	struct tally *t = mem_calloc(1, sizeof *t);

	t->statistic = statistic;
	t->arena = mem_arena();
	t->docs = dict_new();
	t->names = dict_new();
	return t;
}

void
tally_free(struct tally *t)
{
	for (size_t i = 0; i < dict_size(t->names); i++)
		free(t->series[i].sum);
	free(t->series);
	dict_free(t->docs);
	dict_free(t->names);
	mem_free(t->arena);
	free(t);
}

/* The series, made if it is new; NULL if there are too many. */
static struct series *
find_series(struct tally *t, struct text model, struct text method,
    struct text at)
{
	struct output key = output_to(-1, NULL);
	size_t n = dict_size(t->names), i;

	output_text(&key, at);
	output_char(&key, '\t');
	output_text(&key, model);
	output_char(&key, '\t');
	output_text(&key, method);
	if (n < TALLY_SERIES)
		i = (size_t)dict_add(t->names,
		    (struct text){key.buf, key.n});
	else
		i = (size_t)dict_find(t->names,
		    (struct text){key.buf, key.n});
	output_done(&key, 0);
	if (i == (size_t)DICT_NONE)
		return NULL;
	if (i == n) {
		t->series = mem_grow(t->series, &t->cap, n + 1,
		    sizeof *t->series);
		t->series[i] = (struct series){text_copy(t->arena, at),
		    text_copy(t->arena, model), text_copy(t->arena, method),
		    NULL, 0};
	}
	return &t->series[i];
}

/* Text i of a series, or NULL if it has no entry. */
static double *
entry(const struct tally *t, const struct series *s, size_t i)
{
	size_t n = t->statistic->sums;

	return (i + 1) * n <= s->cap && s->sum[i * n] >= 0 ? s->sum + i * n :
	    NULL;
}

/* The same; NULL if it has no value. */
static const double *
value(const struct tally *t, const struct series *s, size_t i)
{
	const double *sum = entry(t, s, i);

	return sum != NULL && sum[0] > 0 ? sum : NULL;
}

enum tally_got
tally_add(struct tally *t, struct text model, struct text method,
    struct text at, struct text doc, const double *sum)
{
	struct series *s = find_series(t, model, method, at);
	size_t n = t->statistic->sums, i, had;

	if (s == NULL)
		return TALLY_FULL;
	i = (size_t)dict_add(t->docs, doc);
	had = s->cap;
	if ((i + 1) * n > s->cap)
		s->sum = mem_grow(s->sum, &s->cap, (i + 1) * n,
		    sizeof *s->sum);
	for (; had < s->cap; had++)
		s->sum[had] = -1;
	if (entry(t, s, i) != NULL)
		return TALLY_AGAIN;
	memcpy(s->sum + i * n, sum, n * sizeof *sum);
	return TALLY_ADDED;
}

void
tally_replace(struct tally *t, struct text model, struct text method,
    struct text at, struct text doc, const double *sum)
{
	double *to = entry(t, find_series(t, model, method, at),
	    (size_t)dict_find(t->docs, doc));

	memcpy(to, sum, t->statistic->sums * sizeof *sum);
}

static bool
same_method(const struct series *a, const struct series *b)
{
	return text_equal(a->model, b->model) &&
	    text_equal(a->method, b->method);
}

bool
tally_has(const struct tally *t, struct text doc, struct text *model,
    struct text *method)
{
	int32_t i = dict_find(t->docs, doc);
	size_t n = dict_size(t->names);

	for (size_t k = n; k-- > 0; ) {
		const struct series *s = &t->series[k];
		bool has = false;

		for (size_t j = 0; j < n && !has; j++)
			has = i != DICT_NONE && entry(t, &t->series[j],
			    (size_t)i) != NULL &&
			    same_method(&t->series[j], s);
		if (!has) {
			*model = s->model;
			*method = s->method;
			return false;
		}
	}
	return true;
}

bool
tally_is_empty(const struct tally *t)
{
	return dict_size(t->names) == 0;
}

void
tally_write_header(struct output *o)
{
	output_string(o, "measure\tat\tmodel\tmethod\ttexts\tvalue\tlow\thigh"
	    "\tp\n");
}

static void
write_number(struct output *o, bool any, double v)
{
	output_char(o, '\t');
	if (any)
		output_float(o, (float)v);
	else
		output_char(o, '_');
}

static void
write_row(const char *measure, const struct series *a, const struct series *b,
    size_t n, const struct estimate *e, struct output *o)
{
	output_string(o, measure);
	output_char(o, '\t');
	tsv_write(o, a->at);
	output_char(o, '\t');
	tsv_write(o, a->model);
	output_char(o, '\t');
	tsv_write(o, a->method);
	if (b != NULL) {
		output_char(o, ':');
		tsv_write(o, b->method);
	}
	output_char(o, '\t');
	output_size(o, n);
	write_number(o, n > 0, e->value);
	write_number(o, n > 0, e->low);
	write_number(o, n > 0, e->high);
	write_number(o, n > 0 && b != NULL, e->p);
	output_char(o, '\n');
}

/*
 * Collect the numbers of the texts that have a value in a, and in b unless it
 * is NULL.  Returns how many texts.
 */
static size_t
gather(const struct tally *t, const struct series *a, const struct series *b,
    double *to_a, double *to_b)
{
	size_t sums = t->statistic->sums, n = 0;

	for (size_t i = 0; i < dict_size(t->docs); i++) {
		const double *x = value(t, a, i);
		const double *y = b == NULL ? x : value(t, b, i);

		if (x == NULL || y == NULL)
			continue;
		memcpy(to_a + n * sums, x, sums * sizeof *x);
		memcpy(to_b + n++ * sums, y, sums * sizeof *y);
	}
	return n;
}

static bool
comparable(const struct series *a, const struct series *b)
{
	return text_equal(a->at, b->at) && text_equal(a->model, b->model);
}

void
tally_write(const struct tally *t, const char *measure, bool pairs,
    size_t rounds, uint64_t seed, struct output *o)
{
	size_t series = dict_size(t->names), docs = dict_size(t->docs);
	struct arena *arena = mem_arena();
	size_t numbers = docs * t->statistic->sums;
	double *x = MEM_VECTOR(arena, numbers, double);
	double *y = MEM_VECTOR(arena, numbers, double);
	struct estimate e = {0};

	for (size_t i = 0; i < series; i++) {
		size_t n = gather(t, &t->series[i], NULL, x, y);

		if (n > 0)
			e = resample_value(t->statistic, x, n, rounds,
			    seed);
		write_row(measure, &t->series[i], NULL, n, &e, o);
	}
	for (size_t i = 0; pairs && i < series; i++)
		for (size_t j = i + 1; j < series; j++) {
			const struct series *a = &t->series[i];
			const struct series *b = &t->series[j];
			size_t n;

			if (!comparable(a, b))
				continue;
			n = gather(t, a, b, x, y);
			if (n > 0)
				e = resample_difference(t->statistic, x, y, n,
				    rounds, seed);
			write_row(measure, a, b, n, &e, o);
		}
	mem_free(arena);
}
