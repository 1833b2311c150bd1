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
 * Returns the ranks of x [n], less their mean, in the arena: they add up to 0.
 * Equal numbers all get the mean of their ranks.
 */
double *rank_centred(struct arena *, const double *x, size_t n);

/*
 * Set *rho to Pearson's correlation of the ranks of x [n] and y [n].
 * Returns false if it is not defined:
 * n < 2, or all numbers of x or of y are equal.  The arena is for scratch.
 */
bool rank_spearman(struct arena *, const double *x, const double *y, size_t n,
    double *rho);

#endif
