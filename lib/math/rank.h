/* SPDX-License-Identifier: ISC */
/*
 * rank: Spearman's rank correlation.
 */
#ifndef MATH_RANK_H
#define MATH_RANK_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/*
 * Set *rho to Pearson's correlation of the ranks of x [n] and y [n]; equal
 * numbers all get the mean of their ranks.  Returns false if it is not defined:
 * n < 2, or all numbers of x or of y are equal.  The arena is for scratch.
 */
bool rank_spearman(struct arena *, const double *x, const double *y, size_t n,
    double *rho);

#endif
