/* SPDX-License-Identifier: ISC */
/*
 * normalised: comprehensiveness relative to its limits, after Edin et al. 2024.
 *
 *     (a - low) / (high - low)
 *
 * a is the mean loss of a method in a text (comprehensiveness.c), low and high
 * are the smallest and the largest mean loss of all methods in this text.
 */
#include "base/mem.h"
#include "measure/measure.h"
#include "measure/predictions.h"
#include "measure/remainders.h"

/* There must be two methods or more, all with the same number of tables. */
static const char *
check_operands(struct arena *arena, const struct remainder *left, size_t n)
{
	const char *wrong = remainders_operands(arena, left, n);
	size_t methods = 0, points, expected = 0;

	for (size_t k = 0; k < n && wrong == NULL; k++) {
		remainders_find(left, n, left[k].method, left[k].at, &points);
		if (k == 0)
			expected = points;
		methods += remainders_is_first(left, k);
		if (points != expected)
			wrong = mem_printf(arena, "number of tables: %.*s has "
			    "%zu and %.*s has %zu; all methods need the same",
			    TEXT_ARGS(left[0].method), expected,
			    TEXT_ARGS(left[k].method), points);
	}
	if (wrong == NULL && methods < 2)
		wrong = "only one method; normalised needs two or more";
	return wrong;
}

static bool
normalise(struct measuring *m, const struct predictions *whole,
    const struct remainder *left, size_t n)
{
	struct arena *arena = mem_arena();
	struct loss *loss = MEM_NEW(arena, n, struct loss);
	double *lost = MEM_NEW(arena, n, double);
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
		for (size_t k = 0; k < n; k++)
			lost[k] = remainders_lost(&loss[k]);
		for (size_t k = 0; k < n; k++) {
			mean[k] = remainders_mean(left, n, left[k].method, lost,
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
	.purpose = "comprehensiveness from 0 (worst) to 1 (best)",
	.input = "predictions for the texts, then for the texts of reat-erase "
	    "by two methods or more",
	.reads = MEASURE_PREDICTIONS,
	.operands = check_operands,
	.predictions = normalise,
};
