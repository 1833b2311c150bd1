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
#include "draw/markup.h"
#include "draw/palette.h"
#include "draw/picture.h"
#include "draw/svg.h"
#include "stream/level.h"

struct heatmap {
	const struct view *view;
	struct draw_ansi ansi;
	struct markup markup;
	struct draw_html html;
	struct draw_svg svg;
	struct draw_latex latex;
	struct group group;
	bool no_header;
	struct output out;
	size_t drawn;		/* pictures so far */
};

static void
draw_terminal(struct heatmap *h, const struct picture *p)
{
	if (h->drawn > 0)
		output_char(&h->out, '\n');
	draw_ansi(&h->ansi, p, &h->out);
}

static void
begin_html(struct heatmap *h)
{
	h->html.style = &h->markup;
	draw_html_begin(&h->html, &h->out);
}

static void
draw_page(struct heatmap *h, const struct picture *p)
{
	draw_html(&h->html, p, &h->out);
}

static void
end_html(struct heatmap *h)
{
	draw_html_end(&h->html, &h->out);
}

static void
begin_svg(struct heatmap *h)
{
	h->svg.style = &h->markup;
	draw_svg_begin(&h->svg);
}

static void
draw_drawing(struct heatmap *h, const struct picture *p)
{
	draw_svg(&h->svg, p);
}

static void
end_svg(struct heatmap *h)
{
	draw_svg_end(&h->svg, &h->out);
}

static void
begin_latex(struct heatmap *h)
{
	h->latex.style = &h->markup;
	draw_latex_begin(&h->latex, &h->out);
}

static void
draw_paper(struct heatmap *h, const struct picture *p)
{
	draw_latex(&h->latex, p, &h->out);
}

static void
end_latex(struct heatmap *h)
{
	draw_latex_end(&h->latex, &h->out);
}

static void
begin_tsv(struct heatmap *h)
{
	if (!h->no_header)
		score_write_header(&h->out);
}

static void
draw_tsv(struct heatmap *h, const struct picture *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (picture_shows(p, &p->row[i].score)) {
			output_text(&h->out, p->row[i].line);
			output_char(&h->out, '\n');
		}
}

/* A format is a line here and its functions; begin and end may be NULL. */
static const struct view {
	struct option_name is;
	enum {
		PALE,		/* without colours */
		ONE,		/* with those of a light or a dark terminal */
		BOTH,		/* light or dark as the reader wishes */
	} palettes;
	void (*begin)(struct heatmap *);
	void (*draw)(struct heatmap *, const struct picture *);
	void (*end)(struct heatmap *);
} views[] = {
	{{"ansi", "coloured text for a terminal"}, ONE, NULL,
	    draw_terminal, NULL},
	{{"html", "a page for a browser"}, BOTH, begin_html, draw_page,
	    end_html},
	{{"latex", "a document for LaTeX"}, ONE, begin_latex, draw_paper,
	    end_latex},
	{{"svg", "a drawing"}, BOTH, begin_svg, draw_drawing, end_svg},
	{{"tsv", "the rows that would be drawn"}, PALE, begin_tsv,
	    draw_tsv, NULL},
	{{NULL, NULL}, PALE, NULL, NULL, NULL},
};

static void
draw(void *self, const struct picture *p)
{
	struct heatmap *h = self;

	h->view->draw(h, p);
	h->drawn++;
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

/* -C, -r and the terminal. */
static void
prepare(struct heatmap *h, const struct options *o, struct arena *arena,
    const char *when, const char *palette)
{
	bool dark;

	if (!terminal_colours(when, &h->ansi.colours))
		option_usage(o, "option -C: \"%s\", expected auto, always or "
		    "never", when);
	if (h->ansi.width == 0)
		h->ansi.width = terminal_width();
	if (h->view->palettes == PALE)
		return;
	dark = h->view->draw == draw_terminal && terminal_is_dark();
	h->markup.light = palette_find(arena, palette, dark);
	h->ansi.palette = h->markup.light;
	if (h->view->palettes == BOTH)
		h->markup.dark = palette_find(arena, palette, true);
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
	struct heatmap h = {.view = &views[0], .group.class = "all"};
	const char *when = "auto", *palette = NULL;
	int status;

	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'C': when = optarg; break;
		case 'c': h.group.class = optarg; break;
		case 'H': h.no_header = true; break;
		case 'l':
			h.group.choice.level = level_list(arena, optarg,
			    &h.group.choice.n);
			break;
		case 'r': palette = optarg; break;
		case 't':
			h.view = option_row(&o, 't', views, sizeof *views);
			break;
		case 'w':
			h.ansi.width = h.markup.width = (size_t)option_number(
			    'w', TERMINAL_WIDTH_MIN, TERMINAL_WIDTH_MAX);
			break;
		case 'x':
			h.group.choice.full = option_real('x', 1e-30, 1e30);
			break;
		}
	if (strcmp(h.group.class, "gold") == 0)
		option_usage(&o, "a score stream does not tell class gold, "
		    "expected reat-score -c gold before");
	prepare(&h, &o, arena, when, palette);
	h.group.keep_going = o.keep_going;
	h.group.draw = draw;
	h.group.self = &h;
	group_init(&h.group);
	h.out = output_to(STDOUT_FILENO, "stdout");
	if (h.view->begin != NULL)
		h.view->begin(&h);
	status = run(&h, argv + optind);
	if (status == STATUS_OK && h.group.any && !check_found(&h.group))
		status = STATUS_DATA;
	if (h.view->end != NULL)
		h.view->end(&h);
	group_free(&h.group);
	mem_free(arena);
	return output_done(&h.out, status);
}
