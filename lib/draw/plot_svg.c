/* SPDX-License-Identifier: ISC */
#include "draw/plot_svg.h"

#include <math.h>

#include "base/display.h"
#include "base/mem.h"
#include "base/output.h"
#include "draw/box.h"
#include "draw/markup.h"
#include "draw/svg_sheet.h"

enum {
	WIDTH = 80,		/* columns of a drawing; then pixels: */
	TICK = 100,		/* of the axis for each tick */
	MARGIN = 16,
	ROW = 28, HIGH = 18,	/* a row, and the box in it */
};

struct sheet {
	struct output *o;
	struct arena *arena;
	const struct plot *plot;
	struct axis axis;
	size_t key, count;	/* columns */
	double left, wide;	/* the axis */
};

static double
at(const struct sheet *s, double v)
{
	/* to a tenth, so that no rounding error changes the bytes */
	return round((s->left + axis_place(&s->axis, v) * s->wide) * 10) / 10;
}

static void
rule(const struct sheet *s, const char *class, double x1, double y1,
    double x2, double y2)
{
	output_printf(s->o, "<line class=\"%s\" x1=\"%g\" y1=\"%g\" "
	    "x2=\"%g\" y2=\"%g\"/>\n", class, x1, y1, x2, y2);
}

static void
text_at(const struct sheet *s, const char *class, double x, double y,
    struct text clean)
{
	svg_text(s->o, s->arena, class, x, y, clean, display_columns(clean));
}

/* Write the label of a box for screen readers. */
static void
describe(const struct sheet *s, size_t i)
{
	const struct box *b = &s->plot->box[i];

	output_string(s->o, "<g role=\"listitem\" aria-label=\"");
	markup_xml(s->o, s->arena, s->plot->box[i].key);
	output_text(s->o, markup_minus(s->arena, mem_printf(s->arena,
	    ": n %zu, median %.3g, quartiles %.3g to %.3g, whiskers %.3g to "
	    "%.3g, outliers %zu", b->n, b->median, b->q1, b->q3, b->low,
	    b->high, b->below + b->above)));
	output_string(s->o, "\">\n");
}

static void
draw_row(const struct sheet *s, size_t i, double y)
{
	const struct box *b = &s->plot->box[i];
	struct text count = text_of(mem_printf(s->arena, "%zu", b->n));
	double middle = y + ROW / 2, top = middle - HIGH / 2;
	char shade[4];

	describe(s, i);
	text_at(s, NULL, MARGIN, middle + 5, display_cut(s->arena, b->key,
	    s->key));
	text_at(s, "label", MARGIN + (double)((s->key + 2 + s->count -
	    count.n) * SVG_COLUMN), middle + 5, count);
	rule(s, "rule", at(s, b->low), middle, at(s, b->q1), middle);
	rule(s, "rule", at(s, b->q3), middle, at(s, b->high), middle);
	rule(s, "rule", at(s, b->low), top + 4, at(s, b->low),
	    top + HIGH - 4);
	rule(s, "rule", at(s, b->high), top + 4, at(s, b->high),
	    top + HIGH - 4);
	output_printf(s->o, "<rect class=\"rule %s\" x=\"%g\" y=\"%g\" "
	    "width=\"%g\" height=\"%d\"/>\n", markup_shade_name(palette_shade(
	    plot_share(&s->axis, b->median)), shade), at(s, b->q1), top,
	    at(s, b->q3) - at(s, b->q1), HIGH);
	rule(s, "edge", at(s, b->median), top, at(s, b->median), top + HIGH);
	rule(s, "median", at(s, b->median), top, at(s, b->median),
	    top + HIGH);
	for (size_t k = 0; k < b->n; k++)
		if (plot_is_outlier(s->plot, b, k))
			output_printf(s->o, "<circle class=\"rule\" cx=\"%g\""
			    " cy=\"%g\" r=\"3\"/>\n", at(s, b->value[k]),
			    middle);
	output_string(s->o, "</g>\n");
}

/* Draw a line for each tick, behind the boxes, and its label below. */
static void
draw_axis(const struct sheet *s, double top, double bottom)
{
	double free = 0;		/* labels may begin here */

	for (size_t i = 0; i < axis_ticks(&s->axis); i++) {
		double v = axis_tick(&s->axis, i);
		struct text label = markup_minus(s->arena, axis_label(
		    &s->axis, s->arena, v));
		double half = (double)(display_columns(label) * SVG_COLUMN) /
		    2;

		rule(s, v == 0 ? "zero" : "tick", at(s, v), top, at(s, v),
		    bottom);
		if (at(s, v) - half < free)
			continue;
		text_at(s, "label", at(s, v) - half, bottom + 18, label);
		free = at(s, v) + half + SVG_COLUMN;
	}
}

static const char css[] =
    "<style>\n"
    ".rule { stroke: #44474d; stroke-width: 1.2 }\n"
    "circle.rule { fill: none }\n"
    /* black with a white edge, or the reverse, is visible on each shade */
    ".edge { stroke: #fff; stroke-width: 5 }\n"
    ".median { stroke: #000; stroke-width: 2 }\n"
    ".tick { stroke: #e2e3e6 }\n"
    ".zero { stroke: #8d9098; stroke-dasharray: 3 3 }\n"
    "@media screen and (prefers-color-scheme: dark) {\n"
    ".rule { stroke: #b9bcc4 }\n"
    ".tick { stroke: #2f3238 }\n"
    ".zero { stroke: #7b7f88 }\n"
    ".edge { stroke: #000 }\n"
    ".median { stroke: #fff }\n"
    "}\n"
    "</style>\n";

static void
draw(const struct style *style, const struct plot *p, struct output *o)
{
	size_t width = style->width > 0 ? style->width : WIDTH;
	struct sheet s = {.o = o, .plot = p, .arena = mem_arena()};
	double top = MARGIN + 20, bottom = top + (double)(p->n * ROW);

	svg_begin(o, style, (double)(width * SVG_COLUMN) + 2 * MARGIN,
	    bottom + MARGIN + 20, "Distributions by key");
	output_string(o, css);
	svg_page(o);
	if (p->n > 0) {
		s.key = plot_keys(p, s.arena, width / 3 - 4);
		s.count = plot_counts(p);
		s.left = MARGIN + (double)((s.key + s.count + 4) *
		    SVG_COLUMN);
		s.wide = (double)(width * SVG_COLUMN) + MARGIN - s.left -
		    2 * SVG_COLUMN;
		s.axis = plot_axis(p, (size_t)(s.wide / TICK));
		text_at(&s, "label", MARGIN + (double)((s.key + 1 + s.count) *
		    SVG_COLUMN), top - 6, TEXT("n"));
		draw_axis(&s, top, bottom);
		output_string(o, "<g role=\"list\" aria-label=\"boxes\">\n");
		for (size_t i = 0; i < p->n; i++)
			draw_row(&s, i, top + (double)(i * ROW));
		output_string(o, "</g>\n");
	}
	output_string(o, "</svg>\n");
	mem_free(s.arena);
}

const struct plot_view plot_svg = {
	.is = {"svg", "a drawing"},
	.palettes = STYLE_BOTH,
	.draw = draw,
};
