/* SPDX-License-Identifier: ISC */
#include "draw/svg.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/display.h"
#include "base/mem.h"
#include "base/output.h"
#include "draw/grid.h"
#include "draw/markup.h"
#include "draw/picture.h"
#include "draw/span_tree.h"
#include "draw/svg_sheet.h"
#include "draw/svg_tree.h"

/* Lengths in pixels. */
enum {
	WIDTH = 80,		/* columns of a picture */
	WIDEST = 40,		/* of a piece of a word, or half the width */
	SHEET = 1520,		/* of the pictures beside each other */
	SMALL = 3,		/* quarters of a column that a digit takes */
	COLUMN = SVG_COLUMN,
	PAD = 6,		/* at both ends of a word */
	GAP = 4,		/* between two words */
	MARGIN = 16,		/* around each picture */
	LINE = 24,		/* of the heading, the sums and the scale */
	ROW = 42, HIGH = 38,	/* a row of a grid, and what is painted */
	BAND = 10,		/* between two bands of a grid */
	TREE = 16,		/* above and below a tree, together */
	SHADE = 6,		/* of the scale */
};

/* A line of plain words, broken at the width. */
struct line {
	struct output *o;
	const struct picture *p;
	double left, y;
	size_t at, width;	/* columns */
	double right;		/* end of the widest line or grid so far */
};

/* The state of a drawing. */
struct svg {
	struct output body;	/* the temporary file */
	double left, right;	/* of the next picture, of all so far */
	double top, bottom;	/* of the pictures of this row */
};

static void
open_body(struct drawing *d)
{
	struct svg *svg = MEM_NEW(d->arena, 1, struct svg);

	svg->body = output_temporary();
	d->own = svg;
}

static void
next_line(struct line *l)
{
	if (l->at > 0)
		l->y += LINE;
	l->at = 0;
}

/* Put a text on the line; a text wider than a line is cut. */
static void
say(struct line *l, const char *class, struct text text)
{
	struct text clean = display_cut(l->p->arena, text, l->width);
	size_t columns = display_columns(clean);

	if (l->at > 0 && l->at + columns > l->width)
		next_line(l);
	svg_text(l->o, l->p->arena, class, l->left + (double)(l->at * COLUMN),
	    l->y + LINE - 7, clean, columns);
	l->at += columns;
	l->right = fmax(l->right, l->left + (double)(l->at * COLUMN));
	l->at += 2;
}

static void
say_number(struct line *l, const char *name, const char *number)
{
	struct text minus = markup_minus(l->p->arena, number);

	say(l, "sum", text_of(mem_printf(l->p->arena, "%s %.*s", name,
	    TEXT_ARGS(minus))));
}

static void
heading(struct line *l)
{
	const struct score_row *r = &l->p->row[0];
	struct text verdict = picture_verdict(l->p);

	say(l, "strong", r->doc);
	say(l, "strong", r->class);
	say(l, "strong", text_of(mem_printf(l->p->arena, "%.4f",
	    (double)r->prob)));
	if (verdict.n > 0)
		say(l, picture_outcome(l->p) == REMARK_WRONG ? "strong" :
		    "sum", verdict);
	if (score_says(r->model))
		say(l, "label", r->model);
	if (score_says(r->method))
		say(l, "label", r->method);
	next_line(l);
}

/* The places of a grid's columns. */
struct layout {
	double *x;		/* [T] the painted left edge */
	size_t *band;		/* [T] from 0 */
	size_t bands;
};

static double
wide(const struct grid *g, size_t t)
{
	return (double)(g->columns[t] * COLUMN + 2 * PAD);
}

static void
lay_out(struct layout *at, const struct grid *g, struct arena *arena,
    double left, size_t room)
{
	struct grid pixels = *g;	/* its columns in pixels */
	double far = 0;			/* the end of the widest band */

	pixels.columns = MEM_NEW(arena, g->T, size_t);
	for (size_t t = 0; t < g->T; t++)
		pixels.columns[t] = g->columns[t] * COLUMN;
	*at = (struct layout){MEM_NEW(arena, g->T, double),
	    MEM_NEW(arena, g->T, size_t), 0};
	for (size_t t = 0, end; t < g->T; at->bands++) {
		double x = left;

		end = grid_band(&pixels, t, room, PAD, GAP);
		for (size_t from = t; t < end; t++) {
			if (g->joined[t] && t > from)
				x -= 2 * PAD + GAP;
			at->x[t] = x;
			at->band[t] = at->bands;
			x += wide(g, t) + GAP;
		}
		far = fmax(far, x - GAP);
	}
	for (size_t t = 0; g->leftward && t < g->T; t++)
		at->x[t] = left + far - at->x[t] - wide(g, t);
}

/* The x where the word or the number of column t begins. */
static double
begin(const struct grid *g, const struct layout *at, size_t t)
{
	return g->leftward ? at->x[t] + wide(g, t) - PAD : at->x[t] + PAD;
}

/* Write a span, columns t to end - 1: a piece in each of its bands. */
static void
span(struct output *o, const struct picture *p, const struct grid *g,
    const struct grid_row *row, const struct layout *at, size_t t,
    size_t end, double top)
{
	const struct score_row *s = row->span[t];
	size_t from = t;
	char shade[4];

	output_printf(o, "<g role=\"listitem\" class=\"%s\"%s>\n", s == NULL ?
	    "gap" : markup_shade(p, s, shade),
	    g->leftward ? " direction=\"rtl\"" : "");
	for (size_t stop = t; t < end; t = stop) {
		double y = top + (double)(at->band[t] *
		    (g->rows * ROW + BAND));
		size_t l, r;	/* the leftmost and rightmost column */

		while (stop < end && at->band[stop] == at->band[t])
			stop++;
		l = g->leftward ? stop - 1 : t;
		r = g->leftward ? t : stop - 1;
		if (s != NULL)
			output_printf(o, "<rect x=\"%g\" y=\"%g\" width=\"%g\""
			    " height=\"%d\" rx=\"4\"/>\n", at->x[l], y,
			    at->x[r] + wide(g, r) - at->x[l], HIGH);
		for (size_t k = t; k < stop; k++)
			svg_text(o, p->arena, row->unknown[k] ? "unknown" :
			    NULL, begin(g, at, k), y + 17,
			    row->word[k], display_columns(row->word[k]));
		if (s != NULL && t == from) {
			output_printf(o, "<text class=\"number\" x=\"%g\" "
			    "y=\"%g\"%s>", begin(g, at, t), y + 32,
			    g->leftward ? " direction=\"ltr\" "
			    "text-anchor=\"end\"" : "");
			output_text(o, markup_score(p, s));
			output_string(o, "</text>\n");
		}
	}
	output_string(o, "</g>\n");
}

static void
draw_grid(struct line *l, const struct grid *g)
{
	const struct picture *p = l->p;
	size_t indent = 0;
	struct layout at;

	for (size_t i = 0; i < g->rows; i++) {
		size_t w = display_columns(display_clean(p->arena,
		    g->row[i].level->name)) + 2;

		indent = w > indent ? w : indent;
	}
	indent = indent > l->width / 3 ? l->width / 3 : indent;
	lay_out(&at, g, p->arena, l->left + (double)(indent * COLUMN),
	    (l->width - indent) * COLUMN);
	for (size_t i = 0; i < g->rows; i++) {
		const struct grid_row *row = &g->row[i];
		double y = l->y + (double)(i * ROW);
		struct text name = display_cut(p->arena, row->level->name,
		    indent > 5 ? indent - 1 : 4);

		svg_text(l->o, p->arena, "label", l->left, y + 17, name,
		    display_columns(name));
		output_string(l->o, "<g role=\"list\" aria-label=\"");
		markup_xml(l->o, p->arena, row->level->name);
		output_string(l->o, "\">\n");
		for (size_t t = 0, end; t < g->T; t = end) {
			end = grid_run(row, t, g->T);
			span(l->o, p, g, row, &at, t, end, y);
		}
		output_string(l->o, "</g>\n");
	}
	for (size_t t = 0; t < g->T; t++)
		l->right = fmax(l->right, at.x[t] + wide(g, t));
	l->y += (double)(at.bands * (g->rows * ROW + BAND)) - BAND / 2;
}

/* Write the tree, which is not broken at the width. */
static void
draw_tree(struct line *l)
{
	const struct span_tree *tree = l->p->tree;

	l->y += TREE / 2;
	svg_tree(l->o, l->p, l->left, l->y);
	l->right = fmax(l->right, l->left + tree->wide);
	l->y += tree->high + TREE / 2;
}

static void
draw_grids(struct line *l)
{
	size_t n;
	struct grid *g = markup_grids(l->p, l->width / 2 < WIDEST ?
	    l->width / 2 : WIDEST, SMALL, &n);

	for (size_t i = 0; i < n; i++)
		draw_grid(l, &g[i]);
}

static void
draw_scale(struct line *l, const struct picture_scale *scale)
{
	const struct picture *p = l->p;

	if (scale->of != NULL)
		say(l, "sum", text_of(mem_printf(p->arena, "%s:", scale->of)));
	say_number(l, "against", picture_number(p, scale, -scale->full));
	if ((l->width - l->at) * COLUMN < (2 * PALETTE_SHADES + 1) * SHADE)
		next_line(l);
	output_printf(l->o, "<use href=\"#scale\" x=\"%g\" y=\"%g\"/>\n",
	    l->left + (double)(l->at * COLUMN), l->y + 7);
	l->at += (2 * PALETTE_SHADES + 1) * SHADE / COLUMN + 2;
	say(l, "sum", text_of(mem_printf(p->arena, "%s for",
	    picture_number(p, scale, scale->full))));
	next_line(l);
}

static void
sums_and_scales(struct line *l)
{
	const struct picture *p = l->p;
	struct picture_total total[PICTURE_TOTALS];
	size_t n = picture_totals(p, total);

	for (size_t i = 0; i < n; i++)
		say_number(l, total[i].name, total[i].number);
	if (*p->same != '\0')
		say(l, "sum", text_of(mem_printf(p->arena, "same %s",
		    p->same)));
	next_line(l);
	if (p->marked) {
		say(l, "unknown", TEXT("dotted:"));
		say(l, "sum", TEXT(PICTURE_UNKNOWN));
	}
	next_line(l);
	for (size_t i = 0; i < p->scales; i++)
		draw_scale(l, &p->scale[i]);
}

/* Draw a picture at the place of the next one, in memory. */
static struct line
draw_there(struct drawing *d, const struct picture *p, struct output *o)
{
	const struct svg *svg = d->own;
	struct line l = {.o = o, .p = p, .width = d->style->width > 0 ?
	    d->style->width : WIDTH, .left = svg->left + MARGIN,
	    .y = svg->top + MARGIN};

	*o = output_to(-1, "");
	output_string(o, "<g role=\"group\" aria-label=\"");
	markup_xml(o, p->arena, d->doc);
	output_string(o, "\">\n");
	heading(&l);
	if (p->tree != NULL)
		draw_tree(&l);
	else
		draw_grids(&l);
	sums_and_scales(&l);
	output_string(o, "</g>\n");
	return l;
}

/* Begin a row of pictures. */
static void
next_row(struct svg *svg)
{
	svg->left = 0;
	svg->top = svg->bottom;
}

static void
draw(struct drawing *d, const struct picture *p)
{
	struct svg *svg = d->own;
	struct output o;
	struct line l;

	if (d->new_doc)
		next_row(svg);
	l = draw_there(d, p, &o);
	if (svg->left > 0 && l.right + MARGIN > SHEET) {
		output_done(&o, 0);
		next_row(svg);
		l = draw_there(d, p, &o);
	}
	output_bytes(&svg->body, o.buf, o.n);
	output_done(&o, 0);
	svg->bottom = fmax(svg->bottom, l.y + MARGIN);
	svg->left = l.right + MARGIN;
	svg->right = fmax(svg->right, svg->left);
}

static void
end(struct drawing *d)
{
	struct svg *svg = d->own;
	struct output *o = d->out;
	double wide = svg->right > 0 ? svg->right : 2 * MARGIN;
	double high = svg->bottom > 0 ? svg->bottom : 2 * MARGIN;
	char name[4];

	svg_begin(o, d->style, wide, high,
	    "Scores of words, phrases and clauses");
	output_string(o, "<defs>\n<g id=\"scale\">\n");
	for (int k = -PALETTE_SHADES; k <= PALETTE_SHADES; k++)
		output_printf(o, "<rect class=\"%s\" x=\"%d\" width=\"%d\" "
		    "height=\"12\"/>\n", markup_shade_name(k, name),
		    (k + PALETTE_SHADES) * SHADE, SHADE);
	output_string(o, "</g>\n</defs>\n");
	svg_page(o);
	output_part(o, &svg->body, 0, SIZE_MAX);
	output_string(o, "</svg>\n");
	output_done(&svg->body, 0);
}

const struct view view_svg = {
	.is = {"svg", "a drawing"},
	.palettes = STYLE_BOTH,
	.trees = true,
	.begin = open_body,
	.draw = draw,
	.end = end,
};
