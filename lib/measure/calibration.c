/* SPDX-License-Identifier: ISC */
/*
 * calibration, reliability: are probabilities the shares of right predictions?
 *
 * Texts are divided by p, the probability of the predicted class, into bins
 * (outcomes.h).
 *
 *     reliability   the mean over the texts of a bin of (right - p)
 *     calibration   the sum over the bins of |sum of (right - p)|, divided by
 *                   the number of texts: the expected calibration error
 */
#include <math.h>

#include "measure/measure.h"
#include "measure/outcomes.h"

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

static const struct statistic statistic_error = {1 + OUTCOME_BINS, error};

static bool
calibration_of(struct measuring *m, const struct outcome *x)
{
	double sum[1 + OUTCOME_BINS] = {1};

	sum[1 + outcome_bin(x->p_predicted)] = gap(x);
	return outcomes_add(m, x, TEXT("_"), sum);
}

static bool
reliability_of(struct measuring *m, const struct outcome *x)
{
	size_t own = outcome_bin(x->p_predicted);

	for (size_t b = 0; b < OUTCOME_BINS; b++) {
		struct text at = text_of(outcome_bin_name(x->arena, b));

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
