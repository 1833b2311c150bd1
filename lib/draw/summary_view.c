/* SPDX-License-Identifier: ISC */
#include "draw/summary_view.h"

#include "base/display.h"
#include "base/mem.h"
#include "base/output.h"
#include "draw/ansi.h"
#include "draw/html.h"
#include "draw/markup.h"
#include "draw/picture.h"
#include "draw/style.h"
#include "draw/summary_sheets.h"
#include "measure/worst.h"

static const char head[] =
    PAGE_HEAD("Summary of a model", "")
    PAGE_TABLES
    SHEET_RULES
    ".tables { display: flex; flex-wrap: wrap; gap: 0 3rem }\n"
    ".tables h2 { margin: 1.5rem 0 .5rem }\n"
    ".tables td { padding-inline-start: .5rem }\n"
    ".note { margin: 0 0 .5rem }\n"
    ".errors { margin-top: 2rem }\n"
    "@media (max-width: 40rem) { .share { width: 2.5em } .tables th,"
    " .tables td { padding: .15rem .3rem .15rem 0 } }\n";

/* The sentence above the errors. */
static const char *
about_errors(const struct summary *s, struct arena *arena)
{
	return mem_printf(arena, "%zu of %zu text%s %s wrong. The %zu with the "
	    "highest probability of the predicted class:",
	    s->wrong, s->labelled, text_plural(s->labelled),
	    s->wrong == 1 ? "is" : "are", s->errors);
}

/* Make the picture of an error: its words. */
static bool
make(struct picture *p, const struct worst_text *e)
{
	struct text word = TEXT("word");

	return picture_make(p, e->row, e->n,
	    &(struct picture_choice){.level = &word, .n = 1});
}

/* Draw the errors: each with its document's name as a heading. */
static bool
draw_errors(const struct summary *s, struct arena *arena, struct output *o)
{
	struct picture p;
	bool good = true;

	output_printf(o, "<h2 class=\"errors\">The most confident errors"
	    "</h2>\n"
	    "<p class=\"note\">%s</p>\n", about_errors(s, arena));
	picture_init(&p);
	for (size_t i = 0, folds = 0; i < s->errors && good; i++) {
		const struct worst_text *e = &s->error[i];

		good = make(&p, e);
		if (!good)
			break;
		output_string(o, "<article>\n<h2><bdi>");
		markup_xml(o, p.arena, e->row[0].doc);
		output_string(o, "</bdi></h2>\n");
		html_section(&p, &folds, o);
		output_string(o, "</article>\n");
	}
	picture_free(&p);
	return good;
}

bool
summary_page(const struct style *style, const struct summary *s,
    struct output *o)
{
	struct arena *arena = mem_arena();
	size_t n;
	const struct sheet *t = summary_sheets(s, arena, &n);
	bool good = true;

	output_string(o, head);
	html_style(style, o);
	output_string(o, "</style>\n</head>\n<body>\n<main>\n"
	    "<h1>Summary of a model</h1>\n<p>");
	markup_xml(o, arena, summary_line(s, arena));
	output_string(o, "</p>\n<div class=\"tables\">\n");
	for (size_t i = 0; i < n; i++)
		sheet_html(&t[i], o);
	output_string(o, "</div>\n");
	if (s->errors > 0)
		good = draw_errors(s, arena, o);
	output_string(o, "</main>\n</body>\n</html>\n");
	mem_free(arena);
	return good;
}

bool
summary_text(const struct style *style, const struct summary *s,
    struct output *o)
{
	struct arena *arena = mem_arena();
	size_t n;
	const struct sheet *t = summary_sheets(s, arena, &n);
	struct drawing d;
	struct picture p;
	bool good = true;

	output_text(o, display_clean(arena, summary_line(s, arena)));
	output_string(o, "\n\n");
	for (size_t i = 0; i < n; i++)
		sheet_text(&t[i], style->width / 3, o);
	if (s->errors > 0)
		output_printf(o, "The most confident errors\n  %s\n\n",
		    about_errors(s, arena));
	picture_init(&p);
	drawing_begin(&d, &view_ansi, style, o);
	for (size_t i = 0; i < s->errors && good; i++) {
		good = make(&p, &s->error[i]);
		if (good)
			drawing_add(&d, &p);
	}
	drawing_end(&d);
	picture_free(&p);
	mem_free(arena);
	return good;
}
