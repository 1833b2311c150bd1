/* SPDX-License-Identifier: ISC */
/*
 * plot: boxes below each other, whatever they are drawn on.
 */
#ifndef DRAW_PLOT_H
#define DRAW_PLOT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "draw/axis.h"

struct arena;
struct box;

struct plot {
	const struct box *box;	/* [n] */
	size_t n;
	bool outliers;		/* draw them */
	double max;		/* the axis goes from -max to max; 0: as far
				 * as there is something to draw */
};

/* The axis, with about so many ticks.  n > 0. */
struct axis plot_axis(const struct plot *, size_t ticks);

/*
 * A median's colour as a share, for palettes: the axis's further end has the
 * full one.
 */
double plot_share(const struct axis *, double median);

/* Columns of the widest key, at most room, and of the largest count. */
size_t plot_keys(const struct plot *, struct arena *, size_t room);
size_t plot_counts(const struct plot *);

/* True if the i-th value of a box is to be drawn as an outlier. */
bool plot_is_outlier(const struct plot *, const struct box *, size_t i);

#endif
