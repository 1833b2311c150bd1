/* SPDX-License-Identifier: ISC */
/*
 * resample: confidence intervals and paired tests of averages over texts.
 *
 * Each text has a numerator and a denominator > 0.  The average is the sum of
 * the numerators divided by the sum of the denominators: a plain mean if all
 * denominators are 1.
 *
 *     interval    the percentile bootstrap (Efron): the middle 95 % of the
 *                 averages of resamples, whose texts are drawn with replacement
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

struct sample {
	double num, den;
};

struct estimate {
	double value, low, high, p;
};

/* The average of n > 0 texts, by rounds > 0 resamples; p is not set. */
struct estimate resample_mean(const struct sample *, size_t n, size_t rounds,
    uint64_t seed);

/* The average of a minus that of b; a[i] and b[i] belong to the same text. */
struct estimate resample_difference(const struct sample *a,
    const struct sample *b, size_t n, size_t rounds, uint64_t seed);

#endif
