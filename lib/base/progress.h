/* SPDX-License-Identifier: ISC */
/*
 * progress: a line on the terminal that shows how far long work has come.
 *
 * The line is printed on standard error, if that is a terminal, at most ten
 * times a second, each time over the last one.  A message erases it; at the end
 * err_wipe does (err.h).
 */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdbool.h>

struct progress {
	bool on;		/* print lines */
	double begun, last;	/* seconds */
};

/*
 * Start the clock.  No line is printed if quiet is set, or if answers is set
 * and standard output is a terminal too.
 */
struct progress progress_start(bool quiet, bool answers);

/* The seconds since the clock started. */
double progress_spent(const struct progress *);

/* Print "prog: " and this line, unless the last one is less than 0.1 s old. */
void progress_show(struct progress *, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * The same with a bar and the time left, as wide as the terminal.  done is the
 * share of the work since the clock started, 0 to 1:
 *
 *     [=======>            ]  37 %  loss 0.4123, dev 81.5 %, 1:20 left
 */
void progress_bar(struct progress *, double done, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
