/* SPDX-License-Identifier: ISC */
/*
 * trace_read: a block's comments and MISC -> a trace.
 *
 * The block may come from any program.  Nothing is believed: lengths are
 * checked against each other, and every number must be finite.
 */
#ifndef EXPLAIN_TRACE_READ_H
#define EXPLAIN_TRACE_READ_H

#include <stdbool.h>

#include "rnn/trace.h"

struct block;

/* The output layer, which mostly stays the same from one block to the next. */
struct trace_reader;

struct trace_reader *trace_reader_new(void);
void trace_reader_free(struct trace_reader *);

/*
 * Read the trace of a block.  Its memory is the block's arena's, but weight,
 * bias and label are the reader's and live until the next call.  False with a
 * message for: no trace, a wrong length, NaN or infinity, argmax out of range.
 */
bool trace_read(struct trace_reader *, struct block *, struct trace *);

#endif
