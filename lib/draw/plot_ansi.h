/* SPDX-License-Identifier: ISC */
/*
 * plot_ansi: a plot on a terminal, or as an SVG drawing.
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

#include "draw/ansi.h"
#include "draw/markup.h"
#include "draw/plot.h"

enum { DRAW_BOX_MIN = 30 };	/* the least width */

struct output;

/* A style's width is at least DRAW_BOX_MIN; for SVG 0 is 80. */
void draw_box_ansi(const struct draw_ansi *, const struct plot *,
    struct output *);
void draw_box_svg(const struct markup *, const struct plot *,
    struct output *);

#endif
