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
struct palette;

/* Which palettes a format needs. */
enum style_palettes {
	STYLE_NONE,		/* no palette */
	STYLE_TERMINAL,		/* one, for the terminal's background */
	STYLE_LIGHT,		/* one, for a light background */
	STYLE_BOTH,		/* two: the reader chooses light or dark */
};

struct style {
	enum terminal_colours colours;	/* of the terminal */
	size_t width;			/* in columns; 0: the format's own */
	const struct palette *palette;	/* the only one, or that for light */
	const struct palette *dark;	/* for dark, if there are two */
	bool no_header;			/* TSV without a header line */
	bool tree;			/* pictures may have trees */
};

/*
 * Set colours from the argument of -C, the palettes from that of -r (NULL: the
 * default palettes), and, for a terminal, a width of 0 to the terminal's.
 * Exits with a message if -C or -r is wrong.
 */
void style_set(struct style *, const struct options *, struct arena *,
    const char *when, const char *palette, enum style_palettes);

#endif
