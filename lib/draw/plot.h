/* SPDX-License-Identifier: ISC */
/*
 * plot: boxes (box.h) below each other over one axis, in any format.
 *
 * Each format is a const struct plot_view in a file of its own: plot_ansi,
 * plot_svg, plot_tsv.
 */
#ifndef DRAW_PLOT_H
#define DRAW_PLOT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/option.h"
#include "draw/axis.h"
#include "draw/style.h"

enum { PLOT_WIDTH_MIN = 30 };	/* in columns */

struct arena;
struct box;
struct output;

struct plot {
	const struct box *box;	/* [n] */
	size_t n;
	bool outliers;		/* draw them */
	bool root;		/* the axis is a root axis, see axis.h */
	double max;		/* the axis goes from -max to max; 0: it is as
				 * long as the boxes need */
};

struct plot_view {
	struct option_name is;
	enum style_palettes palettes;
	void (*draw)(const struct style *, const struct plot *,
	    struct output *);
};

/* The axis, with about this number of ticks; the plot has at least one box. */
struct axis plot_axis(const struct plot *, size_t ticks);

/*
 * The share (palette.h) of a median: its place between 0 and the end of the
 * axis that is further from 0, which has the full colour.
 */
double plot_share(const struct axis *, double median);

/* The width of the widest key, at most room, and of the largest count. */
size_t plot_keys(const struct plot *, struct arena *, size_t room);
size_t plot_counts(const struct plot *);

/* True if value i of a box is drawn as an outlier. */
bool plot_is_outlier(const struct plot *, const struct box *, size_t i);

#endif
