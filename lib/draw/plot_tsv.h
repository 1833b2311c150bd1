/* SPDX-License-Identifier: ISC */
/*
 * plot_tsv: the numbers of a plot, a line for each box.
 *
 * Columns: key, n, min, low, q1, median, q3, high, max, outliers.
 */
#ifndef DRAW_PLOT_TSV_H
#define DRAW_PLOT_TSV_H

#include "draw/plot.h"

/* Of the style only no_header counts. */
extern const struct plot_view plot_tsv;

#endif
