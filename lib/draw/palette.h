/* SPDX-License-Identifier: ISC */
/*
 * palette: the colour of a score: in 24 bits, or the nearest of 256 or of 16.
 *
 * A palette diverges from a neutral colour, score 0, along two rows of stops:
 * one for scores that speak for the class, one for those against it, each from
 * weak to full colour.  It is a YAML file in share/palettes:
 *
 *     neutral: '#f5f4f0'
 *     for: ['#9ac4e0', '#2670ab']
 *     against: ['#f6c180', '#cc6a1a']
 *     256 neutral: 255                   where there are 256 colours only
 *     256 for: [110, 25]
 *     256 against: [216, 130]
 *     16 for: [bright blue, blue]        where there are 16
 *     16 against: [bright yellow, yellow]
 *
 * A score is passed as its share of the score of full colour, from -1 to 1; a
 * share outside has full colour too.  Colours between stops are mixed in sRGB;
 * with 256 and 16 colours, each covers an equal part of the scale.
 */
#ifndef DRAW_PALETTE_H
#define DRAW_PALETTE_H

#include <stdbool.h>

struct arena;

enum {
	PALETTE_STOPS = 9,	/* the limit of stops on a side */
	PALETTE_NONE = -1,	/* the terminal's own background */
	PALETTE_SHADES = 16,	/* on a side, for formats that name colours */
};

struct colour {
	unsigned char r, g, b;
};

enum palette_side {
	PALETTE_FOR,
	PALETTE_AGAINST,
};

struct palette {
	struct colour neutral;
	struct colour stop[2][PALETTE_STOPS];
	int stops[2];
	int xterm_neutral;
	int xterm[2][PALETTE_STOPS];	/* 16 to 255 */
	int xterms[2];
	int ansi[2][PALETTE_STOPS];	/* 0 to 15 */
	int ansis[2];
};

/*
 * Returns false with a message if the file is wrong (*status is STATUS_DATA) or
 * cannot be read (STATUS_SYSTEM).
 */
bool palette_read(struct arena *, const char *path, struct palette *,
    int *status);

/*
 * Returns the palette of this name (share.h), in the arena; for NULL, the
 * default palette for a light or a dark background.  Exits with a message if
 * there is no such palette or it is wrong.
 */
const struct palette *palette_find(struct arena *, const char *name,
    bool dark);

/* The colour of a share: exact, of xterm's 256, of 16 or PALETTE_NONE. */
struct colour palette_colour(const struct palette *, double share);
int palette_256(const struct palette *, double share);
int palette_16(const struct palette *, double share);

/*
 * Returns the nearest shade, from -PALETTE_SHADES, full colour against the
 * class, to PALETTE_SHADES.  Shade k has the colour of share
 * k / PALETTE_SHADES.
 */
int palette_shade(double share);

/* The colour that xterm shows for a number; users can change 0 to 15. */
struct colour palette_xterm(int number);

/* WCAG 2's contrast of two colours, by their relative luminance: 1 to 21. */
double palette_contrast(struct colour, struct colour);

/* True if black text on this colour has more contrast than white. */
bool palette_black_on(struct colour);

#endif
