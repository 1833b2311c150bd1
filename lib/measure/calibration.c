/* SPDX-License-Identifier: ISC */
/*
 * calibration, reliability: are probabilities the shares of right predictions?
 *
 * Texts are divided by p, the probability of the predicted class, into 15 bins
 * of equal width (Guo et al. 2017): bin b has (b / 15, (b + 1) / 15].
 *
 *     reliability   the mean over the texts of a bin of (right - p)
 *     calibration   the sum over the bins of |sum of (right - p)|, divided by
 *                   the number of texts: the expected calibration error
 */
#include <math.h>

#include "base/mem.h"
#include "measure/measure.h"
#include "measure/outcomes.h"

enum { BINS = 15 };

static size_t
bin_of(double p)
{
	size_t b = 0;

	while (b + 1 < BINS && p > (double)(b + 1) / BINS)
		b++;
	return b;
}

static double
gap(const struct outcome *x)
{
	return (x->gold == x->predicted) - x->p_predicted;
}

/* Numbers of a text: 1, then its gap in the place of its bin. */
static double
error(const double *sum, size_t sums)
{
	double all = 0;

	for (size_t i = 1; i < sums; i++)
		all += fabs(sum[i]);
	return all / sum[0];
}

static const struct statistic statistic_error = {1 + BINS, error};

static bool
calibration_of(struct measuring *m, const struct outcome *x)
{
	double sum[1 + BINS] = {1};

	sum[1 + bin_of(x->p_predicted)] = gap(x);
	return outcomes_add(m, x, TEXT("_"), sum);
}

static bool
reliability_of(struct measuring *m, const struct outcome *x)
{
	size_t own = bin_of(x->p_predicted);

	for (size_t b = 0; b < BINS; b++) {
		struct text at = text_of(mem_printf(x->arena, "%.3f-%.3f",
		    (double)b / BINS, (double)(b + 1) / BINS));

		if (!outcomes_add(m, x, at, (const double[]){b == own,
		    b == own ? gap(x) : 0}))
			return false;
	}
	return true;
}

#define INPUT "predictions with labels, a table for each model"

const struct measure calibration = {
	.name = "calibration",
	.purpose = "the expected calibration error, with 15 bins",
	.input = INPUT,
	.reads = MEASURE_OUTCOMES,
	.statistic = &statistic_error,
	.outcome = calibration_of,
};

const struct measure reliability = {
	.name = "reliability",
	.purpose = "by probability: the share of right predictions minus it",
	.input = INPUT,
	.reads = MEASURE_OUTCOMES,
	.unpaired = true,
	.outcome = reliability_of,
};
