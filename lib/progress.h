/* SPDX-License-Identifier: ISC */
/*
 * progress: a line on the terminal that says how far long work has come.
 *
 * It goes to standard error if that is a terminal, and is written at most ten
 * times a second, over the last one.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>

struct progress {
	bool on;		/* there is someone to see it */
	bool shown;		/* a line stands there */
	double begun, last;	/* seconds */
};

/* The clock starts.  Quiet, or where answers go to the same screen: no line. */
struct progress progress_start(bool quiet, bool answers);

/* Seconds since then. */
double progress_spent(const struct progress *);

/* The line, "prog: " before it; nothing if the last one is too young. */
void progress_show(struct progress *, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Wipe it, before anything else is written there. */
void progress_clear(struct progress *);

#endif
