/* SPDX-License-Identifier: ISC */
#include "draw/span_tree.h"

#include <math.h>
#include <stdlib.h>

#include "base/display.h"
#include "base/err.h"
#include "base/mem.h"
#include "draw/grid.h"
#include "draw/markup.h"
#include "draw/picture.h"

/* Between the text of a box and its edges, and between two boxes. */
enum { PAD = 6, GAP = 8 };

/* A span, and what decides where it is in preorder. */
struct found {
	const struct score_row *row;
	size_t first, last;	/* columns of the grid, from 0 */
	size_t level;		/* the outer of two with the same words first */
	struct text word;	/* of a leaf; s is NULL for a phrase */
};

static int
compare(const void *pa, const void *pb)
{
	const struct found *a = pa, *b = pb;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	if (a->last != b->last)
		return a->last > b->last ? -1 : 1;
	return a->level < b->level ? -1 : a->level > b->level;
}

static bool
is_phrase(const struct score_row *r)
{
	return r->last > r->first || score_says(r->tag);
}

/* The level "word", or NULL. */
static struct picture_level *
find_words(const struct picture *p)
{
	for (size_t i = 0; i < p->levels; i++)
		if (text_is(p->level[i].name, "word"))
			return &p->level[i];
	return NULL;
}

/*
 * Find the words: those of the level "word", whatever spans other levels have,
 * or without it those that all levels have.
 */
static bool
find_grid(const struct picture *p, struct picture_level *words, struct grid *g)
{
	struct picture only = *p;

	if (words != NULL) {
		only.level = words;
		only.levels = 1;
	}
	return grid_join(g, &only) || bad(p->row[0].at, "no tree: %s",
	    words != NULL ? "words are missing, or a word has a blank" :
	    "the levels do not all have the same words, or a word has a blank");
}

/* The row of word t, or without the level "word" that of another level where
 * the word is a span without a tag. */
static const struct score_row *
find_word(const struct grid *g, const struct picture_level *words, size_t t)
{
	for (size_t i = g->rows; i-- > 0; )
		if (words != NULL || !is_phrase(g->row[i].span[t]))
			return g->row[i].span[t];
	return NULL;
}

/* Collect the phrases of all levels and the words, in preorder. */
static struct found *
collect(const struct picture *p, const struct picture_level *words,
    const struct grid *g, size_t *n)
{
	struct found *found;
	size_t most = g->T;

	for (size_t i = 0; i < p->levels; i++)
		most += p->level[i].n;
	found = MEM_NEW(p->arena, most, struct found);
	*n = 0;
	for (size_t i = 0; i < p->levels; i++)
		for (size_t k = 0; k < p->level[i].n; k++) {
			const struct score_row *r = p->level[i].span[k];

			if (&p->level[i] == words || !is_phrase(r))
				continue;
			if (r->last > g->T) {
				bad(r->at, "no tree: word %zu of level %.*s, "
				    "but there are %zu words", r->last,
				    TEXT_ARGS(r->level), g->T);
				return NULL;
			}
			found[(*n)++] = (struct found){r, r->first - 1,
			    r->last - 1, i, {NULL, 0}};
		}
	for (size_t t = 0; t < g->T; t++)
		found[(*n)++] = (struct found){find_word(g, words, t), t, t,
		    p->levels, g->row[0].word[t]};
	qsort(found, *n, sizeof *found, compare);
	return found;
}

static bool
crossing(const struct found *a, const struct found *b)
{
	return bad(b->row->at, "no tree: the words %zu to %zu of level %.*s "
	    "overlap with %zu to %zu of level %.*s; choose levels with -l",
	    b->first + 1, b->last + 1, TEXT_ARGS(b->row->level), a->first + 1,
	    a->last + 1, TEXT_ARGS(a->row->level));
}

/* Find the node around each one: of those before it, the last that is open. */
static bool
nest(const struct picture *p, const struct found *found, size_t n,
    struct span_node *node)
{
	size_t *open = MEM_NEW(p->arena, n, size_t), depth = 0;

	for (size_t i = 0; i < n; i++) {
		while (depth > 0 &&
		    found[open[depth - 1]].last < found[i].first)
			depth--;
		if (depth > 0 && found[i].last > found[open[depth - 1]].last)
			return crossing(&found[open[depth - 1]], &found[i]);
		node[i].parent = depth > 0 ? open[depth - 1] : i;
		node[i].depth = depth;
		open[depth++] = i;
	}
	return true;
}

static struct text
tag_of(const struct picture *p, const struct score_row *row)
{
	return row != NULL && score_says(row->tag) ?
	    display_clean(p->arena, row->tag) : TEXT("");
}

static double
columns(struct text a, bool small)
{
	double wide = (double)(display_columns(a) * SPAN_TREE_COLUMN);

	return small ? wide * SPAN_TREE_SMALL / 4 : wide;
}

/* The width of the node's box. */
static double
box(const struct picture *p, const struct span_node *node)
{
	double wide = fmax(columns(node->text, false),
	    columns(node->tag, true));

	if (node->row != NULL)
		wide = fmax(wide, columns(markup_score(p, node->row),
		    true));
	return wide + 2 * PAD;
}

/*
 * Place the boxes from left to right.  A node has a field that is as wide as
 * its box or as the fields of its children, in which these are in the middle:
 *
 *     |         [S]         |
 *     |   [NP]   |   [VP]   |
 */
static void
place(struct picture *p, struct span_tree *tree)
{
	struct span_node *node = tree->node;
	size_t n = tree->n, deepest = 0;
	double *field = MEM_NEW(p->arena, n, double);
	double *inside = MEM_NEW(p->arena, n, double);	/* of the children */
	double *next = MEM_NEW(p->arena, n, double);	/* left of a child */
	/* the middles of the first and the last child */
	double *low = MEM_NEW(p->arena, n, double);
	double *high = MEM_NEW(p->arena, n, double);
	double tags = 0;

	for (size_t i = n; i-- > 0; ) {
		size_t to = node[i].parent;

		node[i].wide = box(p, &node[i]);
		field[i] = fmax(node[i].wide, inside[i]);
		if (to != i)
			inside[to] += (inside[to] > 0 ? GAP : 0) + field[i];
		if (!node[i].leaf && node[i].depth + 1 > deepest)
			deepest = node[i].depth + 1;
		if (node[i].tag.n > 0)
			tags = SPAN_TREE_TAG;
	}
	for (size_t i = 0; i < n; i++) {
		size_t to = node[i].parent;
		double *left = to == i ? &tree->wide : &next[to];

		if (to == i && i > 0)
			*left += GAP;
		node[i].x = *left;	/* of the field, so far */
		*left += field[i] + (to == i ? 0 : GAP);
		next[i] = node[i].x + (field[i] - inside[i]) / 2;
	}
	for (size_t i = n; i-- > 0; ) {
		struct span_node *it = &node[i];
		double left = it->x, right = left + field[i];
		double middle = it->leaf ? (left + right) / 2 :
		    (low[i] + high[i]) / 2;

		it->x = fmax(left, fmin(middle - it->wide / 2,
		    right - it->wide));
		it->y = (double)((it->leaf ? deepest : it->depth) *
		    (SPAN_TREE_HIGH + SPAN_TREE_EDGE)) + (it->leaf ? tags : 0);
		low[it->parent] = it->x + it->wide / 2;
		if (high[it->parent] == 0)
			high[it->parent] = low[it->parent];
	}
	tree->high = (double)(deepest * (SPAN_TREE_HIGH + SPAN_TREE_EDGE)) +
	    tags + SPAN_TREE_HIGH;
}

bool
span_tree_make(struct picture *p)
{
	struct span_tree *tree = MEM_NEW(p->arena, 1, struct span_tree);
	struct picture_level *words = find_words(p);
	struct found *found;
	struct grid g;

	if (p->levels == 0)
		return true;	/* only sums */
	if (!find_grid(p, words, &g))
		return false;
	found = collect(p, words, &g, &tree->n);
	if (found == NULL)
		return false;
	tree->node = MEM_NEW(p->arena, tree->n, struct span_node);
	if (!nest(p, found, tree->n, tree->node))
		return false;
	for (size_t i = 0; i < tree->n; i++) {
		struct span_node *node = &tree->node[i];
		struct text tag = tag_of(p, found[i].row);

		node->row = found[i].row;
		node->leaf = found[i].word.s != NULL;
		node->unknown = node->leaf &&
		    picture_unknown(p, found[i].first + 1);
		node->text = node->leaf ? found[i].word : tag;
		node->tag = node->leaf ? tag : TEXT("");
	}
	place(p, tree);
	for (size_t i = 0; g.leftward && i < tree->n; i++)
		tree->node[i].x = tree->wide - tree->node[i].x -
		    tree->node[i].wide;
	p->tree = tree;
	return true;
}

double
span_node_middle(const struct span_node *node)
{
	return node->x + node->wide / 2;
}

double
span_node_top(const struct span_node *node)
{
	return node->y - (node->tag.n > 0 ? SPAN_TREE_TAG : 0);
}
