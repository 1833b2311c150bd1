/* SPDX-License-Identifier: ISC */
/*
 * resample: how sure an average over texts is, by drawing texts again.
 *
 * A text gives a numerator and a denominator, and the average is the sum of
 * the ones over the sum of the others: a plain mean where all denominators are
 * 1.  Denominators are above 0.
 *
 *     interval    the percentile bootstrap (Efron): the middle 95 % of the
 *                 averages of resamples, texts drawn with replacement
 *     p           the paired randomisation test (Fisher, Pitman): how often the
 *                 difference is at least as large as it is, either way, where
 *                 each text's two results are exchanged or not by a coin; 1 is
 *                 added to both counts, so it is never 0
 *
 * Seeded; the same everywhere.
 */
#ifndef MATH_RESAMPLE_H
#define MATH_RESAMPLE_H

#include <stddef.h>
#include <stdint.h>

struct sample {
	double num, den;
};

struct estimate {
	double value, low, high, p;
};

/* n > 0 texts, rounds > 0 resamples; p is not set. */
struct estimate resample_mean(const struct sample *, size_t n, size_t rounds,
    uint64_t seed);

/* The mean of a less that of b: a[i] and b[i] are of one text. */
struct estimate resample_difference(const struct sample *a,
    const struct sample *b, size_t n, size_t rounds, uint64_t seed);

#endif
