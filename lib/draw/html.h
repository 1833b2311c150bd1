/* SPDX-License-Identifier: ISC */
/*
 * html: pictures as one page of HTML.
 *
 *     <article> a document    <section> a picture of it, side by side
 *     <ul> a level            <li> a span: its words, its score
 *     <nav> a table of the documents, if there are several
 *
 * The page loads nothing and forbids all scripts but its own (page_script.h),
 * without which it is complete.  It is light or dark as the reader's system is
 * set, and prints in colour.  Colours are classes
 * (markup.h).  Each row of a grid is a list, and all lists lie in one place.
 * The lines of each list are as high as all rows together, and each list is
 * moved down by one row more than the list before:
 *
 *     +- list 1 -----------+- list 2 -----------+- both -------------+
 *     | The  fight  scenes |                    | The  fight  scenes |
 *     |                    | The  fight  scenes | The  fight  scenes |
 *     | are  fun           |                    | are  fun           |
 *     |                    | are  fun           | are  fun           |
 *     +--------------------+--------------------+--------------------+
 *
 * Words have equal widths in all lists, so all lists break at the same words.
 * A screen reader reads level after level, and the eye sees each word below
 * itself, at any width of the window.
 *
 * Long stretches of words without a score are folded (grid_fold.h).  A checkbox
 * before the grid, which needs no script, shows them.
 */
#ifndef DRAW_HTML_H
#define DRAW_HTML_H

#include "draw/view.h"

/* The style's width, if it is not 0, is the least of a picture. */
extern const struct view view_html;

/*
 * For other pages with pictures: the rules of their style, and a picture.
 * *folds is 0 at the beginning of a page; it counts the grids with folded
 * stretches.
 */
void html_style(const struct style *, struct output *);
void html_section(const struct picture *, size_t *folds, struct output *);

#endif
