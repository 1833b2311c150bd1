/* SPDX-License-Identifier: ISC */
/*
 * output: write bytes, text and numbers; a failing write ends the process.
 *
 * Bytes are collected in a buffer and written by write(2).  If a write fails (a
 * full disk), a message is printed and the process exits with 2, so no caller
 * checks for errors.  A pipe that is full and does not block is waited for.
 * SIGXFSZ is ignored, so that a limit of the file size gives a message.
 * SIGPIPE keeps its default: if the reader of a pipe has closed it, the process
 * ends without a message.
 */
#ifndef BASE_OUTPUT_H
#define BASE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct output {
	int fd;			/* -1: keep everything in buf */
	const char *name;	/* for messages */
	char *buf;		/* [cap], n bytes of it in use */
	size_t n, cap;
};

/* An output to this descriptor, or to memory if fd is -1. */
struct output output_to(int fd, const char *name);

/*
 * Create the file at path, which is not copied.  Exits with 2 if it cannot, or
 * if something is there already, also a symbolic link.  The file is removed if
 * the process exits before output_done.
 */
struct output output_create(const char *path);

/*
 * Create a file without a name, to be read back from its fd, in $TMPDIR or, if
 * that is not set, in /tmp.
 */
struct output output_temporary(void);

void output_flush(struct output *);

/*
 * Write n bytes of a temporary file, from offset at, or up to its end, to
 * another output.  Nothing may be written to the file after that.
 */
void output_part(struct output *to, struct output *temporary, size_t at,
    size_t n);

/* Flush, close, and free the buffer.  Returns status. */
int output_done(struct output *, int status);

void output_bytes(struct output *, const void *p, size_t n);

/* Returns room for n bytes, which are written; the caller fills it at once. */
char *output_room(struct output *, size_t n);

/* The caller has filled n bytes less. */
void output_less(struct output *, size_t n);
void output_text(struct output *, struct text);
void output_string(struct output *, const char *);
void output_char(struct output *, char);
void output_size(struct output *, size_t);
void output_printf(struct output *, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Write the decimal with the fewest digits, at most 9, that strtof reads as v;
 * "-0" for negative zero.  From 1e-5 to 1e9 it has no exponent, and a whole
 * number has all its digits; otherwise it has the form of "%g".  v is finite.
 */
void output_float(struct output *, float v);

/* Write the shortest of "%.15g", "%.16g" and "%.17g" that strtod reads as v. */
void output_double(struct output *, double v);

/* The same as output_float, into a buffer of 24 bytes; returns the length. */
size_t output_format_float(char to[24], float v);

#endif
