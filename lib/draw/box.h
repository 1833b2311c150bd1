/* SPDX-License-Identifier: ISC */
/*
 * box: distributions of values by key, as boxes.
 *
 * A box goes from the first to the third quartile (quantile.h); its whiskers
 * reach to the outermost values that are at most 1.5 times the box's length
 * away from it [1]; a value further out is an outlier.
 *
 * All values are kept, 8 bytes each: a quantile is not known before the last
 * value has come.
 *
 * [1] Tukey, Exploratory Data Analysis, 1977.
 */
#ifndef DRAW_BOX_H
#define DRAW_BOX_H

#include <stddef.h>

#include "base/text.h"

struct boxes;

struct box {
	struct text key;		/* of struct boxes */
	const double *value;		/* [n] ascending; of struct boxes */
	size_t n;
	double q1, median, q3;
	double low, high;		/* the whiskers' ends */
	size_t below, above;		/* outliers: value[0..below), the last
					 * above ones */
};

/* Sort the n > 0 values and compute their box, all but its key. */
struct box box_of(double *value, size_t n);

struct boxes *boxes_new(void);
void boxes_free(struct boxes *);

/* The key is copied; the value is finite as a float. */
void boxes_add(struct boxes *, struct text key, double value);

/*
 * Returns the boxes, [*n], of all keys with at least `least` values, by
 * median, highest first, then by key; valid until the next boxes_add.
 */
const struct box *boxes_sorted(struct boxes *, size_t least, size_t *n);

#endif
