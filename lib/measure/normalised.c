/* SPDX-License-Identifier: ISC */
/*
 * normalised: comprehensiveness between its limits, after Edin et al. 2024.
 *
 *     (a - low) / (high - low)
 *
 * a is a method's mean loss in a text (comprehensiveness.c), low and high are
 * the smallest and the largest of the text's among the orders given.
 */
#include "base/mem.h"
#include "measure/measure.h"
#include "measure/predictions.h"
#include "measure/remainders.h"

/* As many tables of each order as of the first, and two orders or more. */
static const char *
check_operands(struct arena *arena, const struct remainder *left, size_t n)
{
	const char *wrong = remainders_operands(arena, left, n);
	size_t orders = 0, points, expected = 0;

	for (size_t k = 0; k < n && wrong == NULL; k++) {
		remainders_find(left, n, left[k].method, left[k].at, &points);
		if (k == 0)
			expected = points;
		orders += remainders_is_first(left, k);
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

static bool
normalise(struct measuring *m, const struct predictions *whole,
    const struct remainder *left, size_t n)
{
	struct arena *arena = mem_arena();
	double *loss = MEM_NEW(arena, n, double);
	double *mean = MEM_NEW(arena, n, double);
	bool able, good = remainders_check(m, whole, left, n, &able);

	for (size_t i = 0; able && i < predictions_size(whole) &&
	    (good || m->keep_going); i++) {
		double low = 0, high = 0;
		size_t points;

		if (!remainders_losses(whole, i, left, n, loss)) {
			good = false;
			continue;
		}
		for (size_t k = 0; k < n; k++) {
			mean[k] = remainders_mean(left, n, left[k].method, loss,
			    &points);
			low = k == 0 || mean[k] < low ? mean[k] : low;
			high = k == 0 || mean[k] > high ? mean[k] : high;
		}
		for (size_t k = 0; k < n && high > low; k++)
			if (remainders_is_first(left, k))
				remainders_add(m, left[k].method, TEXT("aopc"),
				    predictions_doc(whole, i),
				    (mean[k] - low) / (high - low));
	}
	mem_free(arena);
	return good;
}

const struct measure normalised = {
	.name = "normalised",
	.purpose = "comprehensiveness between the worst and the best",
	.input = "predictions of the texts, and of what is left of them by two "
	    "methods or more",
	.reads = MEASURE_PREDICTIONS,
	.operands = check_operands,
	.predictions = normalise,
};
