/* SPDX-License-Identifier: ISC */
#include "draw/live_page.h"

#include <string.h>

#include "base/output.h"
#include "draw/markup.h"

static const char style[] =
    "<style>\n"
    "form p { margin: .5rem 0 }\n"
    "form { margin-bottom: 1rem }\n"
    "form label { display: inline-block; margin: .15rem 1rem .15rem 0 }\n"
    "textarea { display: block; box-sizing: border-box; width: 100%;"
    " max-width: 60rem }\n"
    "textarea, select, button { font: inherit }\n"
    "select { max-width: 100% }\n"
    ".fault { padding: .4em .6em; border: 1px solid; border-radius: .3em }\n"
    "</style>\n";

static void
write_choice(struct output *o, struct arena *arena,
    const struct live_choice *c)
{
	output_printf(o, "<label>%s <select name=\"%s\">\n", c->label,
	    c->name);
	for (size_t i = 0; i < c->n; i++) {
		output_string(o, "<option value=\"");
		markup_xml(o, arena, c->value[i]);
		output_string(o, text_equal(c->value[i], c->chosen) ?
		    "\" selected>" : "\">");
		markup_xml(o, arena, c->value[i]);
		output_string(o, "</option>\n");
	}
	output_string(o, "</select></label>\n");
}

static void
write_form(struct output *o, struct arena *arena, const struct live_form *f)
{
	output_printf(o, "<form method=\"post\" action=\"%s\">\n"
	    "<p><label for=\"text\">Text</label>\n"
	    "<textarea id=\"text\" name=\"text\" rows=\"3\" maxlength=\"%d\" "
	    "required autofocus>", f->action, LIVE_LONGEST);
	markup_xml(o, arena, f->text);
	output_string(o, "</textarea></p>\n<p>\n");
	for (size_t i = 0; i < f->choices; i++)
		write_choice(o, arena, &f->choice[i]);
	output_string(o, "<button>Explain</button></p>\n</form>\n");
	if (f->message.n == 0)
		return;
	output_string(o, "<p class=\"fault\" role=\"alert\">");
	markup_xml(o, arena, f->message);
	output_string(o, "</p>\n");
}

/* Cut *rest behind the first line that is this; false if there is none. */
static bool
cut_behind(struct text *rest, const char *line, struct text *head)
{
	struct text after = *rest;

	while (after.s != NULL)
		if (text_is(text_cut(&after, '\n'), line) && after.s != NULL) {
			*head = (struct text){rest->s,
			    (size_t)(after.s - rest->s)};
			*rest = after;
			return true;
		}
	return false;
}

bool
live_page_write(struct output *o, struct arena *arena, struct text page,
    const struct live_form *f)
{
	struct text head, body;

	if (!cut_behind(&page, "</style>", &head) ||
	    !cut_behind(&page, "<main>", &body))
		return false;
	output_text(o, head);
	output_string(o, style);
	output_text(o, body);
	write_form(o, arena, f);
	output_text(o, page);
	return true;
}
