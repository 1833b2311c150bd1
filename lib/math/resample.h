/* SPDX-License-Identifier: ISC */
/*
 * resample: confidence intervals and paired tests of a statistic over texts.
 *
 * Each text has a few numbers, and the statistic is a function of their sums
 * over the texts (struct statistic).  So a resample costs one addition a text
 * and number.
 *
 *     interval    the percentile bootstrap (Efron): the middle 95 % of the
 *                 statistics of resamples, whose texts are drawn with
 *                 replacement
 *     p           the paired randomisation test (Fisher, Pitman): in each round
 *                 a coin decides for each text whether its two results are
 *                 exchanged; p is the share of rounds whose difference, of
 *                 either sign, is at least as large as the observed one.  1 is
 *                 added to both counts, so p is never 0
 *
 * Random numbers are seeded, so results are the same everywhere.
 */
#ifndef MATH_RESAMPLE_H
#define MATH_RESAMPLE_H

#include <stddef.h>
#include <stdint.h>

struct statistic {
	size_t sums;		/* numbers of a text; the first is its weight */
	double (*value)(const double *sum, size_t sums);	/* weight > 0 */
};

/*
 * A mean: the sum of the numerators divided by the sum of the weights; a plain
 * mean if all weights are 1.  Numbers of a text: weight, numerator.
 */
extern const struct statistic statistic_mean;

/*
 * A sum divided by a sum that can be 0 in a text: then the text still counts,
 * also if it is compared with one in which it is not 0.  Numbers of a text: 1,
 * denominator, numerator.  It is 0 if all denominators are 0.
 */
extern const struct statistic statistic_ratio;

/*
 * Pearson's correlation of all pairs (x, y) of all texts.  Numbers of a text:
 * the number of its pairs, and the sums of x, y, x x, y y and x y.  It is 0 if
 * all x or all y are equal, as they may be in a resample.  The test exchanges x
 * of two methods, so the caller gives both the same scale.
 */
enum { CORRELATION_SUMS = 6 };
extern const struct statistic statistic_correlation;

struct estimate {
	double value, low, high, p;
};

/* Of n > 0 texts, a [n][sums], by rounds > 0 resamples; p is not set. */
struct estimate resample_value(const struct statistic *, const double *a,
    size_t n, size_t rounds, uint64_t seed);

/* That of a minus that of b; a[i] and b[i] belong to the same text. */
struct estimate resample_difference(const struct statistic *, const double *a,
    const double *b, size_t n, size_t rounds, uint64_t seed);

#endif
