/* SPDX-License-Identifier: ISC */
#include "draw/audit_page.h"

#include <math.h>

#include "base/dict.h"
#include "base/mem.h"
#include "base/output.h"
#include "draw/markup.h"
#include "draw/style.h"
#include "stream/score.h"
#include "train/corpus.h"

enum { CLASSES_SHOWN = 6 };	/* of more, only those with texts */

struct page {
	const struct auditing *a;
	const struct audit_group *group;
	struct arena *arena;	/* of a row */
	struct output *out;
	double full;		/* the score at the end of the axis */
};

static const char head[] =
    PAGE_HEAD("Words: scores and training texts", "")
    "main { max-width: 72rem }\n"
    "p { max-width: 60rem }\n"
    "h1 { margin: 0 0 .5rem; font-size: 1.3rem }\n"
    "h2 { margin: 1.5rem 0 .5rem; font-size: 1.1rem;"
    " overflow-wrap: anywhere }\n"
    "h2 small { color: var(--faint); font-weight: normal }\n"
    PAGE_TABLES
    ".axis, .bar { position: relative; display: inline-block; height: .8em;"
    " vertical-align: baseline; forced-color-adjust: none }\n"
    ".axis { width: 11em }\n"
    ".axis::before { content: \"\"; position: absolute; left: 50%;"
    " top: -.2em; bottom: -.2em; border-left: 1px solid var(--faint) }\n"
    ".axis i, .axis b { position: absolute; top: 0; height: 100% }\n"
    ".axis b { top: 45%; height: 1px; background: var(--ink) }\n"
    ".bar { width: 6em; display: inline-flex; border-radius: .2em;"
    " overflow: hidden }\n"
    ".few { white-space: nowrap }\n"
    ".bar i, .axis i { -webkit-print-color-adjust: exact;"
    " print-color-adjust: exact }\n"
    ".c { margin-inline-start: .75em; white-space: nowrap }\n";

static void
palette(const struct palette *p, struct output *o)
{
	struct shade shade[SHADES];

	markup_shades(p, shade);
	for (int k = 0; k < SHADES; k++)
		output_printf(o, ".%s { background: %s }\n", shade[k].name,
		    shade[k].hex);
}

static void
begin(const struct style *style, const struct auditing *a, struct output *o)
{
	output_string(o, head);
	palette(style->palette, o);
	output_string(o, "@media screen and (prefers-color-scheme: dark) {\n"
	    ":root { --ink: " PAGE_INK_DARK "; --faint: " PAGE_FAINT_DARK
	    "; --line: " PAGE_LINE_DARK "; --page: " PAGE_PAPER_DARK " }\n");
	palette(style->dark, o);
	output_string(o, "}\n</style>\n</head>\n<body>\n<main>\n"
	    "<h1>Words: scores and training texts</h1>\n");
	output_printf(o, "<p>What each word adds for the class, beside the "
	    "classes of the %zu training texts. ", a->train->n);
	if (a->most < a->train->n)
		output_printf(o, "Words of more than %zu training texts are "
		    "left out. ", a->most);
	output_string(o, "The first words have high scores in many texts, and "
	    "training texts of few classes: the order is that of mean score "
	    "times texts times surprise, which is in bits. Few training texts "
	    "are weak evidence. Is the word itself for or against the class, "
	    "or were its texts?</p>\n");
}

/* ---- a row ---- */

/* A number with its sign, as an element's content. */
static void
number(const struct page *p, double v)
{
	output_text(p->out, markup_minus(p->arena, mem_printf(p->arena,
	    "%+.2f", v)));
}

/* A share of the axis, in percent from its left end. */
static double
place(const struct page *p, double score)
{
	double share = p->full > 0 ? score / p->full : 0;

	return 50 + 50 * (share < -1 ? -1 : share > 1 ? 1 : share);
}

/* A piece of the axis between two scores. */
static void
piece(const struct page *p, const char *open, double from, double to)
{
	double left = place(p, from < to ? from : to);

	output_printf(p->out, "%s style=\"left: %.2f%%; width: %.2f%%\">", open,
	    left, place(p, from < to ? to : from) - left);
}

static void
scores(const struct page *p, const struct audit_row *r)
{
	struct output *o = p->out;
	char shade[4];

	markup_shade_name(palette_shade(p->full > 0 ? r->mean / p->full : 0),
	    shade);
	output_string(o, "<td><span class=\"axis\" aria-hidden=\"true\">");
	piece(p, mem_printf(p->arena, "<i class=\"%s\"", shade), 0, r->mean);
	output_string(o, "</i>");
	piece(p, "<b", r->mean - r->sd, r->mean + r->sd);
	output_string(o, "</b></span></td><td class=\"n\">");
	number(p, r->mean);
	output_printf(o, "</td><td class=\"n\">%s</td>"
	    "<td class=\"n\">%zu of %zu</td><td class=\"n\">%zu</td>",
	    r->n > 1 ? mem_printf(p->arena, "%.2f", r->sd) : "", r->same,
	    r->n, r->texts);
}

/* The texts of class c that have the word. */
static size_t
texts_of(const struct audit_row *r, size_t c)
{
	for (size_t i = 0; i < r->counts; i++)
		if (r->count[i].class == c)
			return r->count[i].texts;
	return 0;
}

static void
classes(const struct page *p, const struct audit_row *r)
{
	struct output *o = p->out;
	const struct dict *labels = p->a->labels;
	size_t n = dict_size(labels);

	output_printf(o, "<td%s><span class=\"bar\" aria-hidden=\"true\">",
	    n > CLASSES_SHOWN ? "" : " class=\"few\"");
	for (size_t i = 0; i < r->counts; i++) {
		bool own = text_equal(dict_text(labels,
		    (int32_t)r->count[i].class), p->group[r->group].class);
		char shade[4];

		output_printf(o, "<i class=\"%s\" style=\"flex: %zu\"></i>",
		    markup_shade_name(own ? PALETTE_SHADES : -PALETTE_SHADES,
		    shade), r->count[i].texts);
	}
	output_string(o, "</span>");
	for (size_t c = 0; c < n; c++) {
		size_t texts = texts_of(r, c);

		if (texts == 0 && n > CLASSES_SHOWN)
			continue;
		output_string(o, "<span class=\"c\"><bdi>");
		markup_xml(o, p->arena, dict_text(labels, (int32_t)c));
		output_printf(o, "</bdi> <b>%zu</b></span>", texts);
	}
	output_printf(o, "</td><td class=\"n\">%.1f</td>", r->surprise);
}

static void
draw_row(const struct page *p, const struct audit_row *r)
{
	output_string(p->out, "<tr><th scope=\"row\"><bdi>");
	markup_xml(p->out, p->arena, r->word);
	output_string(p->out, "</bdi></th>");
	scores(p, r);
	classes(p, r);
	output_string(p->out, "</tr>\n");
	mem_reset(p->arena);
}

/* ---- a group ---- */

static void
caption(const struct page *p, struct text name)
{
	if (!score_says(name))
		return;
	output_string(p->out, " <small><bdi>");
	markup_xml(p->out, p->arena, name);
	output_string(p->out, "</bdi></small>");
}

/* The table of rows of one group, n > 0. */
static void
draw_group(struct page *p, const struct audit_row *row, size_t n)
{
	const struct audit_group *g = &p->group[row->group];
	size_t shown = n < AUDIT_PAGE_MOST ? n : AUDIT_PAGE_MOST;
	struct output *o = p->out;

	p->full = 0;
	for (size_t i = 0; i < shown; i++)
		p->full = fmax(p->full, fabs(row[i].mean));
	output_string(o, "<section>\n<h2>class <bdi>");
	markup_xml(o, p->arena, g->class);
	output_string(o, "</bdi>");
	caption(p, g->model);
	caption(p, g->method);
	output_string(o, "</h2>\n<div class=\"wide\"><table>\n<thead><tr>"
	    "<th scope=\"col\">word</th>"
	    "<th scope=\"col\">against, for</th>"
	    "<th scope=\"col\" class=\"n\">mean score</th>"
	    "<th scope=\"col\" class=\"n\">st. dev.</th>"
	    "<th scope=\"col\" class=\"n\">of that sign</th>"
	    "<th scope=\"col\" class=\"n\">in texts</th>"
	    "<th scope=\"col\">training texts</th>"
	    "<th scope=\"col\" class=\"n\">surprise</th></tr></thead>\n"
	    "<tbody>\n");
	for (size_t i = 0; i < shown; i++)
		draw_row(p, &row[i]);
	output_string(o, "</tbody>\n</table></div>\n");
	if (shown < n)
		output_printf(o, "<p class=\"note\">%zu more words are in "
		    "the output of -t tsv.</p>\n", n - shown);
	output_string(o, "</section>\n");
}

void
audit_page(const struct style *style, const struct auditing *a,
    const struct audit_group *group, const struct audit_row *row, size_t n,
    struct output *o)
{
	struct page p = {.a = a, .group = group, .arena = mem_arena(),
	    .out = o};

	begin(style, a, o);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && row[end].group == row[i].group; )
			end++;
		draw_group(&p, row + i, end - i);
	}
	output_string(o, "</main>\n</body>\n</html>\n");
	mem_free(p.arena);
}
