/* SPDX-License-Identifier: ISC */
#include "draw/svg_tree.h"

#include "base/display.h"
#include "base/output.h"
#include "draw/markup.h"
#include "draw/picture.h"
#include "draw/span_tree.h"

/* Write a clean text around x, stretched to its columns. */
static void
centred(struct output *o, const struct picture *p, const char *class, double x,
    double y, struct text clean, bool small)
{
	size_t columns = display_columns(clean);

	if (clean.n == 0)
		return;
	output_printf(o, "<text class=\"%s\" x=\"%g\" y=\"%g\" "
	    "text-anchor=\"middle\"", class, x, y);
	if (columns > 1)
		output_printf(o, " textLength=\"%g\" "
		    "lengthAdjust=\"spacingAndGlyphs\"", (double)(columns *
		    SPAN_TREE_COLUMN) * (small ? SPAN_TREE_SMALL / 4.0 : 1));
	output_char(o, '>');
	markup_xml(o, p->arena, clean);
	output_string(o, "</text>\n");
}

/*
 * An edge goes from a box to the row below, and from there straight down to a
 * word: so it crosses no box.
 */
static void
edges(struct output *o, const struct span_tree *tree, double left, double top)
{
	output_string(o, "<path class=\"edge\" d=\"");
	for (size_t i = 0; i < tree->n; i++) {
		const struct span_node *node = &tree->node[i];
		const struct span_node *from = &tree->node[node->parent];
		double x = left + span_node_middle(node);
		double y = top + from->y + SPAN_TREE_HIGH;
		double end = top + span_node_top(node);

		if (from == node)
			continue;
		output_printf(o, "%sM%g %gL%g %g", i > 0 ? "\n" : "",
		    left + span_node_middle(from), y, x, y + SPAN_TREE_EDGE <
		    end ? y + SPAN_TREE_EDGE : end);
		if (y + SPAN_TREE_EDGE < end)
			output_printf(o, "V%g", end);
	}
	output_string(o, "\"/>\n");
}

static void
node(struct output *o, const struct picture *p, const struct span_node *it,
    double left, double top)
{
	const struct score_row *r = it->row;
	double x = left + span_node_middle(it), y = top + it->y;
	struct text tag = it->leaf ? it->tag : it->text;
	bool text = it->text.n > 0;
	char shade[4];

	output_printf(o, "<g role=\"listitem\" aria-level=\"%zu\" class=\"%s\" "
	    "aria-label=\"", it->depth + 1, r == NULL ? "gap" :
	    markup_shade(p, r, shade));
	markup_xml(o, p->arena, tag);
	if (r != NULL) {
		output_string(o, tag.n > 0 ? " " : "");
		output_text(o, markup_score(p, r));
		output_string(o, ": ");
	}
	markup_xml(o, p->arena, r == NULL ? it->text : r->text);
	output_string(o, "\">\n");
	if (r != NULL)
		output_printf(o, "<rect x=\"%g\" y=\"%g\" width=\"%g\" "
		    "height=\"%d\" rx=\"4\"/>\n", left + it->x, y, it->wide,
		    SPAN_TREE_HIGH);
	centred(o, p, it->unknown ? "word unknown" : "word", x, y + 17,
	    it->text, false);
	if (r != NULL)
		centred(o, p, "number", x, y + (text ? 32 : 23),
		    markup_score(p, r), true);
	output_string(o, "</g>\n");
	centred(o, p, "label number", x, y - 4, it->tag, true);
}

void
svg_tree(struct output *o, const struct picture *p, double left, double top)
{
	const struct span_tree *tree = p->tree;

	edges(o, tree, left, top);
	output_string(o, "<g role=\"list\" aria-label=\"tree\">\n");
	for (size_t i = 0; i < tree->n; i++)
		node(o, p, &tree->node[i], left, top);
	output_string(o, "</g>\n");
}
