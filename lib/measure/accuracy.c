/* SPDX-License-Identifier: ISC */
/*
 * accuracy, confusion, precision, recall, f1, macro-f1, cross-entropy: of a
 * model.
 *
 * A text has the class g in gold and is predicted as k.  With n(A) the number
 * of texts for which A is true:
 *
 *     accuracy      n(g = k) / n
 *     confusion     n(g = a, k = b) / n(g = a), at a:b
 *     precision     n(g = k = c) / n(k = c), at c
 *     recall        n(g = k = c) / n(g = c), at c
 *     f1            2 n(g = k = c) / (n(g = c) + n(k = c)), at c
 *     macro-f1      the mean of f1 over the classes that are in g or in k
 *     cross-entropy the mean of -ln p(g)
 *
 * confusion and recall are means over the texts of a class.  The denominators
 * of precision and f1 depend on the model, so these are ratios over all texts;
 * precision is 0 if the class is never predicted.
 */
#include <float.h>
#include <math.h>

#include "base/mem.h"
#include "measure/measure.h"
#include "measure/outcomes.h"

static bool
add_mean(struct measuring *m, const struct outcome *x, struct text at,
    double weight, double value)
{
	return outcomes_add(m, x, at, (const double[]){weight, value});
}

static bool
accuracy_of(struct measuring *m, const struct outcome *x)
{
	return add_mean(m, x, TEXT("_"), 1, x->gold == x->predicted);
}

/* At the first text, every pair of classes gets its place in the output. */
static bool
confusion_of(struct measuring *m, const struct outcome *x)
{
	for (size_t a = 0; a < x->C; a++)
		for (size_t b = 0; b < x->C && (x->first || a == x->gold);
		    b++) {
			struct text at = text_of(mem_printf(x->arena,
			    "%.*s:%.*s", (int)x->class[a].n, x->class[a].s,
			    (int)x->class[b].n, x->class[b].s));

			if (!add_mean(m, x, at, a == x->gold,
			    a == x->gold && b == x->predicted))
				return false;
		}
	return true;
}

/*
 * Add for each class the ratio of the texts that are both in gold and predicted
 * to the predicted ones, or for f1 to the mean of the predicted ones and those
 * in gold.
 */
static bool
each_class(struct measuring *m, const struct outcome *x, bool f)
{
	for (size_t c = 0; c < x->C; c++) {
		double g = x->gold == c, k = x->predicted == c;
		double size = f ? (g + k) / 2 : k;

		if (!outcomes_add(m, x, x->class[c],
		    (const double[]){1, size, g * k}))
			return false;
	}
	return true;
}

static bool
precision_of(struct measuring *m, const struct outcome *x)
{
	return each_class(m, x, false);
}

static bool
f1_of(struct measuring *m, const struct outcome *x)
{
	return each_class(m, x, true);
}

static bool
recall_of(struct measuring *m, const struct outcome *x)
{
	for (size_t c = 0; c < x->C; c++)
		if (!add_mean(m, x, x->class[c], x->gold == c,
		    x->gold == c && x->predicted == c))
			return false;
	return true;
}

/* Numbers of a text: 1, then for each class g = c, k = c, and both. */
static double
macro_f1_value(const double *sum, size_t sums)
{
	double f = 0;
	size_t n = 0;

	for (size_t i = 1; i + 2 < sums; i += 3) {
		double size = sum[i] + sum[i + 1];

		f += size > 0 ? 2 * sum[i + 2] / size : 0;
		n += size > 0;
	}
	return n > 0 ? f / (double)n : 0;
}

static struct statistic
macro_f1_statistic(size_t C)
{
	return (struct statistic){1 + 3 * C, macro_f1_value};
}

static bool
macro_f1_of(struct measuring *m, const struct outcome *x)
{
	double *sum = MEM_NEW(x->arena, 1 + 3 * x->C, double);

	sum[0] = 1;
	sum[1 + 3 * x->gold] = 1;
	sum[2 + 3 * x->predicted] = 1;
	if (x->gold == x->predicted)
		sum[3 + 3 * x->gold] = 1;
	return outcomes_add(m, x, TEXT("_"), sum);
}

/* A probability that is printed as 0 counts as the smallest step from 1. */
static bool
cross_entropy_of(struct measuring *m, const struct outcome *x)
{
	return add_mean(m, x, TEXT("_"), 1, -log(fmax(x->p_gold,
	    DBL_EPSILON)));
}

#define INPUT "predictions with labels, a table for each model"

const struct measure accuracy = {
	.name = "accuracy",
	.purpose = "the share of right predictions",
	.input = INPUT,
	.reads = MEASURE_OUTCOMES,
	.outcome = accuracy_of,
};

const struct measure confusion = {
	.name = "confusion",
	.purpose = "for each label, the shares of the predicted classes",
	.input = INPUT,
	.reads = MEASURE_OUTCOMES,
	.outcome = confusion_of,
};

const struct measure precision = {
	.name = "precision",
	.purpose = "of the texts predicted as a class, the share that is right",
	.input = INPUT,
	.reads = MEASURE_OUTCOMES,
	.statistic = &statistic_ratio,
	.outcome = precision_of,
};

const struct measure recall = {
	.name = "recall",
	.purpose = "of the texts of a class, the share that is right",
	.input = INPUT,
	.reads = MEASURE_OUTCOMES,
	.outcome = recall_of,
};

const struct measure f1 = {
	.name = "f1",
	.purpose = "the harmonic mean of precision and recall, by class",
	.input = INPUT,
	.reads = MEASURE_OUTCOMES,
	.statistic = &statistic_ratio,
	.outcome = f1_of,
};

const struct measure macro_f1 = {
	.name = "macro-f1",
	.purpose = "the mean of f1 over the classes",
	.input = INPUT,
	.reads = MEASURE_OUTCOMES,
	.outcome = macro_f1_of,
	.statistic_of = macro_f1_statistic,
};

const struct measure cross_entropy = {
	.name = "cross-entropy",
	.purpose = "-ln of the probability of the label",
	.input = INPUT,
	.reads = MEASURE_OUTCOMES,
	.outcome = cross_entropy_of,
};
