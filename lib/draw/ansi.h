/* SPDX-License-Identifier: ISC */
/*
 * ansi: a picture on a terminal.
 *
 *     1  positive 0.9917  sst2-gru  reat
 *       word     The    fight   scenes  ...   a line a level, each span painted
 *                -0.02  +0.31   -0.12         and its score
 *       phrase   The    fight   scenes  ...
 *                +0.17
 *       sums    text +1.19  bias -0.04  logit +1.15
 *       scale   against -3.16 ========= +3.16 for
 *
 * The scores are there without colours, and as the style's numbers say: by
 * default if the whole picture is then not higher than the screen.
 *
 * With colours, all levels break at the same words (grid.h), so that a word has
 * the same column on every level.  This is impossible if a level lacks words,
 * or if a word has blanks or is wider than the line.  Then, and without
 * colours, each level is broken on its own (pen.h).  The same picture and style
 * give the same bytes.
 */
#ifndef DRAW_ANSI_H
#define DRAW_ANSI_H

#include "draw/view.h"

/* The style's width is at least TERMINAL_WIDTH_MIN. */
extern const struct view view_ansi;

#endif
