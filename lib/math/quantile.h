/* SPDX-License-Identifier: ISC */
/*
 * quantile: quantiles of a sample.
 *
 * They are of type 7 [1], the default of R and NumPy: the value at position
 * p (n - 1) of the sorted v_0 .. v_{n-1}, interpolated linearly between two
 * values.
 *
 * [1] Hyndman and Fan, Sample Quantiles in Statistical Packages, The American
 *     Statistician 50 (4), 1996.
 */
#ifndef MATH_QUANTILE_H
#define MATH_QUANTILE_H

#include <stddef.h>

/* Sort n finite values, ascending. */
void quantile_sort(double *value, size_t n);

/* Returns the p-quantile of n > 0 sorted values, 0 <= p <= 1. */
double quantile(const double *sorted, size_t n, double p);

#endif
