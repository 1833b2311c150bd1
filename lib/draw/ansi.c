/* SPDX-License-Identifier: ISC */
#include "draw/ansi.h"

#include <stdbool.h>
#include <string.h>

#include "base/display.h"
#include "base/mem.h"
#include "base/output.h"
#include "draw/grid.h"
#include "draw/pen.h"
#include "draw/picture.h"

enum {
	MARGIN = 2,		/* blanks on both sides of a label */
	PAD = 1,		/* painted blanks at both ends of a word */
	GAP = 1,		/* between two words */
	SCALE_COLUMNS = 33,	/* odd, so that 0 has a column */
};

static void
heading(struct pen *pen, const struct picture *p)
{
	const struct score_row *r = &p->row[0];
	struct text class = text_copy(pen->arena, r->class);
	struct text verdict = picture_verdict(p);

	pen->gap = 2;
	pen_text(pen, PEN_STRONG, r->doc);
	pen_string(pen, PEN_STRONG, mem_printf(pen->arena, "%s %.4f",
	    class.s, (double)r->prob));
	if (verdict.n > 0)
		pen_text(pen, picture_outcome(p) == REMARK_WRONG ?
		    PEN_STRONG : PEN_BARE, verdict);
	if (score_says(r->model))
		pen_text(pen, PEN_FAINT, r->model);
	if (score_says(r->method))
		pen_text(pen, PEN_FAINT, r->method);
	pen_end(pen);
}

/* A word with a star. */
static struct text
star(struct arena *arena, struct text word)
{
	char *to = mem_alloc(arena, word.n + 2, 1);

	memcpy(to, word.s, word.n);
	to[word.n] = '*';
	return (struct text){to, word.n + 1};
}

/* The text of a span, with a star after each unknown word. */
static struct text
starred(const struct picture *p, const struct score_row *r)
{
	struct output o = output_to(-1, NULL);
	struct text rest = r->text, made = r->text;
	size_t id = r->first;

	while (p->marked && rest.s != NULL) {
		output_text(&o, text_cut(&rest, ' '));
		output_string(&o, picture_unknown(p, id++) ? "*" : "");
		output_string(&o, rest.s != NULL ? " " : "");
	}
	/* words with blanks have no ids here */
	if (o.n > 0 && id - 1 == r->last)
		made = text_copy(p->arena, (struct text){o.buf, o.n});
	output_done(&o, 0);
	return made;
}

/* A level on its own, broken between its spans. */
static void
level_lines(struct pen *pen, const struct picture *p,
    const struct picture_level *level, size_t indent, bool numbers)
{
	size_t next = 1;	/* the first word that is not drawn yet */

	pen_begin(pen, level->name, indent);
	for (size_t i = 0; i < level->n; i++) {
		const struct score_row *r = level->span[i];

		if (r->first > next)
			pen_string(pen, PEN_FAINT, "...");
		pen_paint(pen, starred(p, r), picture_share(p, r), numbers ?
		    picture_score(p, r) : NULL);
		next = r->last + 1;
	}
	pen_end(pen);
}

/* Columns t to end - 1 of a row of the grid. */
static void
band_line(struct pen *pen, const struct picture *p, const struct grid *g,
    const struct grid_row *row, size_t t, size_t end)
{
	while (t < end) {
		const struct score_row *span = row->span[t];
		size_t stop = grid_run(row, t, end), columns = 0;
		struct output text = output_to(-1, "");

		for (; t < stop; t++) {
			size_t w = display_columns(row->word[t]);
			size_t after = t + 1 == stop ? 0 : GAP + 2 * PAD;

			output_text(&text, row->word[t]);
			after += g->columns[t] - w;
			columns += w + after;
			for (size_t i = 0; i < after; i++)
				output_char(&text, ' ');
		}
		pen_put(pen, text_copy(pen->arena, (struct text){text.buf,
		    text.n}), columns, picture_share(p, span),
		    stop < g->T && row->span[stop] == span);
		output_done(&text, 0);
	}
	pen_end(pen);
}

/*
 * The scores of the spans in columns t to end - 1 of a row, each below its
 * first word, or below a later line of it where there is room.  *shown is the
 * last span whose score was written.
 */
static void
band_numbers(struct pen *pen, const struct picture *p, const struct grid *g,
    const struct grid_row *row, size_t t, size_t end,
    const struct score_row **shown)
{
	size_t owed = pen->indent + PAD;	/* blanks before the next */
	bool any = false;

	while (t < end) {
		const struct score_row *span = row->span[t];
		const char *number = picture_score(p, span);
		size_t stop = grid_run(row, t, end), wide = 0;
		size_t n = strlen(number);

		for (; t < stop; t++)
			wide += g->columns[t] + 2 * PAD + GAP;
		if (span != *shown && n + 2 * PAD + GAP <= wide) {
			output_printf(pen->o, "%*s%s", (int)owed, "", number);
			owed = wide - n;
			*shown = span;
			any = true;
		} else {
			owed += wide;
		}
	}
	if (any)
		output_char(pen->o, '\n');
}

static void
draw_bands(struct pen *pen, const struct picture *p, const struct grid *g,
    size_t indent, bool numbers)
{
	const struct score_row **shown = MEM_NEW(pen->arena, g->rows,
	    const struct score_row *);

	for (size_t t = 0, end; t < g->T; t = end) {
		end = grid_band(g, t, pen->width - indent, PAD, GAP);
		if (t > 0 && g->rows > 1)
			output_char(pen->o, '\n');
		for (size_t i = 0; i < g->rows; i++) {
			pen_begin(pen, g->rows > 1 || t == 0 ?
			    g->row[i].level->name : TEXT(""), indent);
			band_line(pen, p, g, &g->row[i], t, end);
			if (numbers)
				band_numbers(pen, p, g, &g->row[i], t, end,
				    &shown[i]);
		}
		if (end == g->T && t > 0 && g->rows > 1)
			output_char(pen->o, '\n');
	}
}

static void
star_row(struct grid *g, struct grid_row *row, struct arena *arena)
{
	for (size_t t = 0; t < g->T; t++) {
		size_t w;

		if (!row->unknown[t])
			continue;
		row->word[t] = star(arena, row->word[t]);
		w = display_columns(row->word[t]);
		g->columns[t] = w > g->columns[t] ? w : g->columns[t];
	}
}

/* Make a grid of all levels; false if a level or a word does not fit in. */
static bool
make_grid(struct grid *g, const struct picture *p, size_t room, bool numbers)
{
	if (!grid_join(g, p))
		return false;
	for (size_t i = 0; p->marked && i < g->rows; i++)
		star_row(g, &g->row[i], p->arena);
	if (numbers)
		grid_widen(g, p, 4, true);
	for (size_t t = 0; t < g->T; t++)
		if (g->columns[t] + 2 * PAD > room)
			return false;
	return true;
}

/* text, bias and logit, and the rest if they do not add up. */
static void
sums_line(struct pen *pen, const struct picture *p, size_t indent)
{
	struct picture_total total[PICTURE_TOTALS];
	size_t n = picture_totals(p, total);

	pen_begin(pen, TEXT("sums"), indent);
	pen->gap = 2;
	for (size_t i = 0; i < n; i++)
		pen_string(pen, PEN_BARE, mem_printf(pen->arena, "%s %s",
		    total[i].name, total[i].number));
	pen_end(pen);
	if (*p->same == '\0')
		return;
	pen_begin(pen, TEXT("same"), indent);
	pen_string(pen, PEN_BARE, p->same);
	pen_end(pen);
}

/* The legend of the stars. */
static void
mark_line(struct pen *pen, size_t indent)
{
	pen_begin(pen, TEXT("*"), indent);
	pen_string(pen, PEN_BARE, PICTURE_UNKNOWN);
	pen_end(pen);
}

/* word: against -3.16 [the colours] +3.16 for */
static void
scale_line(struct pen *pen, const struct picture *p,
    const struct picture_scale *scale, size_t indent)
{
	const char *low = picture_number(p, scale, -scale->full);
	const char *high = picture_number(p, scale, scale->full);
	const char *of = scale->of == NULL ? "" : mem_printf(pen->arena,
	    "%-8s", mem_printf(pen->arena, "%s:", scale->of));
	size_t taken = strlen(low) + strlen(high) + 2, room;
	size_t longer = strlen(of) + strlen("against  for");
	bool words;

	pen_begin(pen, TEXT("scale"), indent);
	pen->gap = 1;
	room = pen_room(pen);
	words = room >= taken + longer + 3;
	if (words) {
		taken += longer;
		pen_string(pen, PEN_BARE, mem_printf(pen->arena, "%sagainst",
		    of));
	} else if (*of != '\0') {
		pen_string(pen, PEN_BARE, of);
		pen_end(pen);
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

/* Draw the picture into o, with or without numbers. */
static void
draw_into(struct output *o, const struct style *style,
    const struct picture *p, bool numbers)
{
	bool colour = style->colours != TERMINAL_PLAIN;
	struct pen pen = {
		.colours = style->colours, .width = style->width,
		.palette = style->palette, .o = o, .arena = p->arena,
	};
	size_t indent = MARGIN + widest_label(p) + MARGIN;
	struct grid grid;

	heading(&pen, p);
	pen.pad = colour ? PAD : 0;
	pen.gap = colour ? GAP : 2;
	if (colour && indent <= style->width / 3 &&
	    make_grid(&grid, p, style->width - indent, numbers))
		draw_bands(&pen, p, &grid, indent, numbers);
	else
		for (size_t i = 0; i < p->levels; i++)
			level_lines(&pen, p, &p->level[i], indent, numbers);
	sums_line(&pen, p, indent);
	if (p->marked)
		mark_line(&pen, indent);
	for (size_t i = 0; i < p->scales; i++)
		scale_line(&pen, p, &p->scale[i], indent);
	pen_free(&pen);
}

/* True if the text has at most this many lines. */
static bool
fits(const struct output *o, size_t lines)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->buf[i] == '\n' && lines-- == 0)
			return false;
	return true;
}

static void
draw(struct drawing *d, const struct picture *p)
{
	const struct style *style = d->style;
	bool colour = style->colours != TERMINAL_PLAIN;
	struct output o = output_to(-1, "");

	draw_into(&o, style, p, !colour || style->numbers != STYLE_NEVER);
	if (colour && style->numbers == STYLE_AUTO &&
	    !fits(&o, style->height)) {
		o.n = 0;
		draw_into(&o, style, p, false);
	}
	if (d->n > 0)
		output_char(d->out, '\n');
	output_bytes(d->out, o.buf, o.n);
	output_done(&o, 0);
}

const struct view view_ansi = {
	.is = {"ansi", "coloured text for a terminal"},
	.palettes = STYLE_TERMINAL,
	.draw = draw,
};
