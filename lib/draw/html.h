/* SPDX-License-Identifier: ISC */
/*
 * html: pictures as one page of HTML.
 *
 *     <article> a document    <section> a picture of it, side by side
 *     <ul> a level            <li> a span: its words, its score
 *
 * The page needs nothing from outside, holds no script, and forbids both; it
 * follows the reader's choice of light or dark and prints in colour.  Colours
 * are classes (markup.h).  The rows of a grid are lists on top of each other,
 * each with lines as high as all rows and set off by one: words of equal width
 * break alike in all of them.  So a screen reader meets level after level, and
 * the eye sees each word below itself at any width of the window.
 */
#ifndef DRAW_HTML_H
#define DRAW_HTML_H

#include "draw/view.h"

/* The style's width, if it is not 0, is the least of a picture. */
extern const struct view view_html;

#endif
