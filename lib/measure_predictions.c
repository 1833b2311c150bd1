/* SPDX-License-Identifier: ISC */
/* The measures of measure.h that read predictions. */
#include "measure.h"

#include "err.h"
#include "mem.h"
#include "predictions.h"
#include "tally.h"

/* All that the measures do with one text: its losses, [n]. */
static bool
find_losses(const struct predictions *whole, size_t i,
    const struct remainder *left, size_t n, double *loss)
{
	struct text doc = predictions_doc(whole, i);
	struct text class = predictions_class(whole, i);
	double p = 0, q;

	predictions_probability(whole, doc, class, &p);
	for (size_t k = 0; k < n; k++) {
		if (!predictions_probability(left[k].table, doc, class, &q)) {
			note("%.*s %.*s has no probability of class %.*s for "
			    "%.*s, expected one for each text",
			    TEXT_ARGS(left[k].method), TEXT_ARGS(left[k].at),
			    TEXT_ARGS(class), TEXT_ARGS(doc));
			return false;
		}
		loss[k] = p - q;
	}
	return true;
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
check_sizes(const struct predictions *whole, const struct remainder *left,
    size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (predictions_size(left[k].table) !=
		    predictions_size(whole)) {
			note("%.*s %.*s has %zu texts, expected the %zu of the "
			    "first table", TEXT_ARGS(left[k].method),
			    TEXT_ARGS(left[k].at),
			    predictions_size(left[k].table),
			    predictions_size(whole));
			return false;
		}
	return true;
}

static bool
add(struct measuring *m, struct text method, struct text at, struct text doc,
    double value)
{
	if (tally_add(m->tally, TEXT("_"), method, at, doc,
	    (struct sample){value, 1}))
		return true;
	note("%.*s %.*s twice, expected one table for each",
	    TEXT_ARGS(method), TEXT_ARGS(at));
	return false;
}

bool
measure_drop(struct measuring *m, const struct predictions *whole,
    const struct remainder *left, size_t n)
{
	struct arena *arena = mem_arena();
	double *loss = MEM_NEW(arena, n, double);
	bool good = check_sizes(whole, left, n);

	for (size_t i = 0; good && i < predictions_size(whole); i++) {
		struct text doc = predictions_doc(whole, i);

		good = find_losses(whole, i, left, n, loss);
		for (size_t k = 0; good && k < n; k++)
			good = add(m, left[k].method, left[k].at, doc, loss[k]);
		for (size_t k = 0; good && k < n; k++) {
			size_t points;
			double mean = mean_loss(left, n, left[k].method, loss,
			    &points);

			if (is_first(left, k) && points > 1)
				good = add(m, left[k].method, TEXT("aopc"),
				    doc, mean);
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
	bool good = check_sizes(whole, left, n);
	size_t points = 0, low_points = 0, high_points = 0;

	for (size_t i = 0; good && i < predictions_size(whole); i++) {
		double low, high;

		good = find_losses(whole, i, left, n, loss);
		if (!good)
			break;
		low = mean_loss(left, n, TEXT("low"), loss, &low_points);
		high = mean_loss(left, n, TEXT("high"), loss, &high_points);
		if (low_points == 0 || high_points != low_points) {
			note("%zu tables of low and %zu of high, expected as "
			    "many of either", low_points, high_points);
			good = false;
		}
		for (size_t k = 0; good && k < n; k++) {
			double mean = mean_loss(left, n, left[k].method, loss,
			    &points);

			if (points != low_points) {
				note("%zu tables of %.*s, expected the %zu of "
				    "low", points, TEXT_ARGS(left[k].method),
				    low_points);
				good = false;
			} else if (is_first(left, k) && high > low &&
			    !text_is(left[k].method, "low") &&
			    !text_is(left[k].method, "high")) {
				good = add(m, left[k].method, TEXT("aopc"),
				    predictions_doc(whole, i),
				    (mean - low) / (high - low));
			}
		}
	}
	mem_free(arena);
	return good;
}
