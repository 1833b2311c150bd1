/* SPDX-License-Identifier: ISC */
/*
 * grid_fold: the stretches of a long text whose words have no score.
 *
 *     fun   it   was   the   last   of   tedious      scores of words
 *     +1.0  0.00 0.00  0.00  0.00   0.00 -2.0         as they are shown
 *           |--- a stretch of 5 --------|
 *
 * A span of another level that lies in a stretch and has a score keeps its
 * first word, where the score is shown.
 */
#ifndef DRAW_GRID_FOLD_H
#define DRAW_GRID_FOLD_H

#include <stddef.h>

struct grid;
struct picture;

/*
 * Returns [T], in the picture's arena: 0 for a column that is shown; the length
 * for the first column of a stretch of least or more columns; 1 for the others
 * of it.  least is 2 or more.  NULL if there is no stretch, or no level of
 * words.
 */
size_t *grid_fold(const struct grid *, const struct picture *, size_t least);

#endif
