/* SPDX-License-Identifier: ISC */
#include "draw_ansi.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "display.h"
#include "mem.h"
#include "pen.h"
#include "picture.h"

enum {
	MARGIN = 2,		/* blanks on both sides of a label */
	SCALE_COLUMNS = 33,	/* odd, so that 0 has a column */
};

static bool
is_there(struct text t)
{
	return t.n > 0 && !text_is(t, "_");
}

static void
heading(struct pen *pen, const struct score_row *r)
{
	struct text class = text_copy(pen->arena, r->class);

	pen->gap = 2;
	pen_text(pen, PEN_STRONG, r->doc, 0);
	pen_string(pen, PEN_STRONG, mem_printf(pen->arena, "%s %.4f",
	    class.s, (double)r->prob));
	if (is_there(r->model))
		pen_text(pen, PEN_FAINT, r->model, 0);
	if (is_there(r->method))
		pen_text(pen, PEN_FAINT, r->method, 0);
	pen_end(pen);
}

static void
level_lines(struct pen *pen, const struct picture_level *level,
    size_t indent)
{
	bool colour = pen->colours != TERMINAL_PLAIN;
	size_t next = 1;	/* the word that should come */

	pen_begin(pen, level->name, indent);
	pen->pad = colour ? 1 : 0;
	pen->gap = colour ? 1 : 2;
	for (size_t i = 0; i < level->n; i++) {
		const struct score_row *r = &level->span[i]->score;

		if (r->first > next)
			pen_string(pen, PEN_FAINT, "...");
		pen_text(pen, PEN_PAINTED, r->text, (double)r->score);
		next = r->last + 1;
	}
	pen_end(pen);
}

/* text + bias = logit, and what is missing if that is not so. */
static void
sums_line(struct pen *pen, const struct picture *picture, size_t indent)
{
	double v[PICTURE_SUMS] = {0}, rest, size = 1;
	int known = 0;

	pen_begin(pen, TEXT("sums"), indent);
	pen->gap = 2;
	for (int k = 0; k < PICTURE_SUMS; k++) {
		if (picture->sum[k] == NULL)
			continue;
		v[k] = (double)picture->sum[k]->score.score;
		pen_string(pen, PEN_BARE, mem_printf(pen->arena, "%s %s",
		    picture_sums[k], pen_number(pen, v[k])));
		size += fabs(v[k]);
		known++;
	}
	rest = v[PICTURE_LOGIT] - v[PICTURE_TEXT] - v[PICTURE_BIAS];
	if (known == PICTURE_SUMS && fabs(rest) > 1e-3 * size)
		pen_string(pen, PEN_BARE, mem_printf(pen->arena, "rest %s",
		    pen_number(pen, rest)));
	pen_end(pen);
}

/* against -3.16 [the colours] +3.16 for */
static void
scale_line(struct pen *pen, size_t indent)
{
	const char *low = pen_number(pen, -pen->full);
	const char *high = pen_number(pen, pen->full);
	size_t taken = strlen(low) + strlen(high) + 2, room;
	bool words;

	pen_begin(pen, TEXT("scale"), indent);
	pen->gap = 1;
	room = pen_room(pen);
	words = room >= taken + strlen("against  for") + 3;
	if (words) {
		taken += strlen("against  for");
		pen_string(pen, PEN_BARE, "against");
	}
	pen_string(pen, PEN_BARE, low);
	room = room < taken + 3 ? 3 : (room - taken - 1) | 1;
	if (pen->colours == TERMINAL_PLAIN)
		pen_string(pen, PEN_BARE, "to");
	else
		pen_scale(pen, room < SCALE_COLUMNS ? room : SCALE_COLUMNS);
	pen_string(pen, PEN_BARE, high);
	if (words)
		pen_string(pen, PEN_BARE, "for");
	pen_end(pen);
}

static size_t
widest_label(const struct picture *p)
{
	size_t widest = strlen("scale");

	for (size_t i = 0; i < p->levels; i++) {
		size_t w = display_columns(display_clean(p->arena,
		    p->level[i].name));

		widest = w > widest ? w : widest;
	}
	return widest;
}

void
draw_ansi(const struct draw_ansi *style, const struct picture *p,
    struct output *o)
{
	struct pen pen = {
		.colours = style->colours, .width = style->width,
		.palette = style->palette, .o = o, .arena = p->arena,
		.full = p->full, .largest = p->largest,
	};
	size_t indent = MARGIN + widest_label(p) + MARGIN;

	heading(&pen, &p->row[0].score);
	for (size_t i = 0; i < p->levels; i++)
		level_lines(&pen, &p->level[i], indent);
	sums_line(&pen, p, indent);
	if (p->largest > 0)
		scale_line(&pen, indent);
	pen_free(&pen);
}
