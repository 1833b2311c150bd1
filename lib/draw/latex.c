/* SPDX-License-Identifier: ISC */
#include "draw/latex.h"

#include "base/mem.h"
#include "base/output.h"
#include "draw/grid.h"
#include "draw/markup.h"
#include "draw/picture.h"
#include "draw/span_tree.h"

enum {
	COLUMNS = 90,		/* -w: of a whole line of the paper */
	WIDEST = 40,		/* of a piece of a word */
};

static const char head[] =
    "% needs color, fontenc, geometry, textcomp; lmodern if it is there\n"
    "\\documentclass{article}\n"
    "\\ifdefined\\Umathchar\\else\n"
    "\\usepackage[T1]{fontenc}\n"
    "\\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}\n"
    "\\fi\n"
    "\\usepackage{textcomp}\n"
    "\\usepackage{color}\n"
    "\\usepackage[margin=20mm]{geometry}\n"
    "\\setlength{\\parindent}{0pt}\n"
    "\\pagestyle{plain}\n"
    /* words with letters that the font may lack: the first font with all */
    "\\newcommand{\\reatfonts}[1]{\\reattry{DejaVu Sans}{#1}%\n"
    "  \\reattry{Noto Sans}{#1}\\reattry{Noto Sans Hebrew}{#1}%\n"
    "  \\reattry{Noto Sans Arabic}{#1}%\n"
    "  \\reattry{Noto Sans CJK SC}{#1}\\reattry{Droid Sans Fallback}{#1}%\n"
    "  \\reattry{Noto Sans Devanagari}{#1}\\reattry{Noto Sans Thai}{#1}%\n"
    "  \\reattry{Noto Color Emoji}{#1}\\reattry{Noto Emoji}{#1}}\n"
    "\\newif\\ifreatall\n"
    "\\def\\reatletter#1#2{#2}\n"
    /* these fonts have no ligatures: characters only, without escapes */
    "\\def\\reatglyph#1#2{\\char\"#1 }\n"
    "\\def\\reatcode#1#2{{\\tiny U+#1}}\n"
    "\\def\\reathas#1#2{\\iffontchar\\font\"#1 \\else\\reatallfalse\\fi}\n"
    "\\def\\reattest#1{\\reatalltrue\n"
    "  \\let\\reatknown\\reathas\\let\\reatchar\\reathas#1}\n"
    "\\def\\reattry#1#2{\\ifreatall\\else\n"
    "  \\ifdefined\\directlua\n"
    "  \\font\\reatfont=\"name:#1:mode=harf\\reatscript\"\n"
    "  at \\csname f@size\\endcsname pt\\relax\n"
    "  \\else\n"
    "  \\font\\reatfont=\"#1\" at \\csname f@size\\endcsname pt\\relax\\fi\n"
    "  \\ifx\\reatfont\\nullfont\\else\\reatfont\\reattest{#2}\\fi\\fi}\n"
    "\\newcommand{\\reatright}[1]{#1}\n"
    "\\newcommand{\\reatword}[2]{\\begingroup\n"
    "  \\def\\reatscript{#1}\\def\\reatset##1{##1}\\let\\reatshow\\reatletter\n"
    "  \\ifdefined\\Umathchar\\suppressfontnotfounderror=1\n"
    "  \\reattest{#2}\\ifreatall\\else\n"
    "  \\let\\reatshow\\reatglyph\\reatfonts{#2}\\fi\\else\\reatallfalse\\fi\n"
    "  \\let\\reatknown\\reatshow\\let\\reatchar\\reatshow\n"
    "  \\ifreatall\\else\\selectfont\n"
    "  \\let\\reatknown\\reatletter\\let\\reatchar\\reatcode\\fi\n"
    "  \\ifdefined\\directlua\\ifreatall\\ifx\\reatscript\\empty\\else\n"
    "  \\def\\reatset##1{\\hbox dir TRT{##1}}%\n"
    "  \\def\\reatright##1{{\\textdir TLT ##1}}\\fi\\fi\\fi\n"
    "  \\reatset{#2}\\endgroup}\n"
    /* columns: measured, then painted */
    "\\newdimen\\reatwide\n"
    "\\newdimen\\reatwidth\n"
    "\\newcommand{\\reatmeasure}[5]{\\setbox0\\hbox{#4}%\n"
    "  \\ifdim\\wd0>\\reatwide \\reatwide=\\wd0 \\fi\n"
    "  \\setbox0\\hbox{\\tiny#5}%\n"
    "  \\ifdim\\wd0>\\reatwide \\reatwide=\\wd0 \\fi}\n"
    "\\newcommand{\\reatpaint}[5]{\\reatbox{#1}{#2}{#3}{\\strut#4\\hfil}%\n"
    "  {\\tiny\\strut#5\\hfil}}\n"
    "\\newcommand{\\reatbox}[5]{\\hbox{\\reatbegin\n"
    "  \\ifnum#1=0 \\kern1.5pt\\fi\n"
    "  \\setbox0\\vbox to 7.2mm{\\vfil\n"
    "    \\hbox to \\reatwide{#4}\\hbox to \\reatwide{#5}\\vfil}%\n"
    "  \\fboxsep=0pt\n"
    "  \\colorbox{reat#3}{\\color{reat#3ink}%\n"
    "    \\kern\\ifnum#1=0 3pt\\else4.5pt\\fi\\box0\n"
    "    \\kern\\ifnum#2=0 3pt\\else4.5pt\\fi}%\n"
    "  \\ifnum#2=0 \\kern1.5pt\\fi\\reatend}\\kern1.5pt}\n"
    "\\newcommand{\\reatcolumn}[1]{\\reatwide=0pt\n"
    "  \\let\\reatcell\\reatmeasure#1\\let\\reatcell\\reatpaint\n"
    "  {\\reatupright\\vtop{\\offinterlineskip#1}}\\penalty0\\relax}\n"
    /* a dotted line under a word */
    "\\newcommand{\\reatunknown}[1]{\\setbox2\\hbox{#1}%\n"
    "  \\rlap{\\lower1.5pt\\hbox to\\wd2{\\leaders\\hbox{\\kern.4pt"
    "\\vrule height.6pt width.6pt\\kern.4pt}\\hfil}}\\box2 }\n"
    "\\newcommand{\\reatturn}[1]{#1}\n"
    "\\newcommand{\\reatupright}{}\n"
    "\\newcommand{\\reatbegin}{}\n"
    "\\newcommand{\\reatend}{}\n"
    /* a grid whose first column is at the right */
    "\\newcommand{\\reatleftward}{%\n"
    "  \\def\\reatpaint##1##2##3##4##5{\\reatbox{##2}{##1}{##3}%\n"
    "    {\\hfil\\strut##4}{\\hfil\\tiny\\strut##5}}%\n"
    "  \\ifdefined\\directlua\\def\\reatturn##1{{\\textdir TRT ##1}}%\n"
    "  \\def\\reatupright{\\textdir TLT}%\n"
    "  \\else\\TeXXeTstate=1\\def\\reatturn##1{\\beginR##1\\endR}%\n"
    "  \\let\\reatbegin\\beginL\\let\\reatend\\endL\\fi}\n"
    "\\newcommand{\\reatname}[1]{\\hbox{\\vbox to 7.2mm{\\vfil\n"
    "    \\hbox to \\reatwide{\\strut\\small#1\\hfil}%\n"
    "    \\hbox{\\tiny\\strut}\\vfil}}\\kern1.5pt}\n"
    "\\newcommand{\\reatspan}[1]{\\setbox0\\hbox{\\small#1}%\n"
    "  \\ifdim\\wd0>\\reatwide \\reatwide=\\wd0 \\fi}\n"
    "\\newcommand{\\reatgrid}[2]{\\par\\begingroup\\reatwide=0pt\n"
    "  \\raggedright\\lineskiplimit=\\maxdimen\\lineskip=2mm\n"
    "  \\let\\reatlabel\\reatspan#1\\advance\\reatwide3mm\n"
    "  \\hangindent\\reatwide\\hangafter1\\noindent\n"
    "  \\let\\reatlabel\\reatname\\vtop{\\offinterlineskip#1}%\n"
    "  \\reatturn{#2}\\par\\endgroup}\n";

/* The rest of a picture. */
static const char head_rest[] =
    "\\newcommand{\\reatpicture}[1]{%\n"
    "  \\ifdim\\reatwidth<\\textwidth\n"
    "  \\begin{minipage}[t]{\\reatwidth}#1\\end{minipage}%\n"
    "  \\hskip5mm\\relax\\else#1\\par\\medskip\\fi}\n"
    "\\newcommand{\\reatdocument}{\\par\\bigskip\\raggedright\n"
    "  \\lineskiplimit=3mm\\lineskip=3mm}\n"
    "\\newcommand{\\reatverdict}[1]{\\quad\\textmd{#1}}\n"
    "\\newcommand{\\reatwrong}[1]{\\quad#1}\n"
    "\\newcommand{\\reathead}[5]{{\\raggedright\\textbf{#1}\\quad\n"
    "  \\textbf{#2 #3}\\quad#4\\quad#5\\par}\\nopagebreak\\smallskip}\n"
    "\\newcommand{\\reatsums}[1]{\\par{\\small\\raggedright#1\\par}}\n"
    "\\newcommand{\\reatmark}[1]{\\reatsums{%\n"
    "  \\mbox{\\reatunknown{dotted}}: #1}}\n"
    "\\newcommand{\\reatsum}[2]{\\mbox{#1 #2}\\quad}\n"
    "\\newcommand{\\reatshade}[1]{\\textcolor{reat#1}"
    "{\\rule{1.2mm}{2.2mm}}}\n"
    "\\newcommand{\\reatscale}[3]{{\\small\\raggedright #1against~#2\n"
    "  \\mbox{\\reatbar} #3~for\\par}}\n";

/*
 * Only in documents with trees: a picture environment, which is made smaller if
 * it is larger than the page.  Its unit makes a column of a tree as wide as a
 * letter of the typewriter font.  \qbezier is the line that every LaTeX draws
 * at any slope.
 */
static const char head_tree[] =
    "\\usepackage{graphicx}\n"
    "\\IfFileExists{pict2e.sty}{\\usepackage{pict2e}}{}\n"
    "\\newcommand{\\reattree}[3]{\\par\\smallskip\\begingroup\n"
    "  \\ttfamily\\setbox0\\hbox{x}\\unitlength=\\wd0\n"
    "  \\divide\\unitlength by 9\n"
    "  \\setbox0\\hbox{\\begin{picture}(#1,#2)#3\\end{picture}}%\n"
    "  \\ifdim\\wd0>\\linewidth\n"
    "  \\setbox0\\hbox{\\resizebox{\\linewidth}{!}{\\box0}}\\fi\n"
    "  \\ifdim\\ht0>.8\\textheight\n"
    "  \\setbox0\\hbox{\\resizebox{!}{.8\\textheight}{\\box0}}\\fi\n"
    "  \\noindent\\box0\\endgroup\\par\\smallskip}\n"
    "\\newcommand{\\reatedge}[6]{\\qbezier(#1,#2)(#3,#4)(#5,#6)}\n"
    "\\newcommand{\\reatnode}[6]{\\put(#1,#2){\\makebox(0,0)[bl]{%\n"
    "  \\textcolor{reat#4}{\\rule{#3\\unitlength}{38\\unitlength}}}}%\n"
    "  \\put(#1,#2){\\makebox(#3,38){\\color{reat#4ink}%\n"
    "  \\shortstack{\\strut#5\\\\{\\tiny#6}}}}}\n"
    "\\newcommand{\\reattag}[3]{\\put(#1,#2){\\makebox(0,15){\\tiny#3}}}\n";

static void
write_palette(struct output *o, const struct palette *p)
{
	struct shade shade[SHADES];

	markup_shades(p, shade);
	for (const struct shade *s = shade; s < shade + SHADES; s++)
		output_printf(o, "\\definecolor{reat%s}{rgb}{%.3f,%.3f,%.3f}"
		    "\\definecolor{reat%sink}{gray}{%d}\n", s->name,
		    s->colour.r / 255.0, s->colour.g / 255.0,
		    s->colour.b / 255.0, s->name, !s->black);
	output_string(o, "\\definecolor{reatgap}{gray}{1}"
	    "\\definecolor{reatgapink}{gray}{0}\n"
	    "\\newcommand{\\reatbar}{");
	for (int k = 0; k < SHADES; k++)
		output_printf(o, "%s\\reatshade{%s}", k % 4 == 0 ? "%\n  " :
		    "", shade[k].name);
	output_string(o, "}\n");
}

static void
begin(struct drawing *d)
{
	size_t width = d->style->width;
	struct output *o = d->out;

	output_string(o, head);
	output_string(o, head_rest);
	if (d->style->tree)
		output_string(o, head_tree);
	write_palette(o, d->style->palette);
	output_string(o, "\\begin{document}\n\\reatwidth=");
	if (width > 0 && width < COLUMNS)
		output_printf(o, "%.3f", (double)width / COLUMNS);
	output_string(o, "\\textwidth\n");
}

static void
word(const struct picture *p, struct text a, bool unknown, struct output *o)
{
	if (unknown)
		output_string(o, "\\reatunknown{");
	markup_latex(o, p->arena, a);
	if (unknown)
		output_char(o, '}');
}

/* Write column t: a cell of each row. */
static void
column(const struct picture *p, const struct grid *g, size_t t,
    struct output *o)
{
	output_string(o, "\\reatcolumn{");
	for (size_t i = 0; i < g->rows; i++) {
		const struct grid_row *row = &g->row[i];
		const struct score_row *s = row->span[t];
		bool before = t > 0 && row->span[t - 1] == s;
		bool after = t + 1 < g->T && row->span[t + 1] == s;
		char shade[4];

		output_printf(o, "\\reatcell%d%d{%s}{", before, after,
		    s == NULL ? "gap" : markup_shade(p, s, shade));
		word(p, row->word[t], row->unknown[t], o);
		output_string(o, "}{");
		if (s != NULL && !before)
			markup_latex(o, p->arena, markup_score(p, s));
		output_char(o, '}');
	}
	output_string(o, "}%\n");
}

static void
grid(const struct picture *p, const struct grid *g, struct output *o)
{
	output_string(o, g->leftward ? "{\\reatleftward\\reatgrid{" :
	    "\\reatgrid{");
	for (size_t i = 0; i < g->rows; i++) {
		output_string(o, "\\reatlabel{");
		markup_latex(o, p->arena, g->row[i].level->name);
		output_char(o, '}');
	}
	output_string(o, "}{%\n");
	for (size_t t = 0; t < g->T; t++)
		column(p, g, t, o);
	output_string(o, g->leftward ? "}}\n" : "}\n");
}

static void
group(const struct picture *p, struct text a, struct output *o)
{
	output_char(o, '{');
	markup_latex(o, p->arena, a);
	output_char(o, '}');
}

static void
number(const struct picture *p, const char *s, struct output *o)
{
	group(p, markup_minus(p->arena, s), o);
}

static void
sums_and_scales(const struct picture *p, struct output *o)
{
	struct picture_total total[PICTURE_TOTALS];
	size_t n = picture_totals(p, total);

	output_string(o, "\\reatsums{");
	for (size_t i = 0; i < n; i++) {
		output_printf(o, "\\reatsum{%s}", total[i].name);
		number(p, total[i].number, o);
	}
	if (*p->same != '\0') {
		output_string(o, "\\reatsum{same}");
		group(p, text_of(p->same), o);
	}
	output_string(o, "}\n");
	if (p->marked)
		output_string(o, "\\reatmark{" PICTURE_UNKNOWN "}\n");
	for (size_t i = 0; i < p->scales; i++) {
		const struct picture_scale *scale = &p->scale[i];

		output_printf(o, "\\reatscale{%s%s}", scale->of == NULL ? "" :
		    scale->of, scale->of == NULL ? "" : ": ");
		number(p, picture_number(p, scale, -scale->full), o);
		number(p, picture_number(p, scale, scale->full), o);
		output_char(o, '\n');
	}
}

static void
straight(double x, double y, double x2, double y2, struct output *o)
{
	output_printf(o, "\\reatedge{%g}{%g}{%g}{%g}{%g}{%g}%%\n", x, y,
	    (x + x2) / 2, (y + y2) / 2, x2, y2);
}

/*
 * Write an edge, whose y grows upward: from the box to the row below, and from
 * there straight down to a word.
 */
static void
edge(const struct span_tree *tree, const struct span_node *from,
    const struct span_node *to, struct output *o)
{
	double x = span_node_middle(from), x2 = span_node_middle(to);
	double y = tree->high - from->y - SPAN_TREE_HIGH;
	double end = tree->high - span_node_top(to);
	double y2 = y - SPAN_TREE_EDGE > end ? y - SPAN_TREE_EDGE : end;

	straight(x, y, x2, y2, o);
	if (y2 > end)
		straight(x2, y2, x2, end, o);
}

static void
draw_tree(const struct picture *p, struct output *o)
{
	const struct span_tree *tree = p->tree;

	output_printf(o, "\\reattree{%g}{%g}{%%\n", tree->wide, tree->high);
	for (size_t i = 0; i < tree->n; i++)
		if (tree->node[i].parent != i)
			edge(tree, &tree->node[tree->node[i].parent],
			    &tree->node[i], o);
	for (size_t i = 0; i < tree->n; i++) {
		const struct span_node *node = &tree->node[i];
		double low = tree->high - node->y - SPAN_TREE_HIGH;
		char shade[4];

		output_printf(o, "\\reatnode{%g}{%g}{%g}{%s}", node->x, low,
		    node->wide, node->row == NULL ? "gap" :
		    markup_shade(p, node->row, shade));
		output_char(o, '{');
		word(p, node->text, node->unknown, o);
		output_char(o, '}');
		group(p, node->row == NULL ? TEXT("") : markup_score(p,
		    node->row), o);
		output_string(o, "%\n");
		if (node->tag.n == 0)
			continue;
		output_printf(o, "\\reattag{%g}{%g}", span_node_middle(node),
		    low + SPAN_TREE_HIGH);
		group(p, node->tag, o);
		output_string(o, "%\n");
	}
	output_string(o, "}\n");
}

static void
draw_grids(const struct picture *p, struct output *o)
{
	size_t n;
	struct grid *g = markup_grids(p, WIDEST, 0, &n);

	for (size_t i = 0; i < n; i++)
		grid(p, &g[i], o);
}

static void
draw(struct drawing *d, const struct picture *p)
{
	const struct score_row *r = &p->row[0];
	struct text verdict = picture_verdict(p);
	struct output *o = d->out;

	if (d->new_doc)
		output_string(o, "\\reatdocument\n");
	output_string(o, "\\reatpicture{\\reathead");
	group(p, r->doc, o);
	group(p, r->class, o);
	output_printf(o, "{%.4f", (double)r->prob);
	if (verdict.n > 0) {
		output_string(o, picture_outcome(p) == REMARK_WRONG ?
		    "\\reatwrong" : "\\reatverdict");
		group(p, verdict, o);
	}
	output_char(o, '}');
	group(p, score_says(r->model) ? r->model : TEXT(""), o);
	group(p, score_says(r->method) ? r->method : TEXT(""), o);
	output_char(o, '\n');
	if (p->tree != NULL)
		draw_tree(p, o);
	else
		draw_grids(p, o);
	sums_and_scales(p, o);
	output_string(o, "}\n");
}

static void
end(struct drawing *d)
{
	output_string(d->out, "\\end{document}\n");
}

const struct view view_latex = {
	.is = {"latex", "a document for LaTeX"},
	.palettes = STYLE_LIGHT,
	.trees = true,
	.begin = begin,
	.draw = draw,
	.end = end,
};
