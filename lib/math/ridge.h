/* SPDX-License-Identifier: ISC */
/*
 * ridge: a weighted linear fit to 0 and 1.
 *
 * Samples have n features x, each 0 or 1, a weight w and a value y for each
 * target.  They are not kept: their moments are all that a fit needs,
 *
 *     minimise  sum w (y - b - beta x)^2 + alpha |beta|^2
 *     (G + alpha I) beta = g,    G = sum w (x - mean)(x - mean)^T
 *
 * with b not penalised, as scikit-learn's Ridge has it.  All in double.
 */
#ifndef MATH_RIDGE_H
#define MATH_RIDGE_H

#include <stddef.h>

struct arena;
struct ridge;

/* No samples yet. */
struct ridge *ridge_new(struct arena *, size_t n, size_t targets);

/* A sample whose features on[0..m) are 1; y [targets].  Values that are small
 * beside their mean lose digits: subtract one of them from all. */
void ridge_add(struct ridge *, size_t m, const size_t on[], double weight,
    const double *y);

struct ridge_fit {
	double intercept;
	double r2;		/* weighted; 1 if y never changes */
};

/* Fit target k to the features used[0..m); beta [m]. */
struct ridge_fit ridge_fit(const struct ridge *, struct arena *, size_t k,
    double alpha, size_t m, const size_t used[], double *beta);

/*
 * The most useful features for target k, at most m > 0, as lime chooses them:
 * up to RIDGE_FORWARD one after the other, each time the one with which a fit
 * without penalty has the largest R2; more by the size of their coefficients in
 * one fit of all, alpha 0.01.  The first of equals is taken; as floats, for
 * equal words side by side differ in rounding alone.  Returns how many; used
 * has room for m, or for all if those are fewer.
 */
enum { RIDGE_FORWARD = 6 };

size_t ridge_select(const struct ridge *, struct arena *, size_t k, size_t m,
    size_t *used);

#endif
