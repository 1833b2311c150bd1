/* SPDX-License-Identifier: ISC */
/*
 * plot_svg: a plot as an SVG drawing.
 *
 *     key   n    |---[  |  ]----|    a row for each box
 *               -1    0    1         the axis, its ticks as lines over all rows
 *
 * The drawing needs nothing from outside, is light or dark as the viewer is
 * set, and has the numbers of each box as a label for screen readers.
 */
#ifndef DRAW_PLOT_SVG_H
#define DRAW_PLOT_SVG_H

#include "draw/plot.h"

/* The style's width, if it is not 0 (80), is at least PLOT_WIDTH_MIN. */
extern const struct plot_view plot_svg;

#endif
