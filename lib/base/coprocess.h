/* SPDX-License-Identifier: ISC */
/*
 * coprocess: a command that runs beside this process, and answers in lines.
 *
 *     c = coprocess_start("python3 classify.py", 60);
 *     coprocess_send(c, text);
 *     got = coprocess_line(c, true, &line);
 *     ...
 *     coprocess_shut(c);
 *     status = coprocess_end(c, &late);
 *
 * What is sent is kept until the command takes it, and it is written only while
 * a line is waited for: both pipes can be full, and nobody waits for ever.
 *
 * The command's standard error is this process's.  It leads a process group of
 * its own, which SIGINT, SIGTERM and SIGHUP end together with this process.  A
 * process has one coprocess at a time.
 */
#ifndef BASE_COPROCESS_H
#define BASE_COPROCESS_H

#include <stdbool.h>

#include "base/text.h"

struct coprocess;

enum { COPROCESS_LINE_MOST = 1 << 20 };	/* bytes of a line */

enum coprocess_got {
	COPROCESS_LINE,		/* a line */
	COPROCESS_NONE,		/* no whole line is there, if wait is false */
	COPROCESS_ENDED,	/* the command has closed its output */
	COPROCESS_LATE,		/* it neither read nor wrote for so long */
	COPROCESS_LONG,		/* a line has more bytes than the limit */
};

/*
 * Run the command with sh -c, without REAT_MARKS (mark.h) in its environment.
 * seconds is how long it may neither read nor write while it is waited for.
 * Exits with 2 if it cannot be started.
 */
struct coprocess *coprocess_start(const char *command, int seconds);

/* Keep the bytes to be sent. */
void coprocess_send(struct coprocess *, struct text);

/*
 * The next line without its newline, and without the CR before it; it is valid
 * until the next call.  The last line needs no newline.
 */
enum coprocess_got coprocess_line(struct coprocess *, bool wait,
    struct text *line);

/*
 * Close the command's input.  Its last lines can still be read; after this, it
 * ends.
 */
void coprocess_shut(struct coprocess *);

/*
 * Wait until the command, whose input is closed, has ended, and free all.
 * Returns its exit status, or 128 + N for signal N.  If it has not ended in
 * time, *late is set and it is killed.
 */
int coprocess_end(struct coprocess *, bool *late);

/* Kill the command with all that it started, and free all. */
void coprocess_kill(struct coprocess *);

#endif
