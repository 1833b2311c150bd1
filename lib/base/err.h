/* SPDX-License-Identifier: ISC */
/*
 * err: messages (bad, die, note), the places in them, and exit statuses.
 *
 * A message is one line on standard error,
 *
 *     prog: file:line: what was wrong, what was expected
 *
 * and there are three ways to say one:
 *
 *     die    the command line or the system failed.  Exits with 2.
 *     bad    the data are wrong.  Prints and returns false; the caller returns
 *            false too, up to the loop that reads records (filter.h, lines.h).
 *            It stops with 1 or, under -k, drops the record and continues.
 *     note   nothing failed, but the user will want to know.
 *
 * Bytes that came from outside are made safe for a terminal here, in one
 * place: control characters are printed as \xHH and a message is cut at 1 KiB.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>

enum {
	STATUS_OK = 0,
	STATUS_DATA = 1,	/* bad data, or a check that failed */
	STATUS_SYSTEM = 2,	/* usage, or the system failed */
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
 * A line without an end stands on the terminal, of progress: the next message
 * wipes it, or err_wipe does, if there is one.
 */
void err_standing(void);
void err_wipe(void);

/* For fuzzers and unit tests, which mean the input to be bad. */
void err_mute(bool mute);

#endif
