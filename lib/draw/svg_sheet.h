/* SPDX-License-Identifier: ISC */
/*
 * svg_sheet: the head of an SVG drawing, and its texts.
 *
 * Letters are 15 pixels high and 9 wide.  Colours are classes: "page",
 * "label", "strong", "number", and the shades of a palette (markup.h);
 * "unknown" has a dotted line below it.  A shade is the class of a rect or of a
 * group.  The rects of a group have the shade, and its texts are black or
 * white, whichever can be read on it.  If the style has trees, "edge" is the
 * class of a path.
 */
#ifndef DRAW_SVG_SHEET_H
#define DRAW_SVG_SHEET_H

#include <stddef.h>

#include "base/text.h"

struct arena;
struct output;
struct style;

enum { SVG_COLUMN = 9 };

/* Write the root element, its title and its styles, up to "</style>". */
void svg_begin(struct output *, const struct style *, double wide,
    double high, const char *title);

/* Write a background as large as the drawing. */
void svg_page(struct output *);

/*
 * Write a clean text at x and base line y, stretched to this many columns.
 * class may be NULL.
 */
void svg_text(struct output *, struct arena *, const char *class, double x,
    double y, struct text clean, size_t columns);

#endif
