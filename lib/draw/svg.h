/* SPDX-License-Identifier: ISC */
/*
 * svg: pictures as one SVG drawing.
 *
 *     1  positive 0.9917  sst2-gru  reat  |  1  positive 0.9917  ...  naive
 *     word   The  fight  scenes           |  word   The  fight  scenes
 *     2  ...
 *
 * The pictures of a document are side by side, as many as fit into 1520 pixels;
 * the others are below them, and so is the next document.
 * Each picture is broken at the style's width like one on a terminal.  A word
 * is stretched to its columns, so that every font fits.  The drawing needs
 * nothing from outside, holds no script, and is light or dark as the viewer
 * is set.
 *
 * A drawing states its size first.  So what is drawn waits in a temporary file
 * (in $TMPDIR, else /tmp; it has no name) until the drawing ends.
 */
#ifndef DRAW_SVG_H
#define DRAW_SVG_H

#include "draw/view.h"

/* The style's width is that of a picture; 0 is 80. */
extern const struct view view_svg;

#endif
