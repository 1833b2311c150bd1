/* SPDX-License-Identifier: ISC */
/*
 * trace_write: write a trace into the lines of a tok block (reat-trace(5)).
 */
#ifndef EXPLAIN_TRACE_WRITE_H
#define EXPLAIN_TRACE_WRITE_H

#include <stdbool.h>

#include "rnn/trace.h"

struct block;
struct output;

/*
 * Add the trace to the block and write the block.  The caller has removed any
 * earlier trace (trace_strip).  decimals: write decimal numbers instead of
 * hexadecimal digits.  gates: write every gate of every step too
 * (direction.gate).
 */
void trace_write(struct block *, const struct trace *, bool decimals,
    bool gates, struct output *);

#endif
