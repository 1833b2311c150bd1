/* SPDX-License-Identifier: ISC */
/*
 * input: files to records: lines or blocks of lines, checked (UTF-8, CRLF).
 *
 * A stream is the operands one after the other ("-", or no operand at all, is
 * standard input), and it is read as lines or as blocks, which blank lines
 * end.  The buffer is ours and filled by read(2): stdio's getline would sit in
 * the middle of a block while whole ones wait.  So a caller can take what
 * there is and do something useful before it waits for more:
 *
 *     while (input_next(in, BLOCKS, false, &r) == INPUT_RECORD) take(r);
 *     work, flush, then input_next(in, BLOCKS, true, &r)
 *
 * Bytes: a BOM at an operand's start and the CR of a CRLF are taken off.  NUL
 * and invalid UTF-8 are errors, and so is a record above 64 MiB, which is
 * reported as soon as it is known to be one and then passed over without being
 * kept in memory.  The last record needs no newline.
 */
#ifndef BASE_INPUT_H
#define BASE_INPUT_H

#include <stdbool.h>

#include "base/err.h"
#include "base/text.h"

enum { INPUT_LIMIT = 64 << 20 };	/* bytes of one record */

enum input_unit {
	INPUT_LINES,
	INPUT_BLOCKS,
};

enum input_got {
	INPUT_RECORD,	/* *r is a record */
	INPUT_IDLE,	/* nothing is there now (only if wait is false) */
	INPUT_BAD,	/* a record was bad: message printed, record skipped */
	INPUT_FAILED,	/* an operand can't be read: message printed, skipped */
	INPUT_END,	/* no more operands */
};

/*
 * A line without its newline, or the lines of a block, each with its newline
 * but perhaps the last.  at is the place of its first line.  The bytes are
 * input's own, good until the next call.
 */
struct record {
	struct text text;
	struct place at;
};

struct input;

/* operands ends with NULL and is not copied; an empty one is {"-"}. */
struct input *input_open(char *const operands[]);
void input_close(struct input *);

enum input_got input_next(struct input *, enum input_unit, bool wait,
    struct record *r);

/*
 * The n bytes behind the last record, n <= INPUT_LIMIT, as they are: seen, not
 * taken; fewer at the operand's end.  False with a message if it can't be read.
 */
bool input_peek(struct input *, size_t n, struct text *bytes);

/* Take n bytes that input_peek showed. */
void input_take(struct input *, size_t n);

/*
 * A whole small file (rules, vocabularies, ...): its bytes in the arena with a
 * NUL behind them.  False with a message if it can't be read (STATUS_SYSTEM
 * in *status), or is above limit bytes, holds NUL or is not UTF-8
 * (STATUS_DATA); else STATUS_OK.  BOM and CRs are taken off here too.
 */
bool input_whole(struct arena *, const char *path, size_t limit,
    struct text *whole, int *status);

/*
 * If fd is 0, 1 or 2 (because that standard stream is closed), move it to a
 * higher number, so that the file is not mistaken for a standard stream.
 * Returns fd or the new number.
 */
int input_above_std(int fd);

#endif
