/* SPDX-License-Identifier: ISC */
/*
 * ridge: weighted ridge regression on features that are 0 or 1.
 *
 * A sample has n features x, each 0 or 1, a weight w and a value y for each
 * target.  A fit needs only their moments, which OpenBLAS sums up:
 *
 *     minimise  sum w (y - b - beta x)^2 + alpha |beta|^2
 *     (G + alpha I) beta = g,    G = sum w (x - mean)(x - mean)^T
 *
 * The intercept b is not penalised, as in scikit-learn's Ridge.  All is in
 * double.
 *
 * OpenBLAS has other kernels on other CPUs: there the last bits of a fit can
 * differ.  On one machine they are the same for the same samples in the same
 * order; it runs one thread, whatever OPENBLAS_NUM_THREADS is.
 */
#ifndef MATH_RIDGE_H
#define MATH_RIDGE_H

#include <stddef.h>

struct arena;
struct ridge;

/* A fit without samples, in the arena. */
struct ridge *ridge_new(struct arena *, size_t n, size_t targets);

/*
 * Add a sample whose features on[0..m) are 1; y [targets].  If the values y
 * differ little compared with their mean, digits are lost: subtract one of them
 * from all.  on is ascending.
 */
void ridge_add(struct ridge *, size_t m, const size_t on[], double weight,
    const double *y);

struct ridge_fit {
	double intercept;
	double r2;		/* weighted; 1 if all y are equal */
	size_t rank;		/* features that others do not explain */
};

/*
 * Fit target k to the features used[0..m) and set beta [m].  If features are
 * combinations of others, or the same in all samples (rank < m), m - rank of
 * them get the coefficient 0.  With alpha > 0 this happens only if the weights
 * add up to more than 1e12 alpha.
 */
struct ridge_fit ridge_fit(struct ridge *, struct arena *, size_t k,
    double alpha, size_t m, const size_t used[], double *beta);

/*
 * Fit target k to all features without penalty, with this intercept, so that
 * the coefficients add up to sum; set beta [n].  r2 may be negative.
 */
struct ridge_fit ridge_fit_sum(struct ridge *, struct arena *, size_t k,
    double intercept, double sum, double *beta);

/*
 * Set used to the most useful features for target k, at most m > 0, as lime
 * chooses them, and return how many.  If m is at most RIDGE_FORWARD, they are
 * chosen one after the other: each time the feature with which a fit without
 * penalty has the largest R2.  If m is larger, they are those with the largest
 * coefficients in one fit of all features with alpha 0.01.  If several are
 * equal, the first is chosen; they are compared as floats, because equal words
 * side by side differ only by rounding.  used has room for m, or for all if
 * they are fewer.
 */
enum { RIDGE_FORWARD = 6 };

size_t ridge_select(struct ridge *, struct arena *, size_t k, size_t m,
    size_t *used);

#endif
