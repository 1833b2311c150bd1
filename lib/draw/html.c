/* SPDX-License-Identifier: ISC */
#include "draw/html.h"

#include "base/display.h"
#include "base/mem.h"
#include "base/output.h"
#include "draw/grid.h"
#include "draw/grid_fold.h"
#include "draw/markup.h"
#include "draw/page_index.h"
#include "draw/page_script.h"
#include "draw/picture.h"
#include "draw/span_tree.h"
#include "draw/svg_tree.h"

enum {
	WIDTH = 60,		/* columns of a picture, if there are as many */
	WIDEST = 24,		/* of a piece of a word: phones are narrow */
	CLASSES = WIDEST + 8,	/* w1, w2, ...: a number may be wider */
	SMALL = 3,		/* quarters of a column that a digit takes */
	FOLD = 20,		/* the least words of a folded stretch */
	FOLDED = 6,		/* columns of what stands for it */
	SNIPPET = 60,		/* columns of a text in the table */
};

static const char rules[] =
    "h1 { margin: 0 0 .5rem; font-size: 1.3rem }\n"
    "h2 { margin: 0; font-size: 1.1rem }\n"
    "h3 { margin: .5rem 0; font-size: 1rem; font-weight: normal }\n"
    "h2, h3 { overflow-wrap: anywhere; overflow-y: clip }\n"
    "h3 em { margin-inline-start: .5em; font-style: normal }\n"
    "h3 em.wrong { padding: 0 .4em; border: 1px solid; border-radius: .3em }\n"
    "h3 small, .label { color: var(--faint) }\n"
    "h2, h3 { break-after: avoid }\n"
    "a { color: inherit }\n"
    "h2 a:not(:hover, :focus) { text-decoration: none }\n"
    /* the browser lays out what is near the window */
    "article { margin-top: 1.5rem; padding-top: .75rem;"
    " border-top: 1px solid var(--line); content-visibility: auto;"
    " contain-intrinsic-size: auto 22rem }\n"
    "section { min-width: 0; break-inside: avoid }\n"
    "[hidden] { display: none }\n"
    ".grid { display: grid }\n"
    ".row { grid-area: 1 / 1; position: relative; --high: 3.1em;"
    " padding-inline-start: 6em; font: .9rem/1 monospace;"
    " line-height: calc(var(--rows, 1) * var(--high) + .6em);"
    " top: calc((var(--row, 0) - (var(--rows, 1) - 1) / 2) * var(--high) "
    "- .4em); pointer-events: none }\n"
    ".label { position: absolute; inset-inline-start: 0; max-width: 6em;"
    " overflow: hidden; text-overflow: ellipsis; white-space: nowrap }\n"
    ".row ul { margin: 0; padding: 0; list-style: none }\n"
    ".row li { display: inline; position: relative; padding: .2em 0 1.25em;"
    " border-radius: .3em; pointer-events: auto;"
    " -webkit-box-decoration-break: clone; box-decoration-break: clone;"
    " forced-color-adjust: none }\n"
    /* room for accents; a taller heap of them is cut off */
    ".row i { display: inline-block; margin: -.5em 1ch; padding: .5em 0;"
    " overflow-y: clip; font-style: normal; line-height: 1;"
    " white-space: nowrap }\n"
    ".row i.on { margin-inline-start: 0 }\n"
    ".row i.cut { margin-inline-end: 0 }\n"
    ".unknown { text-decoration: underline dotted }\n"
    ".row b { position: absolute; inset-inline-start: 1.3ch; top: 2.15em;"
    " font-size: .75em; font-weight: normal; line-height: 1;"
    " white-space: nowrap; unicode-bidi: plaintext }\n"
    "dl, .scale { margin: .4rem 0; font-size: .9rem }\n"
    "dl div { display: inline-block; margin-inline-end: 1.5em }\n"
    "dt, dd { display: inline; margin: 0 }\n"
    "dt { color: var(--faint) }\n"
    ".bar { display: inline-block; width: 12em; max-width: 30%;"
    " height: .8em; border-radius: .3em; vertical-align: baseline;"
    " forced-color-adjust: none }\n"
    ".row li, .bar { -webkit-print-color-adjust: exact;"
    " print-color-adjust: exact }\n"
    /* stretches of words without scores: .n stands for the words .f */
    ".row .f, .unfold:checked ~ .grid .row .n { display: none }\n"
    ".unfold:checked ~ .grid .row li.f { display: inline }\n"
    ".unfold:checked ~ .grid .row i.f { display: inline-block }\n"
    ".unfold, .unfold + label { font-size: .9rem }\n"
    "@media print {\n"
    "body { margin: 0; font-size: .7rem }\n"
    "article { content-visibility: visible; margin-top: .5rem;"
    " padding-top: .3rem }\n"
    "h1, h2, h3, p, dl, .scale { margin: .15rem 0; font-size: .8rem }\n"
    ".row { font-size: .65rem }\n"
    ".unfold, .unfold + label { display: none }\n"
    "}\n";

/* Only in pages with trees: a tree is wider than a line, and not broken. */
static const char head_tree[] =
    ".tree { overflow-x: auto }\n"
    ".tree svg { display: block; font: 15px monospace;"
    " forced-color-adjust: none }\n"
    ".tree text { fill: var(--ink); white-space: pre }\n"
    ".tree .label { fill: var(--faint) }\n"
    ".tree .number { font-size: 11.25px }\n"
    ".tree .edge { fill: none; stroke: var(--faint) }\n"
    "@media print { .tree svg { max-width: 100%; height: auto } }\n";

/* Write the classes of one palette. */
static void
write_palette(struct output *o, const struct palette *p, bool trees)
{
	struct shade shade[SHADES];

	markup_shades(p, shade);
	for (int k = 0; k < SHADES; k++)
		output_printf(o, ".%s { color: #%s; background: %s }\n",
		    shade[k].name, shade[k].black ? "000" : "fff",
		    shade[k].hex);
	for (int k = 0; trees && k < SHADES; k++)
		output_printf(o, ".%s rect { fill: %s } .tree .%s text "
		    "{ fill: #%s }\n", shade[k].name, shade[k].hex,
		    shade[k].name, shade[k].black ? "000" : "fff");
	output_string(o, ".bar { background: linear-gradient(90deg");
	for (int k = 0; k < SHADES; k++)
		output_printf(o, ", %s", shade[k].hex);
	output_string(o, ") }\n");
}

void
html_style(const struct style *style, struct output *o)
{
	size_t width = style->width > 0 ? style->width : WIDTH;

	output_string(o, rules);
	output_printf(o, ".side { display: grid; gap: .5rem 2rem;"
	    " grid-template-columns: repeat(auto-fit,"
	    " minmax(min(100%%, %zuch), 1fr)) }\n", width);
	for (size_t w = 1; w <= CLASSES; w++)
		output_printf(o, ".w%zu { width: %zuch }\n", w, w);
	if (style->tree && style->width == 0)
		output_string(o, ".side { grid-template-columns: "
		    "minmax(0, 1fr) }\n");
	if (style->tree)
		output_string(o, head_tree);
	write_palette(o, style->palette, style->tree);
	output_string(o, "@media screen and (prefers-color-scheme: dark) {\n"
	    ":root { --ink: " PAGE_INK_DARK "; --faint: " PAGE_FAINT_DARK
	    "; --line: " PAGE_LINE_DARK "; --page: " PAGE_PAPER_DARK " }\n");
	write_palette(o, style->dark, style->tree);
	output_string(o, "}\n");
}

/* The state of a page. */
struct html {
	struct page_index *index;
	struct page_text text;		/* the text of the article so far */
	struct arena *arena;		/* of its slices */
	struct output article;		/* in a sorted page, else unused */
	size_t folds;			/* grids with folded stretches */
};

static void
begin(struct drawing *d)
{
	struct output *o = d->out;
	struct html *h = MEM_NEW(d->arena, 1, struct html);

	h->index = page_index_open(d->arena, d->style->order);
	h->arena = mem_arena();
	h->article = output_to(-1, "");
	d->own = h;
	output_string(o, PAGE_HEAD("Scores of words, phrases and clauses",
	    PAGE_SCRIPT_POLICY));
	html_style(d->style, o);
	output_string(o, page_index_css);
	output_string(o, "</style>\n</head>\n<body>\n<main>\n"
	    "<h1>Scores of words, phrases and clauses</h1>\n"
	    "<p>A span's colour and number are its score: what it adds for "
	    "the class, or takes from it.</p>\n");
}

static void
heading(const struct picture *p, struct output *o)
{
	const struct score_row *r = &p->row[0];
	struct text verdict = picture_verdict(p);

	output_string(o, "<h3><bdi>");
	markup_xml(o, p->arena, r->class);
	output_printf(o, "</bdi> <b>%.4f</b>", (double)r->prob);
	if (verdict.n > 0) {
		output_string(o, picture_outcome(p) == REMARK_WRONG ?
		    " <em class=\"wrong\">" : " <em>");
		markup_xml(o, p->arena, verdict);
		output_string(o, "</em>");
	}
	if (score_says(r->model)) {
		output_string(o, " <small><bdi>");
		markup_xml(o, p->arena, r->model);
		output_string(o, "</bdi></small>");
	}
	if (score_says(r->method)) {
		output_string(o, " <small><bdi>");
		markup_xml(o, p->arena, r->method);
		output_string(o, "</bdi></small>");
	}
	output_string(o, "</h3>\n");
}

static void
number(const struct picture *p, const char *s, struct output *o)
{
	output_text(o, markup_minus(p->arena, s));
}

/* Write a span, columns t to end - 1: its words and its score. */
static void
span(const struct picture *p, const struct grid *g,
    const struct grid_row *row, size_t t, size_t end, const size_t *fold,
    struct output *o)
{
	const struct score_row *s = row->span[t];
	size_t hidden = 0;
	char shade[4];

	for (size_t k = t; fold != NULL && k < end; k++)
		hidden += fold[k] == 1;
	output_printf(o, "<li class=\"%s%s\"", s == NULL ? "gap" :
	    markup_shade(p, s, shade), hidden == end - t ? " f" : "");
	if (s != NULL) {
		output_string(o, " title=\"");
		output_float(o, s->score);
		output_char(o, '"');
	}
	output_char(o, '>');
	for (size_t k = t; k < end; k++) {
		if (k > t && !g->joined[k])
			output_char(o, ' ');
		if (fold != NULL && fold[k] > 1)
			output_printf(o, "<i class=\"n w%d\">"
			    "\xe2\x80\xa6%zu</i>", FOLDED, fold[k]);
		output_printf(o, "<i class=\"%s%s%s%sw%zu\">", fold != NULL &&
		    fold[k] > 0 ? "f " : "", row->unknown[k] ? "unknown " :
		    "", g->joined[k] ? "on " : "",
		    k + 1 < g->T && g->joined[k + 1] ? "cut " : "",
		    g->columns[k] < CLASSES ? g->columns[k] : CLASSES);
		markup_xml(o, p->arena, row->word[k]);
		output_string(o, "</i>");
	}
	if (s != NULL) {
		output_string(o, "<b> ");
		output_text(o, markup_score(p, s));
		output_string(o, "</b>");
	}
	output_string(o, "</li>\n");
}

/* Write a box that shows what is folded. */
static void
unfold(const struct grid *g, const size_t *fold, size_t n, struct output *o)
{
	size_t words = 0;

	for (size_t t = 0; t < g->T; t++)
		words += fold[t] > 0 && !g->joined[t];
	output_printf(o, "<input type=\"checkbox\" class=\"unfold\" "
	    "id=\"u%zu\"><label for=\"u%zu\"> show %zu words without a "
	    "score</label>\n", n, n, words);
}

static void
grid(size_t *folds, const struct picture *p, const struct grid *g,
    struct output *o)
{
	const size_t *fold = grid_fold(g, p, FOLD);

	output_string(o, "<div>\n");
	if (fold != NULL)
		unfold(g, fold, ++*folds, o);
	output_printf(o, "<div class=\"grid\" style=\"--rows: %zu\">\n",
	    g->rows);
	for (size_t i = 0; i < g->rows; i++) {
		const struct grid_row *row = &g->row[i];

		output_printf(o, "<div class=\"row\" style=\"--row: %zu\">"
		    "<span class=\"label\" aria-hidden=\"true\">", i);
		markup_xml(o, p->arena, row->level->name);
		output_string(o, "</span>\n<ul dir=\"auto\" role=\"list\" "
		    "aria-label=\"");
		markup_xml(o, p->arena, row->level->name);
		output_string(o, "\">\n");
		for (size_t t = 0, end; t < g->T; t = end) {
			end = grid_run(row, t, g->T);
			span(p, g, row, t, end, fold, o);
		}
		output_string(o, "</ul></div>\n");
	}
	output_string(o, "</div>\n</div>\n");
}

static void
draw_tree(const struct picture *p, struct output *o)
{
	const struct span_tree *tree = p->tree;

	output_printf(o, "<div class=\"tree\">\n<svg width=\"%.0f\" "
	    "height=\"%.0f\" viewBox=\"0 0 %g %g\">\n", tree->wide,
	    tree->high, tree->wide, tree->high);
	svg_tree(o, p, 0, 0);
	output_string(o, "</svg>\n</div>\n");
}

static void
draw_grids(const struct picture *p, size_t *folds, struct output *o)
{
	size_t n;
	struct grid *g = markup_grids(p, WIDEST, SMALL, &n);

	for (size_t i = 0; i < n; i++)
		grid(folds, p, &g[i], o);
}

static void
write_scale(const struct picture *p, const struct picture_scale *scale,
    struct output *o)
{
	output_printf(o, "<p class=\"scale\">scale%s%s: against ",
	    scale->of == NULL ? "" : ", ", scale->of == NULL ? "" : scale->of);
	number(p, picture_number(p, scale, -scale->full), o);
	output_string(o, " <span class=\"bar\"></span> ");
	number(p, picture_number(p, scale, scale->full), o);
	output_string(o, " for</p>\n");
}

static void
sums_and_scales(const struct picture *p, struct output *o)
{
	struct picture_total total[PICTURE_TOTALS];
	size_t n = picture_totals(p, total);

	output_string(o, "<dl>\n");
	for (size_t i = 0; i < n; i++) {
		output_printf(o, "<div><dt>%s</dt> <dd>", total[i].name);
		number(p, total[i].number, o);
		output_string(o, "</dd></div>\n");
	}
	if (*p->same != '\0') {
		output_string(o, "<div><dt>same</dt> <dd>");
		markup_xml(o, p->arena, text_of(p->same));
		output_string(o, "</dd></div>\n");
	}
	output_string(o, "</dl>\n");
	if (p->marked)
		output_string(o, "<p class=\"scale\"><span "
		    "class=\"unknown\">dotted</span>: " PICTURE_UNKNOWN
		    "</p>\n");
	for (size_t i = 0; i < p->scales; i++)
		write_scale(p, &p->scale[i], o);
}

void
html_section(const struct picture *p, size_t *folds, struct output *o)
{
	output_string(o, "<section>\n");
	heading(p, o);
	if (p->tree != NULL)
		draw_tree(p, o);
	else
		draw_grids(p, folds, o);
	sums_and_scales(p, o);
	output_string(o, "</section>\n");
}

/* The beginning of the text, for the table. */
static struct text
first_words(const struct picture *p, struct arena *arena)
{
	struct output o = output_to(-1, "");
	struct text words;

	for (size_t i = 0; p->levels > 0 && i < p->level[0].n &&
	    o.n < 4 * SNIPPET; i++) {
		output_string(&o, i > 0 ? " " : "");
		output_text(&o, p->level[0].span[i]->text);
	}
	words = text_copy(arena, display_cut(p->arena, (struct text){o.n > 0 ?
	    o.buf : "", o.n}, SNIPPET));
	output_done(&o, 0);
	return words;
}

/*
 * Note what the table says of a text: its predicted class if a remark has it,
 * otherwise the most probable of the classes drawn.
 */
static void
note_text(struct html *h, const struct picture *p)
{
	const struct score_row *r = &p->row[0];
	const struct remark *mark = &p->remark;
	struct page_text *t = &h->text;
	bool predicted = mark->predicted.s != NULL;
	float prob = predicted && mark->predicted_p >= 0 ? mark->predicted_p :
	    r->prob;

	if (t->doc.s == NULL) {
		t->doc = text_copy(h->arena, r->doc);
		t->words = first_words(p, h->arena);
	}
	if (mark->label.s != NULL && t->label.s == NULL) {
		t->outcome = picture_outcome(p);
		t->label = text_copy(h->arena, mark->label);
		t->label_p = text_equal(mark->label, r->class) ? r->prob :
		    mark->label_p;
	}
	if (t->class.s == NULL || prob > t->prob) {
		t->class = text_copy(h->arena, predicted ? mark->predicted :
		    r->class);
		t->prob = prob;
	}
}

static void
close_article(struct drawing *d)
{
	struct html *h = d->own;

	if (d->n == 0)
		return;
	output_string(d->style->order != NULL ? &h->article : d->out,
	    "</div>\n</article>\n");
	page_index_add(h->index, &h->text, h->arena, &h->article);
	h->article.n = 0;
}

static void
open_article(struct drawing *d, const struct picture *p, struct output *o)
{
	struct html *h = d->own;
	size_t n = h->text.n + 1;

	mem_reset(h->arena);
	h->text = (struct page_text){.n = n, .label_p = -1};
	if (n == 2)
		output_string(o, "<p class=\"to\"><a href=\"#index\">all "
		    "texts</a></p>\n");
	output_printf(o, "<article id=\"t%zu\">\n<h2><a href=\"#t%zu\"><bdi>",
	    n, n);
	markup_xml(o, p->arena, d->doc);
	output_string(o, "</bdi></a></h2>\n<div class=\"side\">\n");
}

static void
draw(struct drawing *d, const struct picture *p)
{
	struct html *h = d->own;
	struct output *o = d->style->order != NULL ? &h->article : d->out;

	if (d->new_doc) {
		close_article(d);
		open_article(d, p, o);
	}
	note_text(h, p);
	html_section(p, &h->folds, o);
}

static void
end(struct drawing *d)
{
	struct html *h = d->own;

	close_article(d);
	page_index_close(h->index, d->out);
	output_string(d->out, "</main>\n");
	if (h->text.n > 1)
		output_printf(d->out, "<script>%s</script>\n", page_script);
	output_string(d->out, "</body>\n</html>\n");
	output_done(&h->article, 0);
	mem_free(h->arena);
}

const struct view view_html = {
	.is = {"html", "a page for a browser"},
	.palettes = STYLE_BOTH,
	.trees = true,
	.begin = begin,
	.draw = draw,
	.end = end,
};
