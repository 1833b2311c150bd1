/* SPDX-License-Identifier: ISC */
/*
 * summary_view: a summary as a page of HTML, or as text for a terminal.
 *
 * The tables come first, then the most confident errors with their pictures
 * (html.h, ansi.h).  The page loads nothing, has no script, and is light or
 * dark as the reader's system is set.
 */
#ifndef DRAW_SUMMARY_VIEW_H
#define DRAW_SUMMARY_VIEW_H

#include <stdbool.h>

struct output;
struct style;
struct summary;

/*
 * The style has both palettes for a page, one for a terminal.  Return false
 * with a message if an error cannot be drawn (picture_make).
 */
bool summary_page(const struct style *, const struct summary *,
    struct output *);
bool summary_text(const struct style *, const struct summary *,
    struct output *);

#endif
