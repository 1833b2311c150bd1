/* SPDX-License-Identifier: ISC */
/* The measures of measure.h that read predictions. */
#include "measure.h"

#include "err.h"
#include "mem.h"
#include "predictions.h"
#include "tally.h"

/*
 * All that the measures do with one text: its losses, [n].  False with a
 * message if a table lacks it.
 */
static bool
find_losses(const struct predictions *whole, size_t i,
    const struct remainder *left, size_t n, double *loss)
{
	bool good = true;
	struct text doc = predictions_doc(whole, i);
	struct text class = predictions_class(whole, i);
	double p = 0, q;

	predictions_probability(whole, doc, class, &p);
	for (size_t k = 0; k < n; k++) {
		if (predictions_probability(left[k].table, doc, class, &q))
			loss[k] = p - q;
		else
			good = bad((struct place){left[k].path, 0}, "no "
			    "probability of class %.*s for %.*s, expected one "
			    "for each text", TEXT_ARGS(class), TEXT_ARGS(doc));
	}
	return good;
}

/* True if this remainder is the first of its method. */
static bool
is_first(const struct remainder *left, size_t k)
{
	for (size_t i = 0; i < k; i++)
		if (text_equal(left[i].method, left[k].method))
			return false;
	return true;
}

/* The mean of a method's losses, and how many they are. */
static double
mean_loss(const struct remainder *left, size_t n, struct text method,
    const double *loss, size_t *points)
{
	double sum = 0;

	*points = 0;
	for (size_t k = 0; k < n; k++)
		if (text_equal(left[k].method, method)) {
			sum += loss[k];
			++*points;
		}
	return *points > 0 ? sum / (double)*points : 0;
}

/* No table has texts that the whole one lacks. */
static bool
check_texts(const struct measuring *m, const struct predictions *whole,
    const struct remainder *left, size_t n)
{
	bool good = true;

	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < predictions_size(left[k].table) &&
		    (good || m->keep_going); i++) {
			struct text doc = predictions_doc(left[k].table, i);

			if (!predictions_has(whole, doc))
				good = bad((struct place){left[k].path, 0},
				    "%.*s is not in the first table, expected "
				    "it there", TEXT_ARGS(doc));
		}
	return good;
}

/* A method's table at this point, or NULL; *n is how many tables it has. */
static const struct remainder *
find_table(const struct remainder *left, size_t tables, struct text method,
    struct text at, size_t *n)
{
	const struct remainder *found = NULL;

	*n = 0;
	for (size_t k = 0; k < tables; k++) {
		if (!text_equal(left[k].method, method))
			continue;
		++*n;
		if (found == NULL && text_equal(left[k].at, at))
			found = &left[k];
	}
	return found;
}

/*
 * Each method and point once, and of methods with several points all the same,
 * or their means would be of different things.
 */
static bool
check_points(const struct remainder *left, size_t n)
{
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < n; i++) {
			size_t own, other;
			const struct remainder *own_table = find_table(left, n,
			    left[k].method, left[k].at, &own);
			const struct remainder *table = find_table(left, n,
			    left[i].method, left[k].at, &other);
			struct place at = {left[k].path, 0};

			if (own_table != &left[k])
				return bad(at, "%.*s %.*s twice, expected one "
				    "table for each", TEXT_ARGS(left[k].method),
				    TEXT_ARGS(left[k].at));
			if (own > 1 && other > 1 && table == NULL)
				return bad(at, "%.*s has a table at %.*s and "
				    "%.*s has none, expected the same shares",
				    TEXT_ARGS(left[k].method),
				    TEXT_ARGS(left[k].at),
				    TEXT_ARGS(left[i].method));
		}
	return true;
}

static void
add(struct measuring *m, struct text method, struct text at, struct text doc,
    double value)
{
	tally_add(m->tally, TEXT("_"), method, at, doc,
	    (struct sample){value, 1});
}

bool
measure_drop(struct measuring *m, const struct predictions *whole,
    const struct remainder *left, size_t n)
{
	struct arena *arena = mem_arena();
	double *loss = MEM_NEW(arena, n, double);
	bool able = check_points(left, n);
	bool good = able && check_texts(m, whole, left, n);

	for (size_t i = 0; able && i < predictions_size(whole) &&
	    (good || m->keep_going); i++) {
		struct text doc = predictions_doc(whole, i);

		if (!find_losses(whole, i, left, n, loss)) {
			good = false;
			continue;
		}
		for (size_t k = 0; k < n; k++)
			add(m, left[k].method, left[k].at, doc, loss[k]);
		for (size_t k = 0; k < n; k++) {
			size_t points;
			double mean = mean_loss(left, n, left[k].method, loss,
			    &points);

			if (is_first(left, k) && points > 1)
				add(m, left[k].method, TEXT("aopc"), doc, mean);
		}
	}
	mem_free(arena);
	return good;
}

/* As many tables of each order as of the first, and two orders or more. */
static bool
check_orders(const struct remainder *left, size_t n, const double *loss)
{
	size_t orders = 0, points, expected = 0;

	for (size_t k = 0; k < n; k++) {
		mean_loss(left, n, left[k].method, loss, &points);
		if (k == 0)
			expected = points;
		orders += is_first(left, k);
		if (points == expected)
			continue;
		note("%zu tables of %.*s, expected %zu as of %.*s", points,
		    TEXT_ARGS(left[k].method), expected,
		    TEXT_ARGS(left[0].method));
		return false;
	}
	if (orders < 2)
		note("%zu order, expected two or more", orders);
	return orders >= 2;
}

bool
measure_normalised(struct measuring *m, const struct predictions *whole,
    const struct remainder *left, size_t n)
{
	struct arena *arena = mem_arena();
	double *loss = MEM_NEW(arena, n, double);
	double *mean = MEM_NEW(arena, n, double);
	bool able = check_points(left, n) && check_orders(left, n, loss);
	bool good = able && check_texts(m, whole, left, n);

	for (size_t i = 0; able && i < predictions_size(whole) &&
	    (good || m->keep_going); i++) {
		double low = 0, high = 0;
		size_t points;

		if (!find_losses(whole, i, left, n, loss)) {
			good = false;
			continue;
		}
		for (size_t k = 0; k < n; k++) {
			mean[k] = mean_loss(left, n, left[k].method, loss,
			    &points);
			low = k == 0 || mean[k] < low ? mean[k] : low;
			high = k == 0 || mean[k] > high ? mean[k] : high;
		}
		for (size_t k = 0; k < n && high > low; k++)
			if (is_first(left, k))
				add(m, left[k].method, TEXT("aopc"),
				    predictions_doc(whole, i),
				    (mean[k] - low) / (high - low));
	}
	mem_free(arena);
	return good;
}
