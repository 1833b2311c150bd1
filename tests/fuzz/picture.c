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
#include "draw/palette.h"
#include "draw/svg.h"
#include "fuzz.h"

struct drawn {
	struct drawing ansi, html, latex, svg;
};

static void
draw_all(void *self, const struct picture *p)
{
	struct drawn *d = self;

	drawing_add(&d->ansi, p);
	drawing_add(&d->html, p);
	drawing_add(&d->latex, p);
	drawing_add(&d->svg, p);
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
	static const struct style style = {.palette = &palette,
	    .dark = &palette}, terminal_style = {.palette = &palette,
	    .colours = TERMINAL_256, .width = 40};
	struct text rest = {(const char *)data, n};
	struct record line = {.at = {"fuzz", 1}};
	struct output page = output_to(-1, ""), paper = output_to(-1, "");
	struct output terminal = output_to(-1, "");
	struct drawn d;
	struct group g = {.class = n % 2 == 0 ? "all" : "predicted",
	    .keep_going = true, .draw = draw_all, .self = &d};
	size_t bad;

	if (!utf8_valid(rest, &bad))
		return 0;
	drawing_begin(&d.ansi, &view_ansi, &terminal_style, &terminal);
	drawing_begin(&d.html, &view_html, &style, &page);
	drawing_begin(&d.latex, &view_latex, &style, &paper);
	drawing_begin(&d.svg, &view_svg, &style, &terminal);
	page.n = 0;		/* styles have > of their own */
	group_init(&g);
	for (; rest.s != NULL; line.at.line++) {
		line.text = text_cut(&rest, '\n');
		group_line(&g, &line);
	}
	group_end(&g);
	group_free(&g);
	drawing_end(&d.html);
	check_page(&page);
	drawing_end(&d.latex);
	check_paper(&paper);
	drawing_end(&d.ansi);
	drawing_end(&d.svg);
	output_done(&page, 0);
	output_done(&paper, 0);
	output_done(&terminal, 0);
	return 0;
}
