/* SPDX-License-Identifier: ISC */
/*
 * plot_ansi: a plot on a terminal.
 *
 *             n
 *     VB     31      |----[   |      ]------|        o
 *     NN    212   |-----[ |     ]--|
 *                 +---------+---------+---------+
 *                -1         0         1         2
 *
 * A box has the colour of its median.  Keys are cut at a third of the width.
 */
#ifndef DRAW_PLOT_ANSI_H
#define DRAW_PLOT_ANSI_H

#include "draw/plot.h"

/* A width below PLOT_WIDTH_MIN counts as PLOT_WIDTH_MIN. */
extern const struct plot_view plot_ansi;

#endif
