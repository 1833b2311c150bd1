/* SPDX-License-Identifier: ISC */
#include "draw/page_index.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/output.h"
#include "draw/markup.h"

enum { ROWS = 1 << 16 };	/* bytes of rows in memory */

const char page_index_css[] =
    ".to { position: fixed; inset-block-end: 0; inset-inline-end: 0;"
    " margin: 0; padding: .5rem 1rem; background: var(--page);"
    " border: 1px solid var(--line) }\n"
    "nav { overflow-x: auto }\n"
    "form { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem;"
    " margin: 1rem 0 }\n"
    "input, select { font: inherit; color: inherit;"
    " background: var(--page); border: 1px solid var(--faint) }\n"
    "table { border-collapse: collapse; margin: 1rem 0 }\n"
    "th, td { padding: .2rem .8rem .2rem 0; text-align: start;"
    " vertical-align: baseline; white-space: nowrap }\n"
    "th { color: var(--faint); font-weight: normal }\n"
    "tbody tr { border-top: 1px solid var(--line) }\n"
    ".nolabel th:nth-child(4), .nolabel td:nth-child(4),"
    " .nolabel th:nth-child(5), .nolabel td:nth-child(5)"
    " { display: none }\n"
    "td.p { padding-inline: .3rem 1.1rem; background:"
    " linear-gradient(var(--line), var(--line)) no-repeat"
    " 0 50% / calc((100% - .8rem) * var(--p)) 1.2em }\n"
    ".p { -webkit-print-color-adjust: exact; print-color-adjust: exact }\n"
    "@media print {\n"
    ".to, form { display: none }\n"
    "thead { display: table-header-group }\n"
    "tr { break-inside: avoid }\n"
    "}\n";

/* Bytes of a file. */
struct extent {
	size_t at, n;
};

struct entry {
	double key;
	size_t n;
	struct extent row, article;
};

struct page_index {
	const struct page_order *order;
	size_t n;
	bool labels;		/* a text has one */
	struct output rows;	/* in memory, or the last of them */
	struct output file;	/* of the rows; fd is -1 before it is made */
	struct output articles;	/* in a sorted page */
	size_t row_end, article_end;
	struct entry *entry;	/* [n] in a sorted page */
	size_t cap;
};

static double
by_input(const struct page_text *t)
{
	return (double)t->n;
}

static double
by_confidence(const struct page_text *t)
{
	return -(double)t->prob;
}

/* Wrong ones, the most confident first; then right ones, the least confident
 * first; then those without a label of the model. */
static double
by_error(const struct page_text *t)
{
	switch (t->outcome) {
	case REMARK_WRONG:
		return -(double)t->prob;
	case REMARK_RIGHT:
		return (double)t->prob;
	default:
		return 2;
	}
}

/* The loss is -log of this. */
static double
by_loss(const struct page_text *t)
{
	return t->label.s != NULL && t->label_p >= 0 ? (double)t->label_p : 2;
}

const struct page_order page_orders[] = {
	{{"order", "that of the input"}, false, by_input},
	{{"confidence", "the highest probability first"}, false,
	    by_confidence},
	{{"error", "errors first, the most confident before others"}, true,
	    by_error},
	{{"loss", "the lowest probability of the label first"}, true,
	    by_loss},
	{{NULL, NULL}, false, NULL},
};

struct page_index *
page_index_open(struct arena *arena, const struct page_order *order)
{
	struct page_index *x = MEM_NEW(arena, 1, struct page_index);

	*x = (struct page_index){.order = order, .rows = output_to(-1, ""),
	    .file = output_to(-1, "")};
	if (order != NULL) {
		x->file = output_temporary();
		x->articles = output_temporary();
	}
	return x;
}

static void
write_row(const struct page_text *t, struct arena *arena, struct output *o)
{
	static const char *const outcome[] = {
		[REMARK_OPEN] = "",
		[REMARK_RIGHT] = "right",
		[REMARK_WRONG] = "wrong",
		[REMARK_FOREIGN] = "not a class",
	};

	output_printf(o, "<tr><td><a href=\"#t%zu\"><bdi>", t->n);
	markup_xml(o, arena, t->doc);
	output_string(o, "</bdi></a></td><td>");
	markup_xml(o, arena, t->class);
	output_printf(o, "</td><td class=\"p\" style=\"--p: %.3f\">%.4f</td>"
	    "<td>", (double)t->prob, (double)t->prob);
	if (t->label.s != NULL)
		markup_xml(o, arena, t->label);
	output_string(o, "</td><td>");
	output_string(o, outcome[t->outcome]);
	output_string(o, "</td><td><bdi>");
	markup_xml(o, arena, t->words);
	output_string(o, "</bdi></td></tr>\n");
}

/* Move the rows from memory to the file. */
static void
spill(struct page_index *x)
{
	if (x->file.fd < 0)
		x->file = output_temporary();
	output_bytes(&x->file, x->rows.buf, x->rows.n);
	x->row_end += x->rows.n;
	x->rows.n = 0;
}

void
page_index_add(struct page_index *x, const struct page_text *t,
    struct arena *arena, const struct output *article)
{
	size_t row = x->row_end;

	write_row(t, arena, &x->rows);
	x->labels = x->labels || t->label.s != NULL;
	if (x->order == NULL) {
		if (x->rows.n > ROWS)
			spill(x);
		x->n++;
		return;
	}
	spill(x);
	output_bytes(&x->articles, article->buf, article->n);
	x->entry = mem_grow(x->entry, &x->cap, x->n + 1, sizeof *x->entry);
	x->entry[x->n++] = (struct entry){x->order->key(t), t->n,
	    {row, x->row_end - row}, {x->article_end, article->n}};
	x->article_end += article->n;
}

static int
by_key(const void *va, const void *vb)
{
	const struct entry *a = va, *b = vb;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->n > b->n) - (a->n < b->n);
}

static void
write_rows(struct page_index *x, struct output *o)
{
	for (size_t i = 0; x->order != NULL && i < x->n; i++)
		output_part(o, &x->file, x->entry[i].row.at,
		    x->entry[i].row.n);
	if (x->order != NULL)
		return;
	if (x->file.fd >= 0)
		output_part(o, &x->file, 0, x->row_end);
	output_bytes(o, x->rows.buf, x->rows.n);
}

void
page_index_close(struct page_index *x, struct output *o)
{
	if (x->order != NULL)
		qsort(x->entry, x->n, sizeof *x->entry, by_key);
	if (x->n > 1) {
		output_printf(o, "<nav id=\"index\" aria-label=\"Texts\">\n"
		    "<table%s>\n<thead><tr><th scope=\"col\">text</th>"
		    "<th scope=\"col\">class</th>"
		    "<th scope=\"col\">probability</th>"
		    "<th scope=\"col\">label</th>"
		    "<th scope=\"col\">class is</th>"
		    "<th scope=\"col\">words</th></tr></thead>\n<tbody>\n",
		    x->labels ? "" : " class=\"nolabel\"");
		write_rows(x, o);
		output_string(o, "</tbody>\n</table>\n</nav>\n");
	}
	for (size_t i = 0; x->order != NULL && i < x->n; i++)
		output_part(o, &x->articles, x->entry[i].article.at,
		    x->entry[i].article.n);
	if (x->order != NULL)
		output_done(&x->articles, 0);
	output_done(&x->file, 0);
	output_done(&x->rows, 0);
	free(x->entry);
}
