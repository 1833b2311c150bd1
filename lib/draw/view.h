/* SPDX-License-Identifier: ISC */
/*
 * view: a format in which pictures are drawn.
 *
 * Each format is a const struct view in a file of its own: view_ansi,
 * view_html, ...  A drawing is one output in such a format: a head, any number
 * of pictures, a foot.
 */
#ifndef DRAW_VIEW_H
#define DRAW_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/option.h"
#include "base/text.h"
#include "draw/style.h"

struct arena;
struct output;
struct picture;

struct drawing {
	const struct view *view;
	const struct style *style;
	struct output *out;
	struct arena *arena;	/* until drawing_end */
	void *own;		/* the format's own state, in the arena */
	size_t n;		/* pictures drawn so far */
	struct text doc;	/* the document of the last picture */
	struct arena *doc_arena;
	bool new_doc;		/* no picture before it is of its document */
};

struct view {
	struct option_name is;
	enum style_palettes palettes;
	bool trees;		/* it draws the tree of a picture; otherwise
				 * its levels */
	void (*begin)(struct drawing *);	/* or NULL */
	void (*draw)(struct drawing *, const struct picture *);
	void (*end)(struct drawing *);		/* or NULL */
};

/* The style and the output are the caller's until drawing_end. */
void drawing_begin(struct drawing *, const struct view *,
    const struct style *, struct output *);

/* Draw a picture, which the caller may then change. */
void drawing_add(struct drawing *, const struct picture *);

/* Write what is left and free the drawing. */
void drawing_end(struct drawing *);

#endif
