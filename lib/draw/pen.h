/* SPDX-License-Identifier: ISC */
/*
 * pen: lines of painted text, broken at the width.
 *
 * Texts are put behind each other; what does not fit goes to the next line:
 * whole, if a line can hold it, else in pieces broken at blanks, else, in a
 * word wider than the line, between grapheme clusters.  A painted text that
 * goes on is painted up to the margin.  Where there are no colours each
 * painted text has its score below it.  Text is cleaned (display.h) here.
 *
 * The arena holds what is written until its owner resets it; pen_free frees
 * the rest.
 */
#ifndef DRAW_PEN_H
#define DRAW_PEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/terminal.h"
#include "base/text.h"

struct arena;
struct output;
struct palette;

enum pen_ink {
	PEN_BARE,		/* as the terminal writes */
	PEN_STRONG,		/* bold */
	PEN_FAINT,
	PEN_PAINTED,		/* in the colour of its score */
};

struct pen {
	/* the user's */
	enum terminal_colours colours;
	size_t width;
	const struct palette *palette;
	struct output *o;
	struct arena *arena;
	double full;		/* the score of full colour */
	double largest;		/* |score|, for the decimals of numbers */
	size_t pad;		/* at both ends of a painted text */
	size_t gap;		/* between two texts */

	/* the line so far */
	struct text label;	/* left of it, or none */
	size_t indent;		/* columns up to the pieces */
	struct piece *piece;	/* [n] */
	size_t n, cap, used;	/* used: columns behind the indent */
};

/*
 * Begin a line with a label in the columns before indent.  On a narrow page
 * the label has a line of its own.
 */
void pen_begin(struct pen *, struct text label, size_t indent);

/* Put a text on the line; score matters only for PEN_PAINTED. */
void pen_text(struct pen *, enum pen_ink, struct text, double score);
void pen_string(struct pen *, enum pen_ink, const char *);

/*
 * Put a painted text that is clean, and so many columns wide, on the line: the
 * caller knows that it fits.  goes_on paints up to the margin.
 */
void pen_put(struct pen *, struct text clean, size_t columns, double score,
    bool goes_on);

/* Columns of the widest row of colours that a begun line has room for. */
size_t pen_room(const struct pen *);

/* n columns with the colours from -full to full, as one text. */
void pen_scale(struct pen *, size_t n);

/* Write the line, if there is anything on it. */
void pen_end(struct pen *);

void pen_free(struct pen *);

#endif
