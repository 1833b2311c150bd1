/* SPDX-License-Identifier: ISC */
/*
 * palette: which colour a score has.
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
 * A score is asked for as its share of the score of full colour, -1 to 1;
 * beyond, it has full colour.  Colours between stops are mixed in sRGB; of 256
 * and 16 colours, each has an equal part of the scale.
 */
#ifndef DRAW_PALETTE_H
#define DRAW_PALETTE_H

#include <stdbool.h>

struct arena;

enum {
	PALETTE_STOPS = 9,	/* most stops of a row */
	PALETTE_NONE = -1,	/* the terminal's own background */
	PALETTE_SHADES = 16,	/* a side, for formats that name colours */
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
 * False with a message if the file is wrong; *status is STATUS_DATA then, and
 * STATUS_SYSTEM if it cannot be read.
 */
bool palette_read(struct arena *, const char *path, struct palette *,
    int *status);

/*
 * The palette of this name (share.h), or if that is NULL the usual one of a
 * light or a dark background, in the arena; without it, exit.
 */
const struct palette *palette_find(struct arena *, const char *name,
    bool dark);

/* The colour of a share: exact, of xterm's 256, of 16 (or PALETTE_NONE). */
struct colour palette_colour(const struct palette *, double share);
int palette_256(const struct palette *, double share);
int palette_16(const struct palette *, double share);

/*
 * The nearest of the shades, negative against and positive for, 0 neutral; its
 * colour is that of share shade / PALETTE_SHADES.
 */
int palette_shade(double share);

/* What number 0 to 255 looks like; for 0 to 15, on a plain xterm. */
struct colour palette_xterm(int number);

/* WCAG 2's contrast of two colours, by their relative luminance: 1 to 21. */
double palette_contrast(struct colour, struct colour);

/* True if black text on this colour has more contrast than white. */
bool palette_black_on(struct colour);

#endif
