/* SPDX-License-Identifier: ISC */
/*
 * grid: levels of a picture as rows over the same columns.
 *
 *     word     The   fight   scenes   are   fun     T columns, one a word
 *     phrase   The   fight   scenes   are   fun     or a piece of a long one
 *
 * Levels with the same words share a grid, in which a word has the same column
 * on every level.  Any other level has a grid of its own, with three dots in
 * place of the words that it lacks.  A grid is broken into bands of columns,
 * each as wide as a line.  If the first letter with a direction (UAX 9) is
 * written from right to left, as in Arabic, so is the grid: drawings have its
 * first column at the right.  Grids lie in the picture's arena, and their texts
 * are clean (display.h).
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
	bool *unknown;			/* [T] the model does not know it */
};

struct grid {
	size_t T, rows;
	bool leftward;		/* from right to left */
	struct grid_row *row;	/* [rows] */
	size_t *columns;	/* [T] width of the widest word */
	size_t *ends;		/* [T] how many spans end here, in all rows */
	bool *joined;		/* [T] the word began in the column before */
};

/*
 * Make one grid of all levels.  Returns false if there is no level, or if the
 * levels do not all have the same words 1 to T, separated by blanks in the
 * texts of their spans.
 */
bool grid_join(struct grid *, const struct picture *);

/* Make a grid of level i alone. */
void grid_alone(struct grid *, const struct picture *, size_t i);

/*
 * Cut the words that are wider than this into pieces, a column of the grid for
 * each piece.
 */
void grid_cut(struct grid *, const struct picture *, size_t widest);

/*
 * Widen each span to the columns of its number, in which a character takes
 * small / 4 columns.  one: one of its columns alone is as wide, so that the
 * number fits on one of its lines.
 */
void grid_widen(struct grid *, const struct picture *, size_t small, bool one);

/*
 * Returns the end of the band that begins with column t: the column after its
 * last.  A band fits into room, with pad on both sides of a word and gap
 * between two words.  If the line stays at least half full, the band ends where
 * the spans of the most rows end.
 */
size_t grid_band(const struct grid *, size_t t, size_t room, size_t pad,
    size_t gap);

/* The first column after t that is not of its span, at most end. */
size_t grid_run(const struct grid_row *, size_t t, size_t end);

#endif
