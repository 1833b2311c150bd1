/* SPDX-License-Identifier: ISC */
/*
 * quantile: values in order, and those between them.
 *
 * A quantile is that of type 7 [1], which R, NumPy and most others use: of
 * sorted v_0 .. v_{n-1} the value at place p (n - 1), between two values in
 * proportion.
 *
 * [1] Hyndman and Fan, Sample Quantiles in Statistical Packages, The American
 *     Statistician 50 (4), 1996.
 */
#ifndef MATH_QUANTILE_H
#define MATH_QUANTILE_H

#include <stddef.h>

/* Sort n finite values, ascending. */
void quantile_sort(double *value, size_t n);

/* The p-quantile of n > 0 sorted values, 0 <= p <= 1. */
double quantile(const double *sorted, size_t n, double p);

#endif
