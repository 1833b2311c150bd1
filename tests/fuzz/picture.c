/* SPDX-License-Identifier: ISC */
/*
 * Rows of scores, drawn in every format: a page has no < and no & but its own,
 * and LaTeX's braces match.
 */
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/utf8.h"
#include "draw/ansi.h"
#include "draw/group.h"
#include "draw/html.h"
#include "draw/latex.h"
#include "draw/svg.h"
#include "fuzz.h"

struct drawn {
	struct draw_ansi ansi;
	struct draw_html html;
	struct draw_latex latex;
	struct draw_svg svg;
	struct output page, paper, terminal;
};

static void
draw_all(void *self, const struct picture *p)
{
	struct drawn *d = self;

	draw_ansi(&d->ansi, p, &d->terminal);
	draw_html(&d->html, p, &d->page);
	draw_latex(&d->latex, p, &d->paper);
	draw_svg(&d->svg, p);
}

/* A tag begins with a letter or / and ends before the next begins. */
static void
check_page(const struct output *o)
{
	bool in = false;

	for (size_t i = 0; i + 1 < o->n; i++) {
		if (o->buf[i] == '<') {
			fuzz_holds(!in && strchr("/abcdefghijklmnopqrstuvwxyz!",
			    o->buf[i + 1] | (o->buf[i + 1] == '/' ? 0 : 32)));
			in = true;
		} else if (o->buf[i] == '>') {
			fuzz_holds(in);
			in = false;
		} else if (o->buf[i] == '&') {
			fuzz_holds(strchr("algq#", o->buf[i + 1]) != NULL);
		}
	}
}

static void
check_paper(const struct output *o)
{
	long depth = 0;

	for (size_t i = 0; i < o->n; i++) {
		if (o->buf[i] == '\\')
			i++;
		else if (o->buf[i] == '{')
			depth++;
		else if (o->buf[i] == '}')
			depth--;
		fuzz_holds(depth >= 0);
	}
	fuzz_holds(depth == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct palette palette = {.stops = {1, 1},
	    .xterms = {1, 1}, .ansis = {1, 1}, .xterm = {{16}, {17}}};
	static const struct markup style = {&palette, &palette, 0};
	struct text rest = {(const char *)data, n};
	struct record line = {.at = {"fuzz", 1}};
	struct drawn d = {
		.ansi = {TERMINAL_256, 40, &palette},
		.html = {.style = &style}, .latex = {.style = &style},
		.svg = {.style = &style},
		.page = output_to(-1, ""), .paper = output_to(-1, ""),
		.terminal = output_to(-1, ""),
	};
	struct group g = {.class = n % 2 == 0 ? "all" : "predicted",
	    .keep_going = true, .draw = draw_all, .self = &d};
	size_t bad;

	if (!utf8_valid(rest, &bad))
		return 0;
	draw_html_begin(&d.html, &d.page);
	draw_latex_begin(&d.latex, &d.paper);
	draw_svg_begin(&d.svg);
	d.page.n = 0;		/* styles have > of their own */
	group_init(&g);
	for (; rest.s != NULL; line.at.line++) {
		line.text = text_cut(&rest, '\n');
		group_line(&g, &line);
	}
	group_end(&g);
	group_free(&g);
	draw_html_end(&d.html, &d.page);
	check_page(&d.page);
	draw_latex_end(&d.latex, &d.paper);
	check_paper(&d.paper);
	draw_svg_end(&d.svg, &d.terminal);
	output_done(&d.page, 0);
	output_done(&d.paper, 0);
	output_done(&d.terminal, 0);
	return 0;
}
