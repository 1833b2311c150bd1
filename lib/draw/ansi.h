/* SPDX-License-Identifier: ISC */
/*
 * ansi: a picture on a terminal.
 *
 *     1  positive 0.9917  sst2-gru  reat
 *       word     The   fight   scenes  ...   a line a level, each span painted
 *       phrase   The   fight   scenes  ...
 *       sums    text +1.19  bias -0.04  logit +1.15
 *       scale   against -3.16 ========= +3.16 for
 *
 * With colours, all levels break at the same words, rather where spans of many
 * levels end, and so a word has the same column on every level; where that can
 * not be (a level lacks words, a word has blanks or is wider than the line),
 * and without colours, each level is broken for itself: see pen.h.  The same
 * picture and style give the same bytes.
 */
#ifndef DRAW_ANSI_H
#define DRAW_ANSI_H

#include <stddef.h>

#include "base/terminal.h"

struct output;
struct palette;
struct picture;

struct draw_ansi {
	enum terminal_colours colours;
	size_t width;		/* at least TERMINAL_WIDTH_MIN */
	const struct palette *palette;
};

void draw_ansi(const struct draw_ansi *, const struct picture *,
    struct output *);

#endif
