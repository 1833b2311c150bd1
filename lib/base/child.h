/* SPDX-License-Identifier: ISC */
/*
 * child: run another program with an input, without a shell, within limits.
 */
#ifndef BASE_CHILD_H
#define BASE_CHILD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;

struct child {
	struct text out, err;	/* what it wrote, in the arena */
	int status;		/* its exit status; 128 + N for signal N */
	bool late, large;	/* it was killed for its time, or its output */
};

/*
 * Run the program at the path argv[0]; NULL ends argv.  It gets input on its
 * standard input.  After this many seconds, or if it writes more than limit
 * bytes to one of its outputs, it is killed with all that it started.  Exits
 * with 2 if it cannot be started.  SIGPIPE is ignored from now on.
 */
void child_run(struct arena *, char *const argv[], struct text input,
    size_t limit, int seconds, struct child *);

#endif
