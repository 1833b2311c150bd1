/* SPDX-License-Identifier: ISC */
/*
 * comprehensiveness and sufficiency: DeYoung et al. 2020 (ERASER); log-odds and
 * log-probability: the same loss on another scale.
 *
 *     comprehensiveness   p(x) - p(x without the top words)
 *     sufficiency         p(x) - p(the top words alone)
 *     log-odds            L(x) - L(x without the top words),
 *                         L = ln(p / (1 - p))
 *     log-probability     ln p(x) - ln p(x without the top words)
 *
 * All are the losses of the given remainders; reat-erase chose the words that
 * are left.  The point "aopc" is the mean over a method's points.
 *
 * Predictions are printed in single precision, whose last step below 1 is
 * 6e-8: in log-odds p and 1 - p have at least this value.
 */
#include <float.h>
#include <math.h>

#include "base/mem.h"
#include "measure/measure.h"
#include "measure/predictions.h"
#include "measure/remainders.h"

/* Add the value of each text and table, and the mean of each method. */
static bool
losses(struct measuring *m, const struct predictions *whole,
    const struct remainder *left, size_t n,
    double (*value_of)(const struct loss *))
{
	struct arena *arena = mem_arena();
	struct loss *loss = MEM_NEW(arena, n, struct loss);
	double *value = MEM_NEW(arena, n, double);
	bool able, good = remainders_check(m, whole, left, n, &able);

	for (size_t i = 0; able && i < predictions_size(whole) &&
	    (good || m->keep_going); i++) {
		struct text doc = predictions_doc(whole, i);

		if (!remainders_losses(whole, i, left, n, loss)) {
			good = false;
			continue;
		}
		for (size_t k = 0; k < n; k++) {
			value[k] = value_of(&loss[k]);
			remainders_add(m, left[k].method, left[k].at, doc,
			    value[k]);
		}
		for (size_t k = 0; k < n; k++) {
			struct text method = left[k].method;
			size_t points;
			double mean = remainders_mean(left, n, method, value,
			    &points);

			if (remainders_is_first(left, k) && points > 1)
				remainders_add(m, method, TEXT("aopc"), doc,
				    mean);
		}
	}
	mem_free(arena);
	return good;
}

static bool
lost(struct measuring *m, const struct predictions *whole,
    const struct remainder *left, size_t n)
{
	return losses(m, whole, left, n, remainders_lost);
}

static double
log_odds_of(double p)
{
	double step = (double)FLT_EPSILON / 2;

	return log(fmax(p, step)) - log(fmax(1 - p, step));
}

static double
odds_lost(const struct loss *loss)
{
	return log_odds_of(loss->p) - log_odds_of(loss->left);
}

static bool
lost_odds(struct measuring *m, const struct predictions *whole,
    const struct remainder *left, size_t n)
{
	return losses(m, whole, left, n, odds_lost);
}

/* A probability that is printed as 0 counts as in cross-entropy. */
static double
logarithm_lost(const struct loss *loss)
{
	return log(fmax(loss->p, DBL_EPSILON)) -
	    log(fmax(loss->left, DBL_EPSILON));
}

static bool
lost_logarithm(struct measuring *m, const struct predictions *whole,
    const struct remainder *left, size_t n)
{
	return losses(m, whole, left, n, logarithm_lost);
}

const struct measure comprehensiveness = {
	.name = "comprehensiveness",
	.purpose = "the probability lost without the top words (ERASER)",
	.input = REMAINDERS_INPUT,
	.reads = MEASURE_PREDICTIONS,
	.operands = remainders_operands,
	.predictions = lost,
};

const struct measure sufficiency = {
	.name = "sufficiency",
	.purpose = "the probability lost with only the top words (ERASER)",
	.input = REMAINDERS_INPUT,
	.reads = MEASURE_PREDICTIONS,
	.operands = remainders_operands,
	.predictions = lost,
};

const struct measure log_odds = {
	.name = "log-odds",
	.purpose = "the log-odds lost without the top words",
	.input = REMAINDERS_INPUT,
	.reads = MEASURE_PREDICTIONS,
	.operands = remainders_operands,
	.predictions = lost_odds,
};

const struct measure log_probability = {
	.name = "log-probability",
	.purpose = "the logarithm of the probability lost",
	.input = REMAINDERS_INPUT,
	.reads = MEASURE_PREDICTIONS,
	.operands = remainders_operands,
	.predictions = lost_logarithm,
};
