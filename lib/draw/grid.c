/* SPDX-License-Identifier: ISC */
#include "draw/grid.h"

#include <string.h>

#include "base/display.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "draw/picture.h"

/* The blanks in a span's text: one less than its words. */
static size_t
count_blanks(struct text a)
{
	size_t blanks = 0;

	for (size_t i = 0; i < a.n; i++)
		blanks += a.s[i] == ' ';
	return blanks;
}

/* The words of a level; 0 if it lacks words, or a word has blanks. */
static size_t
count_words(const struct picture_level *level)
{
	size_t next = 1;

	for (size_t i = 0; i < level->n; i++) {
		const struct score_row *r = level->span[i];

		if (r->first != next ||
		    r->last - r->first != count_blanks(r->text))
			return 0;
		next = r->last + 1;
	}
	return next - 1;
}

static void
make(struct grid *g, struct arena *arena, size_t rows, size_t T)
{
	*g = (struct grid){.T = T, .rows = rows};
	g->row = MEM_NEW(arena, rows, struct grid_row);
	g->columns = MEM_NEW(arena, T, size_t);
	g->ends = MEM_NEW(arena, T, size_t);
	g->joined = MEM_NEW(arena, T, bool);
	for (size_t i = 0; i < rows; i++) {
		g->row[i].word = MEM_NEW(arena, T, struct text);
		g->row[i].span = MEM_NEW(arena, T, const struct score_row *);
		g->row[i].unknown = MEM_NEW(arena, T, bool);
	}
}

static void
put(struct grid *g, struct grid_row *row, size_t t, struct text clean,
    const struct score_row *span)
{
	size_t w = display_columns(clean);

	row->word[t] = clean;
	row->span[t] = span;
	if (w > g->columns[t])
		g->columns[t] = w;
}

/* Fill a row with the words of a level; gaps: dots for words it lacks. */
static void
fill(struct grid *g, const struct picture *p, struct grid_row *row,
    const struct picture_level *level, bool gaps)
{
	size_t t = 0, next = 1;

	row->level = level;
	for (size_t i = 0; i < level->n; i++) {
		const struct score_row *r = level->span[i];
		struct text rest = r->text;
		/* without the words' own blanks, each has its id */
		size_t id = r->last - r->first == count_blanks(rest) ?
		    r->first : 0;

		if (gaps && r->first > next)
			put(g, row, t++, TEXT("..."), NULL);
		while (rest.s != NULL) {
			row->unknown[t] = id > 0 && picture_unknown(p, id++);
			put(g, row, t++, display_clean(p->arena,
			    text_cut(&rest, ' ')), level->span[i]);
		}
		g->ends[t - 1]++;
		next = r->last + 1;
	}
}

/* True if the words are written from right to left. */
static bool
is_leftward(const struct grid *g)
{
	for (size_t t = 0; t < g->T; t++) {
		struct text rest = g->row[0].word[t];
		uint32_t c;

		while (rest.n > 0) {
			size_t n = utf8_decode(rest, &c);

			if (utf8_direction(c) != 0)
				return utf8_direction(c) < 0;
			rest.s += n;
			rest.n -= n;
		}
	}
	return false;
}

bool
grid_join(struct grid *g, const struct picture *p)
{
	size_t T = p->levels == 0 ? 0 : count_words(&p->level[0]);

	for (size_t i = 1; i < p->levels; i++)
		if (count_words(&p->level[i]) != T)
			return false;
	if (T == 0)
		return false;
	make(g, p->arena, p->levels, T);
	for (size_t i = 0; i < p->levels; i++)
		fill(g, p, &g->row[i], &p->level[i], false);
	g->leftward = is_leftward(g);
	return true;
}

void
grid_alone(struct grid *g, const struct picture *p, size_t i)
{
	const struct picture_level *level = &p->level[i];
	size_t T = 0, next = 1;

	for (size_t k = 0; k < level->n; k++) {
		const struct score_row *r = level->span[k];

		T += (r->first > next) + count_blanks(r->text) + 1;
		next = r->last + 1;
	}
	make(g, p->arena, 1, T);
	fill(g, p, &g->row[0], level, true);
	g->leftward = is_leftward(g);
}

/* How many pieces of at most this width a makes. */
static size_t
count_pieces(struct text a, size_t widest)
{
	size_t pieces = 1;

	for (size_t n; (n = display_fitting(a, widest)) < a.n; pieces++) {
		a.s += n;
		a.n -= n;
	}
	return pieces;
}

/* Put column t of g into columns k to k + pieces - 1 of to. */
static void
cut_column(struct grid *to, size_t k, size_t pieces, const struct grid *g,
    size_t t, size_t widest)
{
	for (size_t i = 0; i < g->rows; i++) {
		struct text rest = g->row[i].word[t];

		for (size_t j = 0; j < pieces; j++) {
			size_t n = display_fitting(rest, widest);

			put(to, &to->row[i], k + j, (struct text){rest.s, n},
			    g->row[i].span[t]);
			to->row[i].unknown[k + j] = g->row[i].unknown[t];
			rest.s += n;
			rest.n -= n;
		}
	}
	to->joined[k] = g->joined[t];
	for (size_t j = 1; j < pieces; j++)
		to->joined[k + j] = true;
	to->ends[k + pieces - 1] = g->ends[t];
}

void
grid_cut(struct grid *g, const struct picture *p, size_t widest)
{
	size_t *pieces = MEM_NEW(p->arena, g->T, size_t), T = 0, k = 0;
	struct grid to;

	for (size_t t = 0; t < g->T; t++) {
		pieces[t] = 1;
		for (size_t i = 0; i < g->rows &&
		    g->columns[t] > widest; i++) {
			size_t n = count_pieces(g->row[i].word[t], widest);

			pieces[t] = n > pieces[t] ? n : pieces[t];
		}
		T += pieces[t];
	}
	if (T == g->T)
		return;
	make(&to, p->arena, g->rows, T);
	to.leftward = g->leftward;
	for (size_t i = 0; i < g->rows; i++)
		to.row[i].level = g->row[i].level;
	for (size_t t = 0; t < g->T; k += pieces[t++])
		cut_column(&to, k, pieces[t], g, t, widest);
	*g = to;
}

/* Widen the spans of a row. */
static void
widen(struct grid *g, const struct picture *p, const struct grid_row *row,
    size_t small, bool one)
{
	for (size_t t = 0, end; t < g->T; t = end) {
		size_t have = 0, need, best = t;

		end = grid_run(row, t, g->T);
		if (row->span[t] == NULL)
			continue;
		for (size_t k = t; k < end; k++) {
			have += g->columns[k];
			best = g->columns[k] > g->columns[best] ? k : best;
		}
		if (one)
			have = g->columns[best];
		need = (strlen(picture_score(p, row->span[t])) * small + 3) /
		    4;
		if (need > have)
			g->columns[one ? best : end - 1] += need - have;
	}
}

void
grid_widen(struct grid *g, const struct picture *p, size_t small, bool one)
{
	for (size_t i = 0; i < g->rows; i++)
		widen(g, p, &g->row[i], small, one);
}

size_t
grid_band(const struct grid *g, size_t t, size_t room, size_t pad, size_t gap)
{
	size_t used = 0, best = t + 1, ends = 0;

	for (; t < g->T; t++) {
		used += g->columns[t] + 2 * pad;
		if (used > room)
			return best;
		if (used < room / 2 || g->ends[t] >= ends) {
			best = t + 1;
			ends = used < room / 2 ? 0 : g->ends[t];
		}
		used += gap;
	}
	return g->T;
}

size_t
grid_run(const struct grid_row *row, size_t t, size_t end)
{
	size_t from = t++;

	while (t < end && row->span[t] == row->span[from])
		t++;
	return t;
}
