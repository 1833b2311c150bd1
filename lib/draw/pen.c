/* SPDX-License-Identifier: ISC */
#include "draw/pen.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/display.h"
#include "base/mem.h"
#include "base/output.h"
#include "draw/palette.h"

enum { MARGIN = 2 };	/* blanks before a label */

/* A text on the line, or the part of it that fits. */
struct piece {
	enum pen_ink ink;
	struct text text;
	size_t scale;		/* > 0: the columns of a scale, without text */
	size_t columns;		/* of the text */
	size_t cell;		/* width with padding, or of the number */
	double share;
	const char *number;	/* written below it, or NULL */
	bool last;		/* the last piece of its text */
};

static void
blanks(struct output *o, size_t n)
{
	for (size_t i = 0; i < n; i++)
		output_char(o, ' ');
}

/*
 * Switch to the colour of a share, with black or white text.  Returns false if
 * the share is shown without a colour.
 */
static bool
paint(const struct pen *pen, double share)
{
	struct colour c;
	int k, ink;

	switch (pen->colours) {
	case TERMINAL_PLAIN:
		return false;
	case TERMINAL_16:
		if ((k = palette_16(pen->palette, share)) == PALETTE_NONE)
			return false;
		ink = palette_black_on(palette_xterm(k)) ? 30 : 97;
		output_printf(pen->o, "\033[%d;%dm", ink,
		    k < 8 ? 40 + k : 92 + k);
		return true;
	case TERMINAL_256:
		k = palette_256(pen->palette, share);
		ink = palette_black_on(palette_xterm(k)) ? 16 : 231;
		output_printf(pen->o, "\033[38;5;%d;48;5;%dm", ink, k);
		return true;
	case TERMINAL_24:
		c = palette_colour(pen->palette, share);
		ink = palette_black_on(c) ? 0 : 255;
		output_printf(pen->o, "\033[38;2;%d;%d;%d;48;2;%d;%d;%dm",
		    ink, ink, ink, c.r, c.g, c.b);
		return true;
	}
	return false;
}

/* Switch to an ink; returns true if wipe must switch back. */
static bool
dip(const struct pen *pen, enum pen_ink ink, double share)
{
	if (pen->colours == TERMINAL_PLAIN || ink == PEN_BARE)
		return false;
	if (ink == PEN_PAINTED)
		return paint(pen, share);
	output_string(pen->o, ink == PEN_STRONG ? "\033[1m" : "\033[2m");
	return true;
}

static void
wipe(const struct pen *pen, bool dipped)
{
	if (dipped)
		output_string(pen->o, "\033[0m");
}

/* The label, if it was not written before, and the indent. */
static void
write_label(struct pen *pen)
{
	size_t n = pen->indent;
	bool dipped;

	if (pen->label.n > 0) {
		blanks(pen->o, MARGIN);
		dipped = dip(pen, PEN_FAINT, 0);
		output_text(pen->o, pen->label);
		wipe(pen, dipped);
		n -= MARGIN + display_columns(pen->label);
		pen->label.n = 0;
	}
	blanks(pen->o, n);
}

/* A line with the scores below their pieces. */
static void
write_numbers(const struct pen *pen)
{
	size_t owed = pen->indent + pen->pad;	/* blanks before the next */
	bool any = false;

	for (size_t i = 0; i < pen->n; i++) {
		const struct piece *p = &pen->piece[i];

		if (p->number != NULL) {
			blanks(pen->o, owed);
			output_string(pen->o, p->number);
			owed = p->cell - strlen(p->number);
			any = true;
		} else {
			owed += p->cell;
		}
		owed += pen->gap;
	}
	if (any)
		output_char(pen->o, '\n');
}

static void
write_scale(const struct pen *pen, size_t n)
{
	double half = (double)(n / 2);

	for (size_t i = 0; i < n; i++) {
		bool dipped = paint(pen, ((double)i - half) / half);

		output_char(pen->o, ' ');
		wipe(pen, dipped);
	}
}

/* at: the columns of the line before the piece. */
static void
write_piece(const struct pen *pen, const struct piece *p, size_t at)
{
	size_t pad = p->ink == PEN_PAINTED ? pen->pad : 0;
	size_t end = at + p->columns + 2 * pad;
	size_t room = pen_room(pen);
	bool dipped = dip(pen, p->ink, p->share);

	blanks(pen->o, pad);
	output_text(pen->o, p->text);
	blanks(pen->o, pad);
	if (pad > 0 && !p->last && end < room)
		blanks(pen->o, room - end);
	wipe(pen, dipped);
}

void
pen_end(struct pen *pen)
{
	size_t owed = 0;		/* blanks before the next piece */
	size_t at = 0;

	if (pen->n == 0)
		return;
	write_label(pen);
	for (size_t i = 0; i < pen->n; i++) {
		const struct piece *p = &pen->piece[i];

		blanks(pen->o, owed);
		if (p->scale > 0)
			write_scale(pen, p->scale);
		else
			write_piece(pen, p, at);
		at += p->cell + pen->gap;
		owed = pen->gap + p->cell - p->columns -
		    (p->ink == PEN_PAINTED ? 2 * pen->pad : 0);
	}
	output_char(pen->o, '\n');
	write_numbers(pen);
	pen->n = pen->used = 0;
}

static void
put(struct pen *pen, struct piece piece)
{
	pen->piece = mem_grow(pen->piece, &pen->cap, pen->n + 1,
	    sizeof *pen->piece);
	pen->used += (pen->n > 0 ? pen->gap : 0) + piece.cell;
	pen->piece[pen->n++] = piece;
}

void
pen_put(struct pen *pen, struct text clean, size_t columns, double share,
    bool goes_on)
{
	put(pen, (struct piece){.ink = PEN_PAINTED, .text = clean,
	    .columns = columns, .cell = columns + 2 * pen->pad,
	    .share = share, .last = !goes_on});
}

size_t
pen_room(const struct pen *pen)
{
	return pen->width - pen->indent;
}

void
pen_scale(struct pen *pen, size_t n)
{
	if (pen->n > 0 && pen->used + pen->gap + n > pen_room(pen))
		pen_end(pen);
	put(pen, (struct piece){.scale = n, .columns = n, .cell = n});
}

/*
 * Make the blanks between the words of a painted text as wide as the space
 * between two texts, so that a word has the same column on every level.
 */
static struct text
spread(const struct pen *pen, struct text a)
{
	size_t wide = pen->gap + 2 * pen->pad, n = 0;
	char *to = mem_alloc(pen->arena, a.n * wide + 1, 1);

	for (size_t i = 0; i < a.n; i++)
		for (size_t k = 0; k < (a.s[i] == ' ' ? wide : 1); k++)
			to[n++] = a.s[i];
	return (struct text){to, n};
}

/* The columns of a piece with its padding, or of its number if wider. */
static size_t
cell_of(const struct pen *pen, const struct piece *p)
{
	size_t number = p->number == NULL ? 0 : strlen(p->number);
	size_t pads = p->ink == PEN_PAINTED ? 2 * pen->pad : 0;

	return (p->columns > number ? p->columns : number) + pads;
}

static void
put_text(struct pen *pen, struct text text, struct piece p)
{
	size_t room = pen_room(pen);
	size_t pads = p.ink == PEN_PAINTED ? 2 * pen->pad : 0;
	struct text rest = display_clean(pen->arena, text);

	if (pads > 0)
		rest = spread(pen, rest);
	for (; !p.last; p.number = NULL) {
		p.text = rest;
		p.text.n = display_fitting(rest, room - pads);
		p.last = p.text.n == rest.n;
		p.columns = display_columns(p.text);
		p.cell = cell_of(pen, &p);
		if (pen->n > 0 &&
		    (!p.last || pen->used + pen->gap + p.cell > room))
			pen_end(pen);
		put(pen, p);
		if (!p.last)
			pen_end(pen);
		rest.s += p.text.n;
		rest.n -= p.text.n;
		while (rest.n > 0 && rest.s[0] == ' ') {
			rest.s++;
			rest.n--;
		}
	}
}

void
pen_text(struct pen *pen, enum pen_ink ink, struct text text)
{
	put_text(pen, text, (struct piece){.ink = ink});
}

void
pen_paint(struct pen *pen, struct text text, double share, const char *number)
{
	put_text(pen, text, (struct piece){.ink = PEN_PAINTED, .share = share,
	    .number = number});
}

void
pen_string(struct pen *pen, enum pen_ink ink, const char *s)
{
	pen_text(pen, ink, text_of(s));
}

void
pen_begin(struct pen *pen, struct text label, size_t indent)
{
	label = display_clean(pen->arena, label);
	if (indent <= pen->width / 3) {
		pen->label = label;
		pen->indent = indent;
		return;
	}
	pen->indent = 0;
	pen_text(pen, PEN_FAINT, label);
	pen_end(pen);
	pen->indent = MARGIN;
}

void
pen_free(struct pen *pen)
{
	free(pen->piece);
}
