/* SPDX-License-Identifier: ISC */
/*
 * compress: the programs that compress and decompress, and how they are run.
 *
 * A program gets both its streams as descriptors and is found on PATH; there is
 * no shell.  Its standard error goes to a pipe that does not block: the first
 * line becomes a part of our message, and what the pipe cannot hold is lost.
 */
#ifndef BASE_COMPRESS_H
#define BASE_COMPRESS_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"
#include "base/text.h"

struct compress_format {
	const char *name;	/* of the program, too; NULL ends the table */
	const char *ending;	/* of a file's name */
	struct text magic;	/* the first bytes of a file */
	const char *pack, *unpack;	/* options */
};

/* gzip, xz, zstd */
extern const struct compress_format compress_formats[];

/*
 * The format of a file that begins with head, or NULL.  *more is set if head is
 * too short to tell.
 */
const struct compress_format *compress_find(struct text head, bool *more);

/*
 * True, after a message, if the first bytes of a file that is not read through
 * a program are those of a compressed one.
 */
bool compress_refused(struct place, const void *p, size_t n);

/* The name of a file without the ending of a format, if it has one. */
struct text compress_stem(struct text name);

struct compress_run {
	const struct compress_format *format;
	pid_t pid;
	int err;		/* its standard error */
};

/*
 * Start the program of a format: with these options, its standard streams are
 * in and out, which remain open here.  Returns 0, or the errno: ENOENT if the
 * program is not there.
 */
int compress_start(struct compress_run *, const struct compress_format *,
    const char *options, int in, int out);

enum { COMPRESS_SAID = 400 };	/* bytes of a line */

/*
 * Wait until it has ended.  Returns its exit status, or 128 + N for signal N.
 * said gets the first line of its standard error, or "nothing".
 */
int compress_wait(struct compress_run *, char said[COMPRESS_SAID]);

#endif
