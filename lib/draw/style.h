/* SPDX-License-Identifier: ISC */
/*
 * style: how a picture or a plot looks, whatever its format.
 */
#ifndef DRAW_STYLE_H
#define DRAW_STYLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/terminal.h"

struct arena;
struct options;
struct page_order;
struct palette;

/* Which palettes a format needs. */
enum style_palettes {
	STYLE_NONE,		/* no palette */
	STYLE_TERMINAL,		/* one, for the terminal's background */
	STYLE_LIGHT,		/* one, for a light background */
	STYLE_BOTH,		/* two: the reader chooses light or dark */
};

/* When a terminal with colours shows the numbers of the scores, too. */
enum style_numbers {
	STYLE_AUTO,		/* if the picture then fits on the screen */
	STYLE_ALWAYS,
	STYLE_NEVER,
};

struct style {
	enum terminal_colours colours;	/* of the terminal */
	enum style_numbers numbers;
	size_t height;			/* of the screen, in lines */
	size_t width;			/* in columns; 0: the format's own */
	const struct palette *palette;	/* the only one, or that for light */
	const struct palette *dark;	/* for dark, if there are two */
	const struct page_order *order;	/* of texts; NULL: as they come */
	bool no_header;			/* TSV without a header line */
	bool tree;			/* pictures may have trees */
};

/*
 * Set colours from the argument of -C, the palettes from that of -r (NULL: the
 * default palettes), the height, and, for a terminal, a width of 0 to the
 * terminal's.
 * Exits with a message if -C or -r is wrong.
 */
void style_set(struct style *, const struct options *, struct arena *,
    const char *when, const char *palette, enum style_palettes);

/*
 * Returns what the argument of -N says.  Exits with a message if it is not
 * auto, always or never.
 */
enum style_numbers style_numbers(const struct options *, const char *when);

#endif
