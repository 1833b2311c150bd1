/* SPDX-License-Identifier: ISC */
/*
 * Fuzz rows of scores in every format.  A page has no < and no & of the input,
 * and the braces of LaTeX match.  Read run by run, each run ends with its logit
 * row.
 */
#include <string.h>

#include "base/output.h"
#include "draw/ansi.h"
#include "draw/html.h"
#include "draw/latex.h"
#include "draw/palette.h"
#include "draw/picture.h"
#include "draw/span_tree.h"
#include "draw/svg.h"
#include "fuzz.h"
#include "stream/score_read.h"

/* Check that a tag begins with a letter or /, and ends before the next one. */
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

/* Check that a stream that is read run by run gives whole runs. */
static void
check_runs(char *const operands[])
{
	struct score_reader *r = score_reader_open(operands,
	    (struct score_reading){.whole = true, .runs = true,
	    .keep_going = true});
	struct score_doc d;

	while (score_next(r, &d))
		fuzz_holds(d.bad ? d.n == 0 : d.n > 0 &&
		    score_run(&d, 0) == d.n && score_is_logit(&d.row[d.n - 1]));
	score_reader_close(r);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct palette palette = {.stops = {1, 1},
	    .xterms = {1, 1}, .ansis = {1, 1}, .xterm = {{16}, {17}}};
	static const struct style style = {.palette = &palette,
	    .dark = &palette, .tree = true};
	static const struct style terminal_style = {.palette = &palette,
	    .colours = TERMINAL_256, .width = 40};
	char *operands[] = {(char *)fuzz_file(data, n), NULL};
	struct score_reader *r = score_reader_open(operands,
	    (struct score_reading){.whole = true, .split = true,
	    .keep_going = true});
	struct output page = output_to(-1, ""), paper = output_to(-1, "");
	struct output terminal = output_to(-1, "");
	struct drawing ansi, html, latex, svg;
	const struct picture_choice all = {0};
	struct picture p;
	struct score_doc d;

	picture_init(&p);
	drawing_begin(&ansi, &view_ansi, &terminal_style, &terminal);
	drawing_begin(&html, &view_html, &style, &page);
	drawing_begin(&latex, &view_latex, &style, &paper);
	drawing_begin(&svg, &view_svg, &style, &terminal);
	page.n = 0;		/* the styles contain > */
	while (score_next(r, &d))
		for (size_t i = 0, end; i < d.n; i = end) {
			end = score_run(&d, i);
			if (!picture_make(&p, &d.row[i], end - i, &all))
				continue;
			drawing_add(&ansi, &p);
			drawing_add(&html, &p);
			drawing_add(&latex, &p);
			drawing_add(&svg, &p);
			if (!span_tree_make(&p))
				continue;
			drawing_add(&html, &p);
			drawing_add(&latex, &p);
			drawing_add(&svg, &p);
		}
	score_reader_close(r);
	picture_free(&p);
	drawing_end(&html);
	check_page(&page);
	drawing_end(&latex);
	check_paper(&paper);
	drawing_end(&ansi);
	drawing_end(&svg);
	output_done(&page, 0);
	output_done(&paper, 0);
	output_done(&terminal, 0);
	check_runs(operands);
	return 0;
}
