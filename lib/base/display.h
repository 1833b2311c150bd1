/* SPDX-License-Identifier: ISC */
/*
 * display: text as a terminal shows it, and numbers as a reader wants them.
 *
 * Terminals differ in the columns of a grapheme cluster of several code
 * points; the sum over these is the widest that any of them makes of it, so
 * that a line never overflows.
 */
#ifndef BASE_DISPLAY_H
#define BASE_DISPLAY_H

#include <stddef.h>

#include "base/text.h"

struct arena;

/*
 * What may be sent to a terminal: C0 controls and DEL as Unicode's control
 * pictures, other controls as \u{9b}.  a itself if it holds none.
 */
struct text display_clean(struct arena *, struct text a);

/* The columns of a text without control characters. */
size_t display_columns(struct text a);

/*
 * How many bytes of a go on a line of so many columns: all of it, else up to
 * the last blank that fits, else up to the last grapheme cluster, of which
 * one goes in any case.
 */
size_t display_fitting(struct text a, size_t columns);

/* a clean, and cut to so many columns, at least 4, if wider: "abc..." */
struct text display_cut(struct arena *, struct text a, size_t columns);

/*
 * A score among others, signed: three digits of the largest, and as many
 * decimals for all.  In the arena.
 */
const char *display_number(struct arena *, double largest, double v);

#endif
