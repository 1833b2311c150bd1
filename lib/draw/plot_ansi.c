/* SPDX-License-Identifier: ISC */
#include "draw/plot_ansi.h"

#include <math.h>
#include <string.h>

#include "base/display.h"
#include "base/mem.h"
#include "base/output.h"
#include "draw/box.h"
#include "draw/pen.h"

enum {
	MARGIN = 2,		/* beside keys and counts */
	TICK = 12,		/* columns of the axis for each tick */
};

/* A plot and the line that is being drawn, right of a key and its count. */
struct sheet {
	struct pen pen;
	const struct plot *plot;
	struct axis axis;
	const char **sign;	/* [n] */
	size_t n;
	size_t indent, count;	/* columns of keys with margins, of counts */
};

static size_t
column(const struct sheet *s, double v)
{
	return (size_t)lround(axis_place(&s->axis, v) * (double)(s->n - 1));
}

static void
line(struct sheet *s, size_t a, size_t b, const char *sign)
{
	for (size_t i = a; i <= b; i++)
		s->sign[i] = sign;
}

/* Columns a to b - 1 as one text. */
static struct text
joined(const struct sheet *s, size_t a, size_t b)
{
	char *to = mem_alloc(s->pen.arena, 4 * (b - a) + 1, 1);
	size_t n = 0;

	for (; a < b; a++) {
		memcpy(to + n, s->sign[a], strlen(s->sign[a]));
		n += strlen(s->sign[a]);
	}
	return (struct text){to, n};
}

/* Begin a line with a key and its count. */
static void
begin(struct sheet *s, struct text key, const char *count)
{
	pen_begin(&s->pen, key, s->indent);
	pen_string(&s->pen, PEN_BARE, mem_printf(s->pen.arena, "%*s  ",
	    (int)s->count, count));
}

static void
draw_row(struct sheet *s, size_t i)
{
	const struct box *b = &s->plot->box[i];
	size_t low = column(s, b->low), high = column(s, b->high);
	size_t first = column(s, b->q1), last = column(s, b->q3);
	size_t end = s->n;

	line(s, 0, s->n - 1, " ");
	if (s->axis.low <= 0 && s->axis.high >= 0)
		s->sign[column(s, 0)] = "\xe2\x94\x8a";
	for (size_t k = 0; k < b->n; k++)
		if (plot_is_outlier(s->plot, b, k))
			s->sign[column(s, b->value[k])] = "o";
	line(s, low, high, "\xe2\x94\x80");
	s->sign[low] = "\xe2\x94\x9c";
	s->sign[high] = "\xe2\x94\xa4";
	line(s, first, last, " ");
	s->sign[first] = "[";
	s->sign[last] = "]";
	s->sign[column(s, b->median)] = "\xe2\x94\x83";

	while (strcmp(s->sign[end - 1], " ") == 0)
		end--;
	begin(s, display_cut(s->pen.arena, b->key, s->indent - 2 * MARGIN),
	    mem_printf(s->pen.arena, "%zu", b->n));
	if (first > 0)
		pen_text(&s->pen, PEN_BARE, joined(s, 0, first));
	pen_put(&s->pen, joined(s, first, last + 1), last + 1 - first,
	    plot_share(&s->axis, b->median), false);
	if (end > last + 1)
		pen_text(&s->pen, PEN_BARE, joined(s, last + 1, end));
	pen_end(&s->pen);
}

/* Draw the axis, and below its ticks their labels, if there is room. */
static void
draw_axis(struct sheet *s)
{
	struct output labels = output_to(-1, "");

	line(s, 0, s->n - 1, "\xe2\x94\x80");
	for (size_t i = 0; i < axis_ticks(&s->axis); i++) {
		double v = axis_tick(&s->axis, i);
		const char *label = axis_label(&s->axis, s->pen.arena, v);
		size_t n = strlen(label), at = column(s, v);

		s->sign[at] = "\xe2\x94\xac";
		at -= n / 2 < at ? n / 2 : at;
		at = at + n <= s->n ? at : n <= s->n ? s->n - n : 0;
		if (labels.n > 0 && at <= labels.n)
			continue;
		while (labels.n < at)
			output_char(&labels, ' ');
		output_string(&labels, label);
	}
	begin(s, TEXT(""), "");
	pen_text(&s->pen, PEN_BARE, joined(s, 0, s->n));
	pen_end(&s->pen);
	begin(s, TEXT(""), "");
	pen_text(&s->pen, PEN_BARE, (struct text){labels.buf, labels.n});
	pen_end(&s->pen);
	output_done(&labels, 0);
}

static void
draw(const struct style *style, const struct plot *p, struct output *o)
{
	size_t width = style->width < PLOT_WIDTH_MIN ? PLOT_WIDTH_MIN :
	    style->width;
	struct sheet s = {.plot = p, .pen = {.colours = style->colours,
	    .width = width, .palette = style->palette, .o = o,
	    .arena = mem_arena()}};

	if (p->n > 0) {
		s.count = plot_counts(p);
		s.indent = 2 * MARGIN + plot_keys(p, s.pen.arena,
		    width / 3 - 2 * MARGIN);
		s.n = width - s.indent - s.count - MARGIN;
		s.axis = plot_axis(p, s.n / TICK);
		s.sign = MEM_NEW(s.pen.arena, s.n, const char *);
		pen_begin(&s.pen, TEXT(""), s.indent);
		pen_string(&s.pen, PEN_FAINT, mem_printf(s.pen.arena, "%*s",
		    (int)s.count, "n"));
		pen_end(&s.pen);
		for (size_t i = 0; i < p->n; i++)
			draw_row(&s, i);
		draw_axis(&s);
	}
	mem_free(s.pen.arena);
	pen_free(&s.pen);
}

const struct plot_view plot_ansi = {
	.is = {"ansi", "boxes for a terminal"},
	.palettes = STYLE_TERMINAL,
	.draw = draw,
};
