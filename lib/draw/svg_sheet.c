/* SPDX-License-Identifier: ISC */
#include "draw/svg_sheet.h"

#include "base/output.h"
#include "draw/markup.h"

static const char css[] =
    "svg { font: 15px monospace; color-scheme: light dark }\n"
    "text { white-space: pre; fill: #1b1c1f }\n"
    ".page { fill: #fff }\n"
    ".label { fill: #595c63 }\n"
    ".strong { font-weight: bold }\n"
    ".number { font-size: 11.25px }\n";

static const char css_dark[] =
    "text { fill: #e6e6e8 }\n"
    ".page { fill: #16181c }\n"
    ".label { fill: #a3a6ad }\n";

static void
write_palette(struct output *o, const struct palette *p)
{
	char name[4], colour[8];

	for (int k = -PALETTE_SHADES; k <= PALETTE_SHADES; k++) {
		struct colour c = palette_colour(p,
		    (double)k / PALETTE_SHADES);

		markup_shade_name(k, name);
		output_printf(o, ".%s rect, rect.%s { fill: %s }\n"
		    ".%s text { fill: #%s }\n", name, name,
		    markup_colour(c, colour), name,
		    palette_black_on(c) ? "000" : "fff");
	}
}

void
svg_begin(struct output *o, const struct markup *style, double wide,
    double high, const char *title)
{
	output_printf(o, "<svg xmlns=\"http://www.w3.org/2000/svg\" "
	    "width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" "
	    "role=\"graphics-document document\" xml:lang=\"en\">\n"
	    "<title>%s</title>\n<style>\n", wide, high, wide, high, title);
	output_string(o, css);
	write_palette(o, style->light);
	output_string(o, "@media screen and (prefers-color-scheme: dark) {\n");
	output_string(o, css_dark);
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
