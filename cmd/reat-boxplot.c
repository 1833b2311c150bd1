/* SPDX-License-Identifier: ISC */
/* reat-boxplot: draw distributions of values by key. */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/input.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "base/terminal.h"
#include "base/tsv.h"
#include "draw/box.h"
#include "draw/palette.h"
#include "draw/plot_ansi.h"
#include "stream/score.h"

struct boxplot {
	const struct view *view;
	struct draw_ansi ansi;
	struct markup markup;
	struct plot plot;
	bool no_header;
	struct output out;
};

static void
draw_terminal(struct boxplot *b)
{
	draw_box_ansi(&b->ansi, &b->plot, &b->out);
}

static void
draw_drawing(struct boxplot *b)
{
	draw_box_svg(&b->markup, &b->plot, &b->out);
}

static void
write_numbers(struct boxplot *p)
{
	struct output *o = &p->out;

	if (!p->no_header)
		output_string(o, "key\tn\tmin\tlow\tq1\tmedian\tq3\thigh\tmax"
		    "\toutliers\n");
	for (size_t i = 0; i < p->plot.n; i++) {
		const struct box *b = &p->plot.box[i];
		const double v[] = {b->value[0], b->low, b->q1, b->median,
		    b->q3, b->high, b->value[b->n - 1]};

		tsv_write(o, b->key);
		output_printf(o, "\t%zu", b->n);
		for (size_t k = 0; k < sizeof v / sizeof *v; k++)
			output_printf(o, "\t%.9g", v[k]);
		output_printf(o, "\t%zu\n", b->below + b->above);
	}
}

/* A format is a line here and its function. */
static const struct view {
	struct option_name is;
	void (*draw)(struct boxplot *);
} views[] = {
	{{"ansi", "boxes for a terminal"}, draw_terminal},
	{{"svg", "a drawing"}, draw_drawing},
	{{"tsv", "the numbers that are drawn"}, write_numbers},
	{{NULL, NULL}, NULL},
};

/* A line: a key, a tab, a value; or the header. */
static bool
take(struct boxes *boxes, const struct record *r)
{
	static const char *const names[] = {"key", "value"};
	struct text field[2];
	double v;

	if (r->text.n == 0 || text_is(r->text, "key\tvalue"))
		return true;
	if (!tsv_fields(r->text, r->at, 2, names, field))
		return false;
	if (field[0].n == 0)
		return bad(r->at, "column key is empty");
	if (!text_to_double(field[1], &v) || !isfinite((float)v))
		return bad(r->at, "value \"%.*s\", expected a number from "
		    SCORE_RANGE, TEXT_ARGS(field[1]));
	boxes_add(boxes, field[0], v);
	return true;
}

/* Read all operands, as far as they are good; returns the status. */
static int
read_all(struct boxes *boxes, char *const operands[], bool keep_going)
{
	struct input *in = input_open(operands);
	enum input_got got = INPUT_RECORD;
	int status = STATUS_OK;
	struct record r;

	while (got != INPUT_END && (status == STATUS_OK || keep_going)) {
		got = input_next(in, INPUT_LINES, true, &r);
		if (got == INPUT_FAILED)
			status = STATUS_SYSTEM;
		else if ((got == INPUT_BAD || (got == INPUT_RECORD &&
		    !take(boxes, &r))) && status == STATUS_OK)
			status = STATUS_DATA;
	}
	input_close(in);
	return status;
}

/* -C, -r and the terminal. */
static void
prepare(struct boxplot *b, const struct options *o, struct arena *arena,
    const char *when, const char *palette)
{
	if (!terminal_colours(when, &b->ansi.colours))
		option_usage(o, "option -C: \"%s\", expected auto, always or "
		    "never", when);
	if (b->ansi.width == 0)
		b->ansi.width = terminal_width();
	if (b->ansi.width < DRAW_BOX_MIN)
		b->ansi.width = DRAW_BOX_MIN;
	b->markup.light = palette_find(arena, palette, false);
	b->markup.dark = palette_find(arena, palette, true);
	b->ansi.palette = terminal_is_dark() ? b->markup.dark :
	    b->markup.light;
}

int
main(int argc, char *argv[])
{
	struct options o = {"C:gHn:r:t:w:x:", "draw distributions of values "
	    "by key", "[file ...]", .reads = "pairs", .writes = "picture",
	    .meanings = (const struct option_meaning[]){
	    {'g', "more: outliers"}, {'H', "no header line (-t tsv)"},
	    {'k', "keep going after a bad line"},
	    {'n', "leave out keys of fewer than N values"},
	    {'r', "palette: a name (paper) or a path with a /"},
	    {'t', "format: ansi (the default) or another that \"list\" lists"},
	    {'x', "the axis goes from -MAX to MAX"}, {0}}};
	struct arena *arena = mem_arena();
	struct boxplot b = {.view = &views[0]};
	struct boxes *boxes = boxes_new();
	const char *when = "auto", *palette = NULL;
	size_t least = 1;
	int status;

	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'C': when = optarg; break;
		case 'g': b.plot.outliers = true; break;
		case 'H': b.no_header = true; break;
		case 'n':
			least = (size_t)option_number('n', 1, 1000000000);
			break;
		case 'r': palette = optarg; break;
		case 't':
			b.view = option_row(&o, 't', views, sizeof *views);
			break;
		case 'w':
			b.ansi.width = b.markup.width = (size_t)option_number(
			    'w', DRAW_BOX_MIN, TERMINAL_WIDTH_MAX);
			break;
		case 'x': b.plot.max = option_real('x', 1e-30, 1e30); break;
		}
	prepare(&b, &o, arena, when, palette);
	status = read_all(boxes, argv + optind, o.keep_going);
	b.plot.box = boxes_sorted(boxes, least, &b.plot.n);
	b.out = output_to(STDOUT_FILENO, "stdout");
	b.view->draw(&b);
	boxes_free(boxes);
	mem_free(arena);
	return output_done(&b.out, status);
}
