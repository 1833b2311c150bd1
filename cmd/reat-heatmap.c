/* SPDX-License-Identifier: ISC */
/* reat-heatmap: draw scores. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "draw_ansi.h"
#include "err.h"
#include "group.h"
#include "input.h"
#include "level.h"
#include "mem.h"
#include "option.h"
#include "output.h"
#include "palette.h"
#include "picture.h"
#include "share.h"

struct heatmap {
	const struct view *view;
	struct draw_ansi ansi;
	struct group group;
	bool no_header;
	struct output out;
	size_t drawn;		/* pictures so far */
};

static void
draw_terminal(const struct heatmap *h, const struct picture *p,
    struct output *o)
{
	if (h->drawn > 0)
		output_char(o, '\n');
	draw_ansi(&h->ansi, p, o);
}

static void
begin_tsv(const struct heatmap *h, struct output *o)
{
	if (!h->no_header)
		score_write_header(o);
}

static void
draw_tsv(const struct heatmap *h, const struct picture *p, struct output *o)
{
	(void)h;
	for (size_t i = 0; i < p->n; i++)
		if (picture_shows(p, &p->row[i].score)) {
			output_text(o, p->row[i].line);
			output_char(o, '\n');
		}
}

/* A format is a line here and its functions; begin may be NULL. */
static const struct view {
	const char *name, *purpose;
	bool paints;		/* with a palette */
	void (*begin)(const struct heatmap *, struct output *);
	void (*draw)(const struct heatmap *, const struct picture *,
	    struct output *);
} views[] = {
	{"ansi", "coloured text for a terminal", true, NULL,
	    draw_terminal},
	{"tsv", "the rows that would be drawn", false, begin_tsv,
	    draw_tsv},
};

enum { N_VIEWS = sizeof views / sizeof *views };

static const struct view *
find_view(const struct options *o, const char *name)
{
	for (int i = 0; i < N_VIEWS; i++)
		if (strcmp(name, views[i].name) == 0)
			return &views[i];
	if (strcmp(name, "list") != 0)
		option_usage(o, "format \"%s\", expected one of those that "
		    "-t list lists", name);
	for (int i = 0; i < N_VIEWS; i++)
		printf("%s\t%s\n", views[i].name, views[i].purpose);
	if (fflush(stdout) != 0 || ferror(stdout))
		die("stdout: cannot write");
	exit(STATUS_OK);
}

static void
draw(void *self, const struct picture *p)
{
	struct heatmap *h = self;

	h->view->draw(h, p, &h->out);
	h->drawn++;
}

/* Read all operands, as far as they are good; returns the status. */
static int
run(struct heatmap *h, char *const operands[], bool keep_going)
{
	struct input *in = input_open(operands);
	enum input_got got = INPUT_RECORD;
	int status = STATUS_OK;
	struct record r;

	while (got != INPUT_END && (status == STATUS_OK || keep_going)) {
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

/* What was asked for and never came; a misspelt name, as a rule. */
static void
report_absent(const struct group *g)
{
	for (size_t i = 0; i < g->choice.n; i++)
		if (!g->level_found[i])
			note("level %.*s is nowhere in the input",
			    TEXT_ARGS(g->choice.level[i]));
	if (!g->class_found && strcmp(g->class, "all") != 0)
		note("class %s is nowhere in the input", g->class);
}

/* -C, -r and the terminal. */
static void
prepare(struct heatmap *h, const struct options *o,
    struct arena *arena, const char *when, const char *palette)
{
	struct palette *p = MEM_NEW(arena, 1, struct palette);
	int status;

	if (!terminal_colours(when, &h->ansi.colours))
		option_usage(o, "option -C: \"%s\", expected auto, always or "
		    "never", when);
	if (h->ansi.width == 0)
		h->ansi.width = terminal_width();
	if (!h->view->paints)
		return;
	if (palette == NULL)
		palette = terminal_is_dark() ? "blue-orange-dark" :
		    "blue-orange";
	if (!palette_read(arena, share_find(arena, SHARE_PALETTE, palette), p,
	    &status))
		exit(status);
	h->ansi.palette = p;
}

int
main(int argc, char *argv[])
{
	struct options o = {"C:c:Hl:r:t:w:x:", "draws scores as coloured text",
	    "[file ...]", .reads = "score", .writes = "picture",
	    .meanings = (const struct option_meaning[]){
	    {'c', "all (the default), predicted, or a class as it stands"},
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
		case 't': h.view = find_view(&o, optarg); break;
		case 'w':
			h.ansi.width = (size_t)option_number('w',
			    TERMINAL_WIDTH_MIN, TERMINAL_WIDTH_MAX);
			break;
		case 'x':
			h.group.choice.full = option_real('x', 1e-30, 1e30);
			break;
		}
	if (strcmp(h.group.class, "gold") == 0)
		option_usage(&o, "a score stream does not tell class gold, "
		    "expected reat-score -c gold before");
	prepare(&h, &o, arena, when, palette);
	h.group.draw = draw;
	h.group.self = &h;
	group_init(&h.group);
	h.out = output_to(STDOUT_FILENO, "stdout");
	if (h.view->begin != NULL)
		h.view->begin(&h, &h.out);
	status = run(&h, argv + optind, o.keep_going);
	if (status == STATUS_OK && h.group.any)
		report_absent(&h.group);
	group_free(&h.group);
	mem_free(arena);
	return output_done(&h.out, status);
}
