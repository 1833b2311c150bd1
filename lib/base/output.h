/* SPDX-License-Identifier: ISC */
/*
 * output: checked writing.
 *
 * Bytes gather in a buffer of ours and leave by write(2); a write that fails
 * (a full disk) prints a message and exits with 2, so no caller checks.
 * SIGPIPE keeps its default: a reader that leaves ends us quietly.
 */
#ifndef BASE_OUTPUT_H
#define BASE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct output {
	int fd;			/* -1: keep everything in buf (tests) */
	const char *name;	/* for messages */
	char *buf;		/* [cap], n bytes of it in use */
	size_t n, cap;
};

/* The stream to this descriptor; no byte is written yet. */
struct output output_to(int fd, const char *name);

/*
 * Create the file at path, which is not copied.  A file that is there already
 * is replaced or, if exclusive, an error.  Exits with 2 if it cannot.
 */
struct output output_create(const char *path, bool exclusive);

/*
 * Create a file without a name, to be read back from its fd, in $TMPDIR or, if
 * that is not set, in /tmp.
 */
struct output output_temporary(void);

void output_flush(struct output *);

/* Flush and close, free the buffer, and hand status through. */
int output_done(struct output *, int status);

void output_bytes(struct output *, const void *p, size_t n);

/* Room for n bytes, which the caller fills at once: they are written. */
char *output_room(struct output *, size_t n);
void output_text(struct output *, struct text);
void output_string(struct output *, const char *);
void output_char(struct output *, char);
void output_size(struct output *, size_t);
void output_printf(struct output *, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * The decimal with the fewest digits, at most 9, that strtof reads back as v;
 * "-0" for negative zero.  Between 1e-5 and 1e9 without an exponent (a whole
 * number in full), otherwise in the form of "%g".  v is finite.
 */
void output_float(struct output *, float v);

/* The same as output_float, into a buffer of 24 bytes; returns the length. */
size_t output_format_float(char to[24], float v);

#endif
