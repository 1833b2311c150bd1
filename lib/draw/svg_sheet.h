/* SPDX-License-Identifier: ISC */
/*
 * svg_sheet: how our drawings begin, and their texts.
 *
 * Letters are 15 pixels high and 9 wide.  Colours are classes: "page",
 * "label", "strong", "number", and the shades of a palette (markup.h), which
 * fill a rect, or what stands in a group: rects in the shade, text in the ink
 * that can be read on it.
 */
#ifndef DRAW_SVG_SHEET_H
#define DRAW_SVG_SHEET_H

#include <stddef.h>

#include "base/text.h"

struct arena;
struct output;
struct style;

enum { SVG_COLUMN = 9 };

/* The root element, its title and its styles, up to "</style>". */
void svg_begin(struct output *, const struct style *, double wide,
    double high, const char *title);

/* A background as large as the drawing. */
void svg_page(struct output *);

/*
 * A clean text at x, y (its base line), which is made so many columns wide.
 * class may be NULL.
 */
void svg_text(struct output *, struct arena *, const char *class, double x,
    double y, struct text clean, size_t columns);

#endif
