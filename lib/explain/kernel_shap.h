/* SPDX-License-Identifier: ISC */
/*
 * kernel_shap: subsets of the parts of a text, and their Shapley kernel.
 *
 * They are those of shap's KernelExplainer: the weighted fit to all subsets,
 * with the sum of the scores fixed, has Shapley values as coefficients.  If
 * there are too many subsets, the smallest and the largest come all, and the
 * others are drawn.  The equations are in kernel_shap.c.
 */
#ifndef EXPLAIN_KERNEL_SHAP_H
#define EXPLAIN_KERNEL_SHAP_H

#include <stdbool.h>
#include <stddef.h>

#include "math/random.h"

struct arena;

struct kernel_shap {
	size_t n;
	size_t whole;		/* all subsets come that have up to this size,
				 * or n minus this and more */
	size_t samples, drawn;	/* of the other sizes */
	double left;		/* the weight of each of these */
	bool draws, other;	/* other: the complement of part */
	size_t size;		/* of the subset part[0..size) */
	size_t *part;		/* [n] */
	struct random random;
};

/* n > 0 parts; samples: most subsets besides the empty one and the whole. */
struct kernel_shap kernel_shap_begin(struct arena *, size_t n, size_t samples,
    struct random);

/*
 * Set keep [n] and the weight of the next subset.  The first is the empty one,
 * whose weight is 0: its value is the intercept.  Returns false after the last.
 */
bool kernel_shap_next(struct kernel_shap *, bool *keep, double *weight);

#endif
