/* SPDX-License-Identifier: ISC */
/*
 * progress: a line on the terminal that says how far long work has come.
 *
 * It goes to standard error if that is a terminal, and is written at most ten
 * times a second, over the last one.  Messages wipe it, and at the end err_wipe
 * does (err.h).
 */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdbool.h>

struct progress {
	bool on;		/* there is someone to see it */
	double begun, last;	/* seconds */
};

/* The clock starts.  Quiet, or where answers go to the same screen: no line. */
struct progress progress_start(bool quiet, bool answers);

/* Seconds since then. */
double progress_spent(const struct progress *);

/* The line, "prog: " before it; nothing if the last one is too young. */
void progress_show(struct progress *, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * The same with a bar and the time left, done being the share of the work, 0 to
 * 1, since the clock started; as wide as the terminal:
 *
 *     [=======>            ]  37 %  loss 0.4123, dev 81.5 %, 1:20 left
 */
void progress_bar(struct progress *, double done, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
