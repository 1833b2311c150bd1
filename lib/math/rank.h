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
 * Pearson's correlation of the ranks of x and y, [n], where equal numbers share
 * the mean of their ranks.  False if it is not defined: fewer than two, or all
 * of x or of y are equal.  The arena is for work.
 */
bool rank_spearman(struct arena *, const double *x, const double *y, size_t n,
    double *rho);

#endif
