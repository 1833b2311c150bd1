/* SPDX-License-Identifier: ISC */
/*
 * filter: the loop that every block filter runs.
 *
 * It takes whole blocks while there are any, up to a batch, lets the filter
 * work on them together, and writes them in order; when no whole block waits,
 * it flushes and blocks.  So a terminal sees each answer at once and a file
 * runs in batches.  Memory is one arena, reset at each batch.
 *
 * Errors: a block that is bad at any stage (the stage prints why) ends the run
 * with 1 after what came before it has been written; under keep_going only
 * that block is dropped, and the status is 1 at the end.
 */
#ifndef STREAM_FILTER_H
#define STREAM_FILTER_H

#include <stdbool.h>
#include <stddef.h>

struct block;
struct output;

enum {
	FILTER_BATCH = 64,	/* documents: -b's default */
	FILTER_TOKENS = 4096,	/* a batch is full with so many words too */
	FILTER_BYTES = 16 << 20,	/* or with so many bytes */
};

struct filter {
	bool keep_going;
	size_t batch;		/* most documents; 0 is FILTER_BATCH */

	/*
	 * read: check and decode one block just parsed; false, with a
	 * message, if it is bad.  work: compute n good blocks together; it
	 * sets bad, with a message, in those that fail.  write: one block, in
	 * input order; false, with a message and before a byte is written, if
	 * it turns out to be bad: so messages come in order too.  Any may be
	 * NULL; a NULL write is conllu_write.  Memory for results comes from
	 * block->arena.
	 */
	bool (*read)(void *self, struct block *);
	void (*work)(void *self, struct block **, size_t n);
	bool (*write)(void *self, struct block *, struct output *);
	void *self;
};

/* Run over the operands; returns the exit status.  o stays open. */
int filter_run(const struct filter *, char *const operands[],
    struct output *o);

#endif
