/* SPDX-License-Identifier: ISC */
#include "measure/pairs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/rank.h"
#include "measure/tally.h"

/* The pairs of a text by one model and method. */
struct part {
	struct text model, method, doc;
	size_t first, n;	/* in x and y */
	bool done;
};

struct pairs {
	struct arena *arena;	/* of the texts in part */
	struct part *part;
	size_t parts, part_cap;
	double *x, *y;		/* [n] of all parts */
	size_t n, x_cap, y_cap;
};

const char *const pairs_points[2] = {"pearson", "spearman"};

struct pairs *
pairs_new(void)
{
	struct pairs *p = mem_calloc(1, sizeof *p);

	p->arena = mem_arena();
	return p;
}

void
pairs_free(struct pairs *p)
{
	mem_free(p->arena);
	free(p->part);
	free(p->x);
	free(p->y);
	free(p);
}

void
pairs_add(struct pairs *p, struct text model, struct text method,
    struct text doc, const double *x, const double *y, size_t n)
{
	p->part = mem_grow(p->part, &p->part_cap, p->parts + 1,
	    sizeof *p->part);
	p->part[p->parts++] = (struct part){text_copy(p->arena, model),
	    text_copy(p->arena, method), text_copy(p->arena, doc), p->n, n,
	    false};
	p->x = mem_grow(p->x, &p->x_cap, p->n + n, sizeof *p->x);
	p->y = mem_grow(p->y, &p->y_cap, p->n + n, sizeof *p->y);
	for (size_t i = 0; i < n; i++) {
		p->x[p->n] = x[i];
		p->y[p->n++] = y[i];
	}
}

/* Give x [n] the mean 0 and the variance 1; false if all are equal. */
static bool
standardise(double *x, size_t n)
{
	double mean = 0, square = 0, most = 0;

	for (size_t i = 0; i < n; i++)
		mean += x[i] / (double)n;
	for (size_t i = 0; i < n; i++) {
		most = fmax(most, fabs(x[i]));
		x[i] -= mean;
		square += x[i] * x[i] / (double)n;
	}
	/* equal numbers may differ from their mean by rounding */
	if (!(square > 1e-28 * most * most))
		return false;
	for (size_t i = 0; i < n; i++)
		x[i] /= sqrt(square);
	return true;
}

/* The sums of n pairs for statistic_correlation. */
static void
add_up(const double *x, const double *y, size_t n, double *sum)
{
	for (size_t i = 0; i < n; i++) {
		sum[0]++;
		sum[1] += x[i];
		sum[2] += y[i];
		sum[3] += x[i] * x[i];
		sum[4] += y[i] * y[i];
		sum[5] += x[i] * y[i];
	}
}

static bool
same_series(const struct part *a, const struct part *b)
{
	return text_equal(a->model, b->model) &&
	    text_equal(a->method, b->method);
}

/* Tally all parts of the model and method of part k, which is the first. */
static void
tally_series(struct pairs *p, size_t k, struct tally *t)
{
	struct arena *arena = mem_arena();
	double *of[2][2];	/* [pearson, spearman][x, y] [n] */
	size_t n = 0;

	of[0][0] = MEM_VECTOR(arena, p->n, double);
	of[0][1] = MEM_VECTOR(arena, p->n, double);
	for (size_t i = k; i < p->parts; i++) {
		const struct part *a = &p->part[i];

		if (!same_series(a, &p->part[k]) || a->n == 0)
			continue;
		memcpy(of[0][0] + n, p->x + a->first, a->n * sizeof *p->x);
		memcpy(of[0][1] + n, p->y + a->first, a->n * sizeof *p->y);
		n += a->n;
	}
	of[1][0] = rank_centred(arena, of[0][0], n);
	of[1][1] = rank_centred(arena, of[0][1], n);
	for (size_t point = 0; point < 2; point++) {
		bool defined = standardise(of[point][0], n) &&
		    standardise(of[point][1], n);
		size_t at = 0;

		for (size_t i = k; i < p->parts; i++) {
			struct part *a = &p->part[i];
			double sum[CORRELATION_SUMS] = {0};

			if (!same_series(a, &p->part[k]))
				continue;
			a->done = true;
			if (defined)
				add_up(of[point][0] + at, of[point][1] + at,
				    a->n, sum);
			at += a->n;
			tally_replace(t, a->model, a->method,
			    text_of(pairs_points[point]), a->doc, sum);
		}
	}
	mem_free(arena);
}

void
pairs_tally(struct pairs *p, struct tally *t)
{
	for (size_t k = 0; k < p->parts; k++)
		if (!p->part[k].done)
			tally_series(p, k, t);
}
