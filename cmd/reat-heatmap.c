/* SPDX-License-Identifier: ISC */
/* reat-heatmap: draw scores. */
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/input.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "draw/ansi.h"
#include "draw/group.h"
#include "draw/html.h"
#include "draw/latex.h"
#include "draw/picture_tsv.h"
#include "draw/svg.h"
#include "stream/level.h"

struct heatmap {
	struct group group;
	struct drawing drawing;
	struct output out;
};

/* The formats; the first one is the default. */
static const void *const views[] = {
	&view_ansi, &view_html, &view_latex, &view_svg, &view_tsv, NULL,
};

static void
draw(void *drawing, const struct picture *p)
{
	drawing_add(drawing, p);
}

/* Read all operands, as far as they are good; returns the status. */
static int
run(struct heatmap *h, char *const operands[])
{
	struct input *in = input_open(operands);
	enum input_got got = INPUT_RECORD;
	int status = STATUS_OK;
	struct record r;

	while (got != INPUT_END && (status == STATUS_OK ||
	    h->group.keep_going)) {
		got = input_next(in, INPUT_LINES, false, &r);
		if (got == INPUT_IDLE) {
			output_flush(&h->out);
			got = input_next(in, INPUT_LINES, true, &r);
		}
		if (got == INPUT_BAD)
			group_bad(&h->group);
		if (got == INPUT_FAILED)
			status = STATUS_SYSTEM;
		else if ((got == INPUT_BAD || (got == INPUT_RECORD &&
		    !group_line(&h->group, &r))) && status == STATUS_OK)
			status = STATUS_DATA;
	}
	if (!group_end(&h->group) && status == STATUS_OK)
		status = STATUS_DATA;
	input_close(in);
	return status;
}

/* True if what was asked for came, in some document of a whole stream. */
static bool
check_found(const struct group *g)
{
	bool found = true;

	for (size_t i = 0; i < g->choice.n; i++)
		if (!g->level_found[i])
			found = bad((struct place){0}, "level %.*s is nowhere "
			    "in the input, expected one that is",
			    TEXT_ARGS(g->choice.level[i]));
	if (!g->class_found && strcmp(g->class, "all") != 0)
		found = bad((struct place){0}, "class %s is nowhere in the "
		    "input, expected one that is", g->class);
	return found;
}

int
main(int argc, char *argv[])
{
	struct options o = {"C:c:Hl:r:t:w:x:",
	    "draw scores as coloured text, HTML, SVG or LaTeX", "[file ...]",
	    .reads = "score", .writes = "picture",
	    .meanings = (const struct option_meaning[]){
	    {'c', "all (the default), predicted, or a class as it stands"},
	    {'H', "no header line (-t tsv)"},
	    {'k', "keep going after a bad row"},
	    {'l', "levels, comma-joined; the default is all, as they come"},
	    {'r', "palette: a name (paper) or a path with a /"},
	    {'t', "format: ansi (the default) or another that \"list\" lists"},
	    {0}}};
	struct arena *arena = mem_arena();
	struct heatmap h = {.group.class = "all"};
	const struct view *view = &view_ansi;
	struct style style = {.width = 0};
	const char *when = "auto", *palette = NULL;
	int status;

	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'C': when = optarg; break;
		case 'c': h.group.class = optarg; break;
		case 'H': style.no_header = true; break;
		case 'l':
			h.group.choice.level = level_list(arena, optarg,
			    &h.group.choice.n);
			break;
		case 'r': palette = optarg; break;
		case 't': view = option_pick(&o, 't', views); break;
		case 'w':
			style.width = (size_t)option_number('w',
			    TERMINAL_WIDTH_MIN, TERMINAL_WIDTH_MAX);
			break;
		case 'x':
			h.group.choice.full = option_real('x', 1e-30, 1e30);
			break;
		}
	if (strcmp(h.group.class, "gold") == 0)
		option_usage(&o, "a score stream does not tell class gold, "
		    "expected reat-score -c gold before");
	style_set(&style, &o, arena, when, palette, view->palettes);
	h.group.keep_going = o.keep_going;
	h.group.draw = draw;
	h.group.self = &h.drawing;
	group_init(&h.group);
	h.out = output_to(STDOUT_FILENO, "stdout");
	drawing_begin(&h.drawing, view, &style, &h.out);
	status = run(&h, argv + optind);
	if (status == STATUS_OK && h.group.any && !check_found(&h.group))
		status = STATUS_DATA;
	drawing_end(&h.drawing);
	group_free(&h.group);
	mem_free(arena);
	return output_done(&h.out, status);
}
