/* SPDX-License-Identifier: ISC */
/*
 * trace_keys: the names of a trace in a tok block (reat-trace(5)).
 *
 * A trace is comments "# reat.KEY = ..." and MISC keys of one or two letters.
 * Their names are here, below the models, because a filter that changes the
 * words of a block must remove the trace of the old words.
 */
#ifndef STREAM_TRACE_KEYS_H
#define STREAM_TRACE_KEYS_H

struct block;

/* The MISC keys of a direction, and the comment with its argmax. */
struct trace_keys {
	const char *state, *carry, *output, *readout, *hidden, *argmax;
};

/* The MISC key of a word that the model does not know, with the value "1". */
#define TRACE_UNKNOWN "U"

extern const struct trace_keys trace_keys[2];

/*
 * Remove a trace from a block: every comment and every MISC key that
 * trace_write prints for any cell.
 */
void trace_strip(struct block *);

#endif
