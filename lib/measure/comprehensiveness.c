/* SPDX-License-Identifier: ISC */
/*
 * comprehensiveness and sufficiency: DeYoung et al. 2020 (ERASER).
 *
 *     comprehensiveness   p(x) - p(x without the top words)
 *     sufficiency         p(x) - p(the top words alone)
 *
 * Both are the losses of the given remainders; reat-erase chose the words that
 * are left.  The point "aopc" is the mean over a method's points.
 */
#include "base/mem.h"
#include "measure/measure.h"
#include "measure/predictions.h"
#include "measure/remainders.h"

static bool
losses(struct measuring *m, const struct predictions *whole,
    const struct remainder *left, size_t n)
{
	struct arena *arena = mem_arena();
	double *loss = MEM_NEW(arena, n, double);
	bool able, good = remainders_check(m, whole, left, n, &able);

	for (size_t i = 0; able && i < predictions_size(whole) &&
	    (good || m->keep_going); i++) {
		struct text doc = predictions_doc(whole, i);

		if (!remainders_losses(whole, i, left, n, loss)) {
			good = false;
			continue;
		}
		for (size_t k = 0; k < n; k++)
			remainders_add(m, left[k].method, left[k].at, doc,
			    loss[k]);
		for (size_t k = 0; k < n; k++) {
			struct text method = left[k].method;
			size_t points;
			double mean = remainders_mean(left, n, method, loss,
			    &points);

			if (remainders_is_first(left, k) && points > 1)
				remainders_add(m, method, TEXT("aopc"), doc,
				    mean);
		}
	}
	mem_free(arena);
	return good;
}

#define INPUT "predictions for the texts, then for the texts of reat-erase"

const struct measure comprehensiveness = {
	.name = "comprehensiveness",
	.purpose = "the probability lost without the top words (ERASER)",
	.input = INPUT,
	.reads = MEASURE_PREDICTIONS,
	.operands = remainders_operands,
	.predictions = losses,
};

const struct measure sufficiency = {
	.name = "sufficiency",
	.purpose = "the probability lost with only the top words (ERASER)",
	.input = INPUT,
	.reads = MEASURE_PREDICTIONS,
	.operands = remainders_operands,
	.predictions = losses,
};
