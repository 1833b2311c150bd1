/* SPDX-License-Identifier: ISC */
/*
 * trace_keys: where a trace stands in a tok block (reat-trace(5)).
 *
 * Comments "# reat.KEY = ..." and MISC keys of one or two letters.  Known here,
 * below the models, because every filter that changes the words of a block
 * must remove the trace of the old words.
 */
#ifndef STREAM_TRACE_KEYS_H
#define STREAM_TRACE_KEYS_H

struct block;

/* The names under which a direction stands in MISC, and its argmax. */
struct trace_keys {
	const char *state, *carry, *output, *readout, *hidden, *argmax;
};

extern const struct trace_keys trace_keys[2];

/*
 * Remove a trace from a block: every comment and every MISC key that
 * trace_write can print, those of all cells included.
 */
void trace_strip(struct block *);

#endif
