/* SPDX-License-Identifier: ISC */
/*
 * terminal: how many colours standard output shows, and how wide it is.
 */
#ifndef BASE_TERMINAL_H
#define BASE_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

enum terminal_colours {
	TERMINAL_PLAIN,		/* none */
	TERMINAL_16,
	TERMINAL_256,
	TERMINAL_24,		/* 24 bits */
};

enum {
	TERMINAL_WIDTH_MIN = 10,	/* -w's bounds */
	TERMINAL_WIDTH_MAX = 10000,
};

/*
 * when is -C's argument: never, always, or auto, which means a terminal whose
 * TERM is set and not dumb, and no NO_COLOR.  How many: 24 bits if COLORTERM is
 * truecolor or 24bit, 256 if TERM says so, else 16.  False for another word.
 */
bool terminal_colours(const char *when, enum terminal_colours *);

/*
 * True if COLORFGBG says that the background is dark; not every terminal sets
 * it.  It holds "ink;ground" or "ink;other;ground", numbers of 16 colours.
 */
bool terminal_is_dark(void);

/* COLUMNS, else what the terminal says, else 80. */
size_t terminal_width(void);

#endif
