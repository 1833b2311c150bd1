/* SPDX-License-Identifier: ISC */
/*
 * err: messages (bad, die, note), the places in them, and exit statuses.
 *
 * A message is one line on standard error,
 *
 *     prog: file:line: what was found, what is expected
 *
 * and three functions print one:
 *
 *     die    the command line is wrong or the system failed.  Exits with 2.
 *     bad    the data are wrong.  Prints and returns false; the caller returns
 *            false too, up to the loop that reads records (filter.h, lines.h).
 *            It stops with 1 or, with -k, drops the record and continues.
 *     note   nothing failed, but the user will want to know.
 *
 * A message may contain bytes of the input, so here it is made safe for a
 * terminal: control characters and bytes that are not UTF-8 are printed as
 * \xHH, other characters that a reader does not see (hidden.h) as \u{202e}.  It
 * is cut at 1 KiB.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>

enum {
	STATUS_OK = 0,
	STATUS_DATA = 1,	/* bad data, or a check that failed */
	STATUS_SYSTEM = 2,	/* wrong usage, or the system failed */
};

/* The worse of two statuses. */
int status_worse(int a, int b);

/* Where something was read.  line counts from 1; 0 is the file as a whole. */
struct place {
	const char *file;
	size_t line;
};

/* Remember the program's name: the last component of argv[0]. */
void err_name(const char *argv0);
const char *err_prog(void);

_Noreturn void die(const char *fmt, ...)
	__attribute__((format(printf, 1, 2)));
bool bad(struct place at, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void note(const char *fmt, ...)
	__attribute__((format(printf, 1, 2)));

/*
 * Tell err that an unfinished line of progress is on the terminal.  The next
 * message, or err_wipe, erases it.
 */
void err_unfinished(void);
void err_wipe(void);

/* Print nothing: for fuzzers and unit tests, whose input is bad on purpose. */
void err_mute(bool mute);

#endif
