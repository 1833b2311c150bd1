/* SPDX-License-Identifier: ISC */
/* The measures of measure.h that read predictions. */
#include "measure/measure.h"

#include "base/err.h"
#include "base/mem.h"
#include "measure/predictions.h"
#include "measure/tally.h"

/*
 * All that the measures do with one text: its losses, [n].  False if a table
 * lacks it, with a message unless its row was bad, of which there was one.
 */
static bool
find_losses(const struct predictions *whole, size_t i,
    const struct remainder *left, size_t n, double *loss)
{
	struct text doc = predictions_doc(whole, i);
	size_t class, j, predicted;
	bool good = predictions_class(whole, i, &class);

	for (size_t k = 0; k < n; k++) {
		const struct predictions *t = left[k].table;

		if (!predictions_find(t, doc, &j))
			good = bad((struct place){left[k].path, 0}, "%.*s is "
			    "missing, expected each text of the first table",
			    TEXT_ARGS(doc));
		else if (!predictions_class(t, j, &predicted))
			good = false;
		else if (good)
			loss[k] = predictions_probability(whole, i, class) -
			    predictions_probability(t, j, class);
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

/* Each table is of the same model, as far as its classes tell. */
static bool
check_classes(const struct predictions *whole, const struct remainder *left,
    size_t n)
{
	bool good = true;

	for (size_t k = 0; k < n; k++)
		if (!predictions_alike(whole, left[k].table))
			good = bad((struct place){left[k].path, 0}, "other "
			    "classes, expected those of the first table");
	return good;
}

/* No table has texts that the whole one lacks. */
static bool
check_texts(const struct measuring *m, const struct predictions *whole,
    const struct remainder *left, size_t n)
{
	bool good = true;
	size_t j;

	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < predictions_size(left[k].table) &&
		    (good || m->keep_going); i++) {
			struct text doc = predictions_doc(left[k].table, i);

			if (!predictions_find(whole, doc, &j))
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

/* Of methods with several points all have the same, or their means would be of
 * different things. */
const char *
measure_drop_operands(struct arena *arena, const struct remainder *left,
    size_t n)
{
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < n; i++) {
			struct text method = left[k].method, at = left[k].at;
			struct text others = left[i].method;
			size_t own, other;

			if (find_table(left, n, method, at, &own) != &left[k])
				return mem_printf(arena, "%.*s%s%.*s twice, "
				    "expected one table for each",
				    TEXT_ARGS(method), text_is(at, "_") ? "" :
				    "@", text_is(at, "_") ? 0 : (int)at.n,
				    at.s);
			if (find_table(left, n, others, at, &other) == NULL &&
			    own > 1 && other > 1)
				return mem_printf(arena, "%.*s has a table at "
				    "%.*s and %.*s has none, expected the same "
				    "shares", TEXT_ARGS(method), TEXT_ARGS(at),
				    TEXT_ARGS(others));
		}
	return NULL;
}

/* As many tables of each order as of the first, and two orders or more. */
const char *
measure_normalised_operands(struct arena *arena, const struct remainder *left,
    size_t n)
{
	const char *wrong = measure_drop_operands(arena, left, n);
	size_t orders = 0, points, expected = 0;

	for (size_t k = 0; k < n && wrong == NULL; k++) {
		find_table(left, n, left[k].method, left[k].at, &points);
		if (k == 0)
			expected = points;
		orders += is_first(left, k);
		if (points != expected)
			wrong = mem_printf(arena, "%zu tables of %.*s, "
			    "expected %zu as of %.*s", points,
			    TEXT_ARGS(left[k].method), expected,
			    TEXT_ARGS(left[0].method));
	}
	if (wrong == NULL && orders < 2)
		wrong = mem_printf(arena, "%zu order, expected two or more",
		    orders);
	return wrong;
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
	bool able = check_classes(whole, left, n);
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

bool
measure_normalised(struct measuring *m, const struct predictions *whole,
    const struct remainder *left, size_t n)
{
	struct arena *arena = mem_arena();
	double *loss = MEM_NEW(arena, n, double);
	double *mean = MEM_NEW(arena, n, double);
	bool able = check_classes(whole, left, n);
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
