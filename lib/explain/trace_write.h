/* SPDX-License-Identifier: ISC */
/*
 * trace_write: a struct trace -> the lines of a tok block (reat-trace(5)).
 */
#ifndef EXPLAIN_TRACE_WRITE_H
#define EXPLAIN_TRACE_WRITE_H

#include <stdbool.h>

#include "rnn/trace.h"

struct block;
struct output;

/*
 * Put the trace into the block, which trace_strip has cleared of an earlier
 * one, and write it.  decimals: numbers in decimal, not as hexadecimal floats;
 * gates: every gate of every step too (direction.gate is there).
 */
void trace_write(struct block *, const struct trace *, bool decimals,
    bool gates, struct output *);

#endif
