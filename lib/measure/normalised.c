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
#include "measure/remainders.h"

static bool
normalise(struct measuring *m, struct remainders *r)
{
	struct arena *arena = mem_arena();
	bool able, good = remainders_check(m, r, &able);
	struct loss *loss = MEM_NEW(arena, r->n * r->points, struct loss);
	double *mean = MEM_NEW(arena, r->n, double);

	for (size_t i = 0; able && i < remainders_texts(r) &&
	    (good || m->keep_going); i++) {
		double low = 0, high = 0;

		if (!remainders_losses(r, i, loss)) {
			good = false;
			continue;
		}
		for (size_t k = 0; k < r->n; k++) {
			double sum = 0;

			for (size_t j = 0; j < r->points; j++)
				sum += remainders_lost(&loss[k * r->points +
				    j]);
			mean[k] = sum / (double)r->points;
			low = k == 0 || mean[k] < low ? mean[k] : low;
			high = k == 0 || mean[k] > high ? mean[k] : high;
		}
		for (size_t k = 0; k < r->n && high > low; k++)
			remainders_add(m, r->of[k].method, TEXT("aopc"),
			    remainders_doc(r, i),
			    (mean[k] - low) / (high - low));
	}
	mem_free(arena);
	return good;
}

const struct measure normalised = {
	.name = "normalised",
	.purpose = "comprehensiveness from 0 (worst) to 1 (best)",
	.input = REMAINDERS_INPUT ", of two methods or more",
	.reads = MEASURE_REMAINDERS,
	.least = 2,
	.remainders = normalise,
};
