/* SPDX-License-Identifier: ISC */
#include "draw/svg_sheet.h"

#include "base/output.h"
#include "draw/markup.h"
#include "draw/style.h"

static const char css[] =
    "svg { font: 15px monospace; color-scheme: light dark }\n"
    "text { white-space: pre; fill: " PAGE_INK " }\n"
    ".page { fill: " PAGE_PAPER " }\n"
    ".label { fill: " PAGE_FAINT " }\n"
    ".strong { font-weight: bold }\n"
    ".unknown { text-decoration: underline;"
    " text-decoration-style: dotted }\n"
    ".number { font-size: 11.25px }\n";

static const char css_dark[] =
    "text { fill: " PAGE_INK_DARK " }\n"
    ".page { fill: " PAGE_PAPER_DARK " }\n"
    ".label { fill: " PAGE_FAINT_DARK " }\n";

/* Only in drawings with trees. */
static const char css_tree[] =
    ".edge { fill: none; stroke: " PAGE_FAINT " }\n";

static const char css_tree_dark[] =
    ".edge { stroke: " PAGE_FAINT_DARK " }\n";

static void
write_palette(struct output *o, const struct palette *p)
{
	struct shade shade[SHADES];

	markup_shades(p, shade);
	for (const struct shade *s = shade; s < shade + SHADES; s++)
		output_printf(o, ".%s rect, rect.%s { fill: %s }\n"
		    ".%s text { fill: #%s }\n", s->name, s->name, s->hex,
		    s->name, s->black ? "000" : "fff");
}

void
svg_begin(struct output *o, const struct style *style, double wide,
    double high, const char *title)
{
	output_printf(o, "<svg xmlns=\"http://www.w3.org/2000/svg\" "
	    "width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" "
	    "role=\"graphics-document document\" xml:lang=\"en\">\n"
	    "<title>%s</title>\n<style>\n", wide, high, wide, high, title);
	output_string(o, css);
	if (style->tree)
		output_string(o, css_tree);
	write_palette(o, style->palette);
	output_string(o, "@media screen and (prefers-color-scheme: dark) {\n");
	output_string(o, css_dark);
	if (style->tree)
		output_string(o, css_tree_dark);
	write_palette(o, style->dark);
	output_string(o, "}\n</style>\n");
}

void
svg_page(struct output *o)
{
	output_string(o, "<rect class=\"page\" width=\"100%\" "
	    "height=\"100%\"/>\n");
}

void
svg_text(struct output *o, struct arena *arena, const char *class, double x,
    double y, struct text clean, size_t columns)
{
	output_printf(o, "<text%s%s%s x=\"%g\" y=\"%g\"", class == NULL ? "" :
	    " class=\"", class == NULL ? "" : class, class == NULL ? "" : "\"",
	    x, y);
	if (columns > 1)
		output_printf(o, " textLength=\"%zu\" lengthAdjust="
		    "\"spacingAndGlyphs\"", columns * SVG_COLUMN);
	output_char(o, '>');
	markup_xml(o, arena, clean);
	output_string(o, "</text>\n");
}
