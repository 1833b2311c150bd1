/* SPDX-License-Identifier: ISC */
/*
 * pen: lines of painted text, broken at the width.
 *
 * Texts follow each other on a line.  A text that does not fit goes to the next
 * line.  A text that is wider than a line is broken at blanks, and a word that
 * is wider than a line between grapheme clusters.  A painted text that
 * continues on the next line is painted up to the margin.  A painted text can
 * have a number, its score, below it.  The pen cleans all text (display.h).
 *
 * The texts of a line lie in the arena, which the caller resets after pen_end;
 * pen_free frees the rest.
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
	/* set by the caller */
	enum terminal_colours colours;
	size_t width;
	const struct palette *palette;
	struct output *o;
	struct arena *arena;
	size_t pad;		/* at both ends of a painted text */
	size_t gap;		/* between two texts */

	/* the line so far */
	struct text label;	/* left of the pieces, or empty */
	size_t indent;		/* columns up to the pieces */
	struct piece *piece;	/* [n] */
	size_t n, cap, used;	/* used: columns after the indent */
};

/*
 * Begin a line with a label in the columns before indent.  If indent is more
 * than a third of the width, the label has a line of its own.
 */
void pen_begin(struct pen *, struct text label, size_t indent);

/* Put a text on the line. */
void pen_text(struct pen *, enum pen_ink, struct text);
void pen_string(struct pen *, enum pen_ink, const char *);

/* Paint a text in the colour of a share of full colour, with a number below it
 * or NULL.  The number must remain until pen_end. */
void pen_paint(struct pen *, struct text, double share, const char *number);

/*
 * Put a painted text on the line.  It must be clean (display.h), have this
 * width, and fit on the line.  goes_on: it continues on the next line, so it is
 * painted up to the margin.
 */
void pen_put(struct pen *, struct text clean, size_t columns, double share,
    bool goes_on);

/* The columns of a line after its indent. */
size_t pen_room(const struct pen *);

/* n columns with the colours from full against to full for, as one text. */
void pen_scale(struct pen *, size_t n);

/* Write the line, unless it is empty. */
void pen_end(struct pen *);

void pen_free(struct pen *);

#endif
