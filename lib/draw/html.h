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

#include <stdbool.h>

#include "base/text.h"
#include "draw/markup.h"

struct arena;
struct output;
struct picture;

struct draw_html {
	const struct markup *style;	/* the caller's */
	struct arena *arena;		/* doc lies here */
	struct text doc;		/* whose article is open, or none */
};

void draw_html_begin(struct draw_html *, struct output *);
void draw_html(struct draw_html *, const struct picture *, struct output *);
void draw_html_end(struct draw_html *, struct output *);

#endif
