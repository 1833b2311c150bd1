/* SPDX-License-Identifier: ISC */
/*
 * svg: pictures as one SVG drawing.
 *
 *     1  positive 0.9917  sst2-gru  reat  |  1  positive 0.9917  ...  naive
 *     word   The  fight  scenes           |  word   The  fight  scenes
 *     2  ...
 *
 * The pictures of a document stand side by side, as close as they are wide,
 * documents below each other;
 * each picture is broken at the style's width like a terminal's.  A word is
 * stretched to its columns, so that every font fits.  It needs nothing from
 * outside, holds no script, and is light or dark as the viewer wishes.
 *
 * A drawing states its size first.  So what is drawn waits in a temporary file
 * (in $TMPDIR, else /tmp; it has no name) until draw_svg_end.
 */
#ifndef DRAW_SVG_H
#define DRAW_SVG_H

#include <stddef.h>

#include "base/output.h"
#include "base/text.h"
#include "draw/markup.h"

struct arena;
struct picture;

struct draw_svg {
	const struct markup *style;	/* the caller's */
	struct arena *arena;		/* doc lies here */
	struct text doc;		/* of the pictures beside, or none */
	struct output body;		/* the temporary file */
	double left, right;		/* of the next picture, of all so far */
	double top, bottom;		/* of this document's pictures */
};

void draw_svg_begin(struct draw_svg *);
void draw_svg(struct draw_svg *, const struct picture *);
void draw_svg_end(struct draw_svg *, struct output *);

#endif
