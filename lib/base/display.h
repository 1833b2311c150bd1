/* SPDX-License-Identifier: ISC */
/*
 * display: the width of text on a terminal, safe text, and rounded numbers.
 *
 * Terminals differ in the width of a grapheme cluster of several code points.
 * Here it is the sum of the widths of the code points: no terminal uses more
 * columns, so a line never overflows.
 */
#ifndef BASE_DISPLAY_H
#define BASE_DISPLAY_H

#include <stddef.h>

#include "base/text.h"

struct arena;

/*
 * a in a form that is safe on a terminal and hides nothing: C0 controls and DEL
 * as Unicode's control pictures, other characters that a reader does not see
 * (hidden.h) as \u{9b}, except joiners and variation selectors.  a itself if it
 * contains none.
 */
struct text display_clean(struct arena *, struct text a);

/* The same, but only for C0, DEL and C1: for data, which keep the others. */
struct text display_controls(struct arena *, struct text a);

/* The width in columns of a text without control characters. */
size_t display_columns(struct text a);

/*
 * The number of bytes of a that fit on a line of this many columns: all bytes,
 * or those before the last blank that fits, or the grapheme clusters that fit,
 * at least one.
 */
size_t display_fitting(struct text a, size_t columns);

/* display_clean, cut to this many columns (at least 4) if wider: "abc..." */
struct text display_cut(struct arena *, struct text a, size_t columns);

/*
 * Format a score with its sign, in the arena.  All scores have the same number
 * of decimals, so that the largest has three digits.
 */
const char *display_number(struct arena *, double largest, double v);

#endif
