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
 * reat-erase chose the words that are left.  The point "aopc" is the mean over
 * a method's points.
 *
 * Predictions are printed in single precision, whose last step below 1 is
 * 6e-8: in log-odds p and 1 - p have at least this value.
 */
#include <float.h>
#include <math.h>

#include "base/mem.h"
#include "measure/measure.h"
#include "measure/remainders.h"

/* Add the value of each text and point, and the mean over the points. */
static bool
losses(struct measuring *m, struct remainders *r,
    double (*value_of)(const struct loss *))
{
	struct arena *arena = mem_arena();
	bool able, good = remainders_check(m, r, &able);
	struct loss *loss = MEM_NEW(arena, r->n * r->points, struct loss);

	for (size_t i = 0; able && i < remainders_texts(r) &&
	    (good || m->keep_going); i++) {
		if (!remainders_losses(r, i, loss)) {
			good = false;
			continue;
		}
		for (size_t k = 0; k < r->n; k++) {
			struct text doc = remainders_doc(r, i);
			double sum = 0;

			for (size_t j = 0; j < r->points; j++) {
				double v = value_of(&loss[k * r->points + j]);

				remainders_add(m, r->of[k].method,
				    r->point[j].name, doc, v);
				sum += v;
			}
			if (r->points > 1)
				remainders_add(m, r->of[k].method,
				    TEXT("aopc"), doc, sum /
				    (double)r->points);
		}
	}
	mem_free(arena);
	return good;
}

static bool
lost(struct measuring *m, struct remainders *r)
{
	return losses(m, r, remainders_lost);
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
lost_odds(struct measuring *m, struct remainders *r)
{
	return losses(m, r, odds_lost);
}

/* A probability that is printed as 0 counts as in cross-entropy. */
static double
logarithm_lost(const struct loss *loss)
{
	return log(fmax(loss->p, DBL_EPSILON)) -
	    log(fmax(loss->left, DBL_EPSILON));
}

static bool
lost_logarithm(struct measuring *m, struct remainders *r)
{
	return losses(m, r, logarithm_lost);
}

const struct measure comprehensiveness = {
	.name = "comprehensiveness",
	.purpose = "the probability lost without the top words (ERASER)",
	.input = REMAINDERS_INPUT,
	.reads = MEASURE_REMAINDERS,
	.remainders = lost,
};

const struct measure sufficiency = {
	.name = "sufficiency",
	.purpose = "the probability lost with only the top words (ERASER)",
	.input = REMAINDERS_INPUT,
	.reads = MEASURE_REMAINDERS,
	.alone = true,
	.remainders = lost,
};

const struct measure log_odds = {
	.name = "log-odds",
	.purpose = "the log-odds lost without the top words",
	.input = REMAINDERS_INPUT,
	.reads = MEASURE_REMAINDERS,
	.remainders = lost_odds,
};

const struct measure log_probability = {
	.name = "log-probability",
	.purpose = "the logarithm of the probability lost",
	.input = REMAINDERS_INPUT,
	.reads = MEASURE_REMAINDERS,
	.remainders = lost_logarithm,
};
