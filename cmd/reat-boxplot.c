/* SPDX-License-Identifier: ISC */
/* reat-boxplot: draw distributions of values by key. */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "base/tsv.h"
#include "draw/box.h"
#include "draw/plot_ansi.h"
#include "draw/plot_svg.h"
#include "draw/plot_tsv.h"
#include "stream/lines.h"
#include "stream/score.h"

/* The formats; the first one is the default. */
static const void *const views[] = {&plot_ansi, &plot_svg, &plot_tsv, NULL};

/* Take a line with a key and a value, or the header line. */
static bool
take(struct boxes *boxes, const struct record *r)
{
	static const char *const names[] = {"key", "value"};
	struct text field[2];
	double v;

	if (text_is(r->text, "key\tvalue"))
		return true;
	if (!tsv_fields(r->text, r->at, 2, names, NULL, field))
		return false;
	if (field[0].n == 0)
		return bad(r->at, "column key is empty");
	if (!text_to_double(field[1], &v) || !isfinite((float)v))
		return bad(r->at, "value \"%.*s\", expected a number from "
		    SCORE_RANGE, TEXT_ARGS(field[1]));
	boxes_add(boxes, field[0], v);
	return true;
}

/* Read all operands, up to the first bad line; returns the status. */
static int
read_all(struct boxes *boxes, char *const operands[], bool keep_going)
{
	struct lines *in = lines_open(operands, keep_going, NULL);
	struct record r;

	while (lines_next(in, &r))
		if (r.text.n > 0 && !take(boxes, &r))
			lines_bad(in);
	return lines_close(in);
}

int
main(int argc, char *argv[])
{
	struct options o = {"C:gHM:n:Rr:t:w:", "draw distributions of values "
	    "by key", "[file ...]", .reads = "pairs", .writes = "picture",
	    .meanings = (const struct option_meaning[]){
	    {'g', "draw outliers too"}, {'H', "no header line (-t tsv)"},
	    {'k', "keep going after a bad line"},
	    {'M', "the axis goes from -MAX to MAX"},
	    {'n', "leave out keys of fewer than N values"},
	    {'r', "palette: a name (paper) or a path with a /"}, {0}},
	    .names = (const struct option_meaning[]){
	    {'g', "outliers"}, {'n', "least"}, {'r', "palette"}, {0}}};
	struct arena *arena;
	const struct plot_view *view = &plot_ansi;
	struct style style = {.width = 0};
	struct plot plot = {.n = 0};
	struct boxes *boxes;
	struct output out;
	const char *when = "auto", *palette = NULL;
	size_t least = 1;
	int status;

	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'C': when = optarg; break;
		case 'g': plot.outliers = true; break;
		case 'H': style.no_header = true; break;
		case 'M': plot.max = option_real('M', 1e-30, 1e30); break;
		case 'n':
			least = (size_t)option_number('n', 1, 1000000000);
			break;
		case 'R': plot.root = true; break;
		case 'r': palette = optarg; break;
		case 't': view = option_pick(&o, 't', views); break;
		case 'w':
			style.width = (size_t)option_number('w',
			    PLOT_WIDTH_MIN, TERMINAL_WIDTH_MAX);
			break;
		}
	arena = mem_arena();
	boxes = boxes_new();
	style_set(&style, &o, arena, when, palette, view->palettes);
	status = read_all(boxes, argv + optind, o.keep_going);
	plot.box = boxes_sorted(boxes, least, &plot.n);
	out = output_to(STDOUT_FILENO, "stdout");
	view->draw(&style, &plot, &out);
	boxes_free(boxes);
	mem_free(arena);
	return output_done(&out, status);
}
