/* SPDX-License-Identifier: ISC */
#include "draw/sheet.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/display.h"
#include "base/mem.h"
#include "base/output.h"
#include "draw/markup.h"

struct sheet
sheet_begin(struct arena *arena, const char *title, size_t columns)
{
	return (struct sheet){.arena = arena, .title = title,
	    .columns = columns, .about = TEXT("")};
}

static void
add(struct sheet *t, struct sheet_cell cell)
{
	if (t->n == t->cap) {
		struct sheet_cell *more = MEM_NEW(t->arena, 2 * t->cap + 16,
		    struct sheet_cell);

		if (t->n > 0)
			memcpy(more, t->cell, t->n * sizeof *more);
		t->cell = more;
		t->cap = 2 * t->cap + 16;
	}
	t->cell[t->n++] = cell;
}

void
sheet_head(struct sheet *t, const char *name)
{
	sheet_name(t, text_of(name));
}

void
sheet_name(struct sheet *t, struct text name)
{
	add(t, (struct sheet_cell){name, SHEET_PLAIN, 0});
}

/* Numbers are short. */
static void
number(struct sheet *t, enum sheet_kind kind, double share, const char *fmt,
    va_list args)
{
	char buf[80];

	vsnprintf(buf, sizeof buf, fmt, args);
	add(t, (struct sheet_cell){text_copy(t->arena, text_of(buf)), kind,
	    isfinite(share) ? share : 0});
}

void
sheet_put(struct sheet *t, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	number(t, SHEET_PLAIN, 0, fmt, args);
	va_end(args);
}

void
sheet_share(struct sheet *t, double share, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	number(t, SHEET_SHARE, share, fmt, args);
	va_end(args);
}

void
sheet_shade(struct sheet *t, double share, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	number(t, SHEET_SHADE, share, fmt, args);
	va_end(args);
}

/* ---- a page ---- */

static void
html_cell(const struct sheet *t, size_t i, struct output *o)
{
	const struct sheet_cell *c = &t->cell[i];
	const char *const open = i < t->columns ?
	    i == 0 ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"n\">" :
	    i % t->columns == 0 ? "<th scope=\"row\">" : NULL;
	char shade[4];

	if (open != NULL) {
		output_string(o, open);
		output_string(o, "<bdi>");
		markup_xml(o, t->arena, c->text);
		output_string(o, "</bdi></th>");
		return;
	}
	output_string(o, "<td class=\"n");
	if (c->kind == SHEET_SHADE)
		output_printf(o, " %s", markup_shade_name(palette_shade(
		    c->share), shade));
	output_string(o, "\">");
	if (c->kind == SHEET_SHARE)
		output_printf(o, "<span class=\"share\" aria-hidden=\"true\">"
		    "<i style=\"width: %.1f%%\"></i></span>", 100 * c->share);
	output_text(o, markup_minus(t->arena, text_copy(t->arena, c->text).s));
	output_string(o, "</td>");
}

void
sheet_html(const struct sheet *t, struct output *o)
{
	output_printf(o, "<section>\n<h2>%s", t->title);
	if (t->about.n > 0) {
		output_string(o, " <bdi>");
		markup_xml(o, t->arena, t->about);
		output_string(o, "</bdi>");
	}
	output_string(o, "</h2>\n");
	if (t->note != NULL)
		output_printf(o, "<p class=\"note\">%s</p>\n", t->note);
	/* a part that can be scrolled can have the focus */
	output_printf(o, "<div class=\"wide\" role=\"region\" tabindex=\"0\" "
	    "aria-label=\"%s\"><table>\n", t->title);
	for (size_t i = 0; i < t->n; i++) {
		if (i % t->columns == 0)
			output_string(o, i == 0 ? "<thead><tr>" : "<tr>");
		html_cell(t, i, o);
		if (i % t->columns == t->columns - 1)
			output_string(o, i < t->columns ?
			    "</tr></thead>\n<tbody>\n" : "</tr>\n");
	}
	output_string(o, "</tbody>\n</table></div>\n</section>\n");
}

/* ---- a terminal ---- */

static void
blanks(struct output *o, size_t n)
{
	while (n-- > 0)
		output_char(o, ' ');
}

void
sheet_text(const struct sheet *t, size_t most, struct output *o)
{
	size_t *wide = MEM_NEW(t->arena, t->columns, size_t);
	struct text *clean = MEM_NEW(t->arena, t->n, struct text);

	for (size_t i = 0; i < t->n; i++) {
		size_t w;

		clean[i] = display_cut(t->arena, t->cell[i].text, most);
		w = display_columns(clean[i]);
		if (w > wide[i % t->columns])
			wide[i % t->columns] = w;
	}
	output_string(o, t->title);
	if (t->about.n > 0) {
		output_char(o, ' ');
		output_text(o, display_clean(t->arena, t->about));
	}
	output_char(o, '\n');
	if (t->note != NULL)
		output_printf(o, "  %s\n", t->note);
	for (size_t i = 0, owed = 0; i < t->n; i++) {
		size_t k = i % t->columns;
		size_t left = wide[k] - display_columns(clean[i]);

		owed += 2 + (k > 0 ? left : 0);
		if (clean[i].n > 0) {
			blanks(o, owed);
			output_text(o, clean[i]);
			owed = 0;
		}
		owed += k == 0 ? left : 0;
		if (k == t->columns - 1) {
			output_char(o, '\n');
			owed = 0;
		}
	}
	output_char(o, '\n');
}
