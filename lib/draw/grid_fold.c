/* SPDX-License-Identifier: ISC */
#include "draw/grid_fold.h"

#include "base/mem.h"
#include "draw/grid.h"
#include "draw/picture.h"

/* True if the score of the span at column t is shown as zero. */
static bool
is_zero(const struct grid_row *row, const struct picture *p, size_t t)
{
	const char *number;

	if (row->span[t] == NULL)
		return true;
	number = picture_score(p, row->span[t]);
	return *number != '+' && *number != '-';
}

/* Unmark the words that have a score in this row, or the first word of longer
 * spans. */
static void
unmark(size_t *fold, const struct grid *g, const struct grid_row *row,
    const struct picture *p)
{
	for (size_t t = 0, end; t < g->T; t = end) {
		size_t k = t;

		end = grid_run(row, t, g->T);
		while (k < end && fold[k] > 0)
			k++;
		if (k == end && !is_zero(row, p, t))
			for (k = t; k < end && (k == t || g->joined[k]); k++)
				fold[k] = 0;
	}
}

size_t *
grid_fold(const struct grid *g, const struct picture *p, size_t least)
{
	size_t *fold = MEM_NEW(p->arena, g->T, size_t), words = 0;
	bool any = false;

	while (words < g->rows &&
	    score_level(g->row[words].level->name) != SCORE_WORD)
		words++;
	if (words == g->rows)
		return NULL;
	for (size_t t = 0; t < g->T; t++)
		fold[t] = 1;
	unmark(fold, g, &g->row[words], p);
	for (size_t i = 0; i < g->rows; i++)
		unmark(fold, g, &g->row[i], p);
	for (size_t t = 0, end; t < g->T; t = end + 1) {
		size_t n;

		for (end = t; end < g->T && fold[end] > 0; end++)
			;
		n = end - t;
		any = any || n >= least;
		for (size_t k = t; k < end; k++)
			fold[k] = n < least ? 0 : k == t ? n : 1;
	}
	return any ? fold : NULL;
}
