/* SPDX-License-Identifier: ISC */
/*
 * grid: levels of a picture as rows over the same columns.
 *
 *     word     The   fight   scenes   are   fun     T columns, one a word
 *     phrase   The   fight   scenes   are   fun     or a piece of a long one
 *
 * Levels that hold the same words share a grid, in which each word stands below
 * itself.  Any other level has a grid of its own, in which three dots stand
 * for the words that it lacks.  A grid is broken into bands of columns, each
 * as wide as a line.  Where the first letter that tells (UAX 9) is written to
 * the left, as Arabic is, so is the grid: drawings have its first column at the
 * right.  All of it lies in the picture's arena; texts are clean
 * (display.h).
 */
#ifndef DRAW_GRID_H
#define DRAW_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct picture;
struct picture_level;
struct score_row;

struct grid_row {
	const struct picture_level *level;
	struct text *word;			/* [T] */
	const struct score_row **span;	/* [T] NULL: no score here */
};

struct grid {
	size_t T, rows;
	bool leftward;		/* the first column is the rightmost */
	struct grid_row *row;	/* [rows] */
	size_t *columns;	/* [T] a terminal's, of the widest word */
	size_t *ends;		/* [T] in how many rows a span ends here */
	bool *joined;		/* [T] goes on with the word before */
};

/*
 * All levels as one grid.  False if they do not all hold the same words 1 to T,
 * as far as blanks tell, or if there is none.
 */
bool grid_join(struct grid *, const struct picture *);

/* Level i alone. */
void grid_alone(struct grid *, const struct picture *, size_t i);

/* Cut what is wider than so many columns into pieces, each a column. */
void grid_cut(struct grid *, const struct picture *, size_t widest);

/*
 * Where the band that begins with column t ends (the first behind it): as far
 * as it fits into room with pad on both sides of a word and gap between two,
 * but rather, if that leaves the line half full, where spans of many rows end.
 */
size_t grid_band(const struct grid *, size_t t, size_t room, size_t pad,
    size_t gap);

/* The first column behind t, at most end, that is not of the same span. */
size_t grid_run(const struct grid_row *, size_t t, size_t end);

#endif
