/* SPDX-License-Identifier: ISC */
/* reat-heatmap: draw scores as coloured text, HTML, SVG or LaTeX. */
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "draw/ansi.h"
#include "draw/html.h"
#include "draw/latex.h"
#include "draw/page_index.h"
#include "draw/picture.h"
#include "draw/picture_tsv.h"
#include "draw/span_tree.h"
#include "draw/svg.h"
#include "stream/level.h"
#include "stream/remark.h"
#include "stream/score_read.h"

struct heatmap {
	const char *class;	/* all, predicted, gold, or a label */
	struct picture_choice choice;
	const struct page_order *order;
	bool keep_going;
	struct picture picture;
	struct drawing drawing;
	struct output out;
	/* what was in the input, for messages about what was not */
	bool any, class_found, label_found;
	bool *level_found;	/* [choice.n] */
};

/* The formats; the first one is the default. */
static const void *const views[] = {
	&view_ansi, &view_html, &view_latex, &view_svg, &view_tsv, NULL,
};

/* Remember which of the chosen levels the document has. */
static void
note_levels(struct heatmap *h, const struct score_doc *d)
{
	for (size_t k = 0; k < h->choice.n; k++)
		for (size_t i = 0; i < d->n && !h->level_found[k]; i++)
			h->level_found[k] = text_equal(d->row[i].level,
			    h->choice.level[k]);
}

/* True if the run from row to last is of a class to draw. */
static bool
is_chosen(const struct heatmap *h, const struct score_doc *d,
    const struct score_row *row, const struct score_row *last)
{
	struct remark remark;

	if (strcmp(h->class, "gold") == 0) {
		remark = remark_read(last->text);
		return score_is_logit(last) && remark.label.s != NULL &&
		    text_equal(remark.label, row->class);
	}
	if (strcmp(h->class, "predicted") == 0)
		return text_equal(row->class, score_class(d, row->model,
		    row->method, h->class));
	return strcmp(h->class, "all") == 0 || text_is(row->class, h->class);
}

/* Draw a picture of each chosen run; false with a message if one is bad. */
static bool
draw(struct heatmap *h, const struct score_doc *d)
{
	note_levels(h, d);
	for (size_t i = 0, end; i < d->n; i = end) {
		end = score_run(d, i);
		if (!is_chosen(h, d, &d->row[i], &d->row[end - 1]))
			continue;
		h->class_found = true;
		if (!picture_make(&h->picture, &d->row[i], end - i,
		    &h->choice))
			return false;
		h->label_found = h->label_found ||
		    h->picture.remark.label.s != NULL;
		if (h->choice.tree && !span_tree_make(&h->picture))
			return false;
		drawing_add(&h->drawing, &h->picture);
	}
	return true;
}

/* Draw all operands, up to the first bad document; returns the status. */
static int
run(struct heatmap *h, char *const operands[])
{
	struct score_reader *r = score_reader_open(operands,
	    (struct score_reading){.whole = true, .split = true,
	    .runs = strcmp(h->class, "predicted") != 0,
	    .keep_going = h->keep_going, .flush = &h->out});
	struct score_doc d;
	int status;

	while (score_next(r, &d)) {
		h->any = true;
		if (!draw(h, &d))
			score_reader_bad(r);
	}
	status = score_reader_status(r);
	score_reader_close(r);
	return status;
}

/* False with a message if what the options name never occurred. */
static bool
check_found(const struct heatmap *h)
{
	bool found = true;

	if (!h->class_found)
		return bad((struct place){0}, strcmp(h->class, "gold") == 0 ?
		    "option -c %s: no class of the input is the label of its "
		    "text" : "option -c: class %s is nowhere in the input",
		    h->class);
	if (h->order != NULL && h->order->labels && !h->label_found)
		found = bad((struct place){0}, "option -S %s: no text of the "
		    "input has a label", h->order->is.name);
	for (size_t i = 0; i < h->choice.n; i++)
		if (!h->level_found[i])
			found = bad((struct place){0}, "option -l: level %.*s "
			    "is nowhere in the input",
			    TEXT_ARGS(h->choice.level[i]));
	return found;
}

int
main(int argc, char *argv[])
{
	struct options o = {"AC:c:Hl:M:N:r:S:Tt:w:",
	    "draw scores as coloured text, HTML, SVG or LaTeX", "[file ...]",
	    .reads = "score", .writes = "picture",
	    .meanings = (const struct option_meaning[]){
	    {'c', "all (the default), predicted, gold, or a class"},
	    {'H', "no header line (-t tsv)"},
	    {'k', "keep going after a bad row"},
	    {'l', "levels, comma-joined, in the order to draw"},
	    {'M', "the score of full colour, or \"one\" for all levels"},
	    {'r', "palette: a name (paper) or a path with a /"},
	    {'S', "order of the texts of a page; \"list\" lists them"},
	    {0}},
	    .names = (const struct option_meaning[]){
	    {'r', "palette"}, {0}}};
	struct arena *arena;
	struct heatmap h = {.class = "all"};
	const struct view *view = &view_ansi;
	struct style style = {.width = 0};
	const char *when = "auto", *palette = NULL;
	int status;

	err_name(argv[0]);	/* before there may be no memory */
	arena = mem_arena();
	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'A': h.choice.repeats = true; break;
		case 'C': when = optarg; break;
		case 'c': h.class = optarg; break;
		case 'H': style.no_header = true; break;
		case 'l':
			h.choice.level = level_list(arena, optarg,
			    &h.choice.n);
			h.level_found = MEM_NEW(arena, h.choice.n, bool);
			break;
		case 'M':
			h.choice.one_scale = strcmp(optarg, "one") == 0;
			h.choice.full = h.choice.one_scale ? 0 :
			    option_real('M', 1e-30, 1e30);
			break;
		case 'N': style.numbers = style_numbers(&o, optarg); break;
		case 'r': palette = optarg; break;
		case 'S':
			style.order = h.order = option_row(&o, 'S', page_orders,
			    sizeof *page_orders);
			break;
		case 'T': h.choice.tree = true; break;
		case 't': view = option_pick(&o, 't', views); break;
		case 'w':
			style.width = (size_t)option_number('w',
			    TERMINAL_WIDTH_MIN, TERMINAL_WIDTH_MAX);
			break;
		}
	style_set(&style, &o, arena, when, palette, view->palettes);
	if (h.order != NULL && view != &view_html)
		option_usage(&o, "option -S works only with -t html");
	h.choice.tree = h.choice.tree && view->trees;
	h.choice.repeats = h.choice.repeats || view == &view_tsv;
	style.tree = h.choice.tree;
	h.keep_going = o.keep_going;
	picture_init(&h.picture);
	h.out = output_to(STDOUT_FILENO, "stdout");
	drawing_begin(&h.drawing, view, &style, &h.out);
	status = run(&h, argv + optind);
	if (status == STATUS_OK && h.any && !check_found(&h))
		status = STATUS_DATA;
	drawing_end(&h.drawing);
	picture_free(&h.picture);
	mem_free(arena);
	return output_done(&h.out, status);
}
