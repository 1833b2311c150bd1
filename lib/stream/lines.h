/* SPDX-License-Identifier: ISC */
/*
 * lines: the loop over the lines, or blocks of lines, of all operands.
 *
 *     struct lines *in = lines_open(operands, keep_going, &out);
 *     struct record r;
 *
 *     while (lines_next(in, &r))
 *             if (r.text.s != NULL && !take(&r))
 *                     lines_bad(in);
 *     status = lines_close(in);
 *
 * Errors: a bad line ends the loop with STATUS_DATA, a file that cannot be read
 * with STATUS_SYSTEM.  With keep_going the loop continues after both, and the
 * status is the worst.  Every cause prints its own message with file:line.
 */
#ifndef STREAM_LINES_H
#define STREAM_LINES_H

#include <stdbool.h>

#include "base/input.h"

struct lines;
struct output;

/*
 * The operands are as for input_open.  flush is flushed before lines_next waits
 * for input, so that a terminal shows each result at once; it may be NULL.
 */
struct lines *lines_open(char *const operands[], bool keep_going,
    struct output *flush);

/* The same for blocks: r->text has the lines of one (input.h). */
struct lines *lines_open_blocks(char *const operands[], bool keep_going,
    struct output *flush);

/* Close the input; returns the status. */
int lines_close(struct lines *);

/*
 * The next line, valid until the next call; returns false at the end.  If the
 * line is not text (input_next returned INPUT_BAD), r->text.s is NULL and the
 * line already counts as bad.
 */
bool lines_next(struct lines *, struct record *r);

/* The next call of lines_next returns the last line again. */
void lines_again(struct lines *);

/* What was read last is bad, and its message was printed. */
void lines_bad(struct lines *);

/* The worst status so far. */
int lines_status(const struct lines *);

#endif
