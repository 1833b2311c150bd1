/* SPDX-License-Identifier: ISC */
/*
 * terminal: how many colours standard output shows, and its size.
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
 * Set the colours for -C's argument: never, always or auto.  With auto there
 * are none if NO_COLOR is set; otherwise there are if FORCE_COLOR or
 * CLICOLOR_FORCE is set, or if standard output is a terminal and TERM is set
 * and not dumb.  They are 24 bits if COLORTERM is truecolor or 24bit, 256 if
 * TERM contains 256color, otherwise 16.  Returns false for another word.
 */
bool terminal_colours(const char *when, enum terminal_colours *);

/*
 * True if the background is dark according to COLORFGBG, which some terminals
 * set: "ink;ground" or "ink;other;ground", numbers of the 16 colours.
 */
bool terminal_is_dark(void);

/* The columns: COLUMNS if set, or those of the terminal, or 80. */
size_t terminal_width(void);

/* The lines: LINES if set, or those of the terminal, or 24. */
size_t terminal_height(void);

#endif
