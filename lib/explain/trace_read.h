/* SPDX-License-Identifier: ISC */
/*
 * trace_read: read a trace from the comments and MISC of a block.
 *
 * The block may come from any program, so nothing in it is trusted: lengths
 * must agree with each other, and every number must be finite.
 */
#ifndef EXPLAIN_TRACE_READ_H
#define EXPLAIN_TRACE_READ_H

#include <stdbool.h>

#include "rnn/trace.h"

struct block;

/*
 * Keeps the output layer of the last block: most blocks have the same one, and
 * it is decoded once.
 */
struct trace_reader;

struct trace_reader *trace_reader_new(void);
void trace_reader_free(struct trace_reader *);

/*
 * Read the trace of a block.  It lies in the block's arena, except for weight,
 * bias and label: they belong to the reader and live until the next call.
 * Returns false with a message for a missing part, a wrong length, NaN or
 * infinity, a number that the cell cannot give, argmax out of range.
 */
bool trace_read(struct trace_reader *, struct block *, struct trace *);

#endif
