/* SPDX-License-Identifier: ISC */
/*
 * input: files to records: lines or blocks of lines, checked (UTF-8, CRLF).
 *
 * A stream is all operands, one after the other; "-", or no operand at all, is
 * standard input.  It is read as lines, or as blocks of lines between blank
 * lines.  input has a buffer of its own, filled by read(2): stdio's getline
 * would wait in the middle of a block while whole blocks are there.  So a
 * caller can take the records that have arrived and work on them before it
 * waits for more:
 *
 *     while (input_next(in, INPUT_BLOCKS, false, &r) == INPUT_RECORD) take(r);
 *     work, flush, then input_next(in, INPUT_BLOCKS, true, &r)
 *
 * A byte order mark at the start of an operand and the CR of each CRLF are
 * removed.  NUL and invalid UTF-8 are errors.  A record above 64 MiB is
 * reported as soon as it is that long, and then skipped without being kept in
 * memory.  The last record needs no newline.
 *
 * A file compressed by gzip, xz or zstd is known by its first bytes and read
 * through that program (unpack.h).  The records before its first fault are
 * read, then it is INPUT_BAD.
 */
#ifndef BASE_INPUT_H
#define BASE_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

enum { INPUT_LIMIT = 64 << 20 };	/* bytes of one record */

enum input_unit {
	INPUT_LINES,
	INPUT_BLOCKS,
};

enum input_got {
	INPUT_RECORD,	/* *r is a record */
	INPUT_IDLE,	/* no whole record yet (only if wait is false) */
	INPUT_BAD,	/* r->at is the place of a bad record: message
			 * printed, record skipped */
	INPUT_FAILED,	/* an operand can't be read: message printed, skipped */
	INPUT_END,	/* no more operands */
};

/*
 * A line without its newline, or the lines of a block with their newlines (the
 * last line may have none).  at is the place of the first line.  The bytes
 * belong to input and are valid until the next call.
 */
struct record {
	struct text text;
	struct place at;
};

struct input;

/* operands ends with NULL and is not copied; if it is empty, {"-"} is read. */
struct input *input_open(char *const operands[]);
void input_close(struct input *);

enum input_got input_next(struct input *, enum input_unit, bool wait,
    struct record *r);

/*
 * Show the n bytes after the last record, n <= INPUT_LIMIT, unchanged, without
 * taking them; fewer at the end of the operand.  Returns false with a message
 * if it cannot be read.
 */
bool input_peek(struct input *, size_t n, struct text *bytes);

/* Take n bytes that input_peek showed. */
void input_take(struct input *, size_t n);

/*
 * Read a whole small file (rules, a vocabulary, ...) into the arena, with a NUL
 * after it, and without a byte order mark and the CR of each CRLF.  It may be
 * compressed; limit is that of its decompressed bytes.  Returns
 * false with a message if it cannot be read (*status is STATUS_SYSTEM), or has
 * more than limit bytes, contains NUL or is not UTF-8 (STATUS_DATA); otherwise
 * *status is STATUS_OK.
 */
bool input_whole(struct arena *, const char *path, size_t limit,
    struct text *whole, int *status);

/*
 * Check that the file of a folder at path is not a FIFO or a device, which
 * would be waited for.  Returns false with a message if it is (*status is
 * STATUS_DATA); a path that is not there is left to whoever opens it.
 */
bool input_regular(const char *path, int *status);

#endif
