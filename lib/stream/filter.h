/* SPDX-License-Identifier: ISC */
/*
 * filter: the loop of programs that read blocks.
 *
 * It reads blocks until the batch is full or no whole block is there, calls the
 * filter to work on all of them, and writes them in order.  If there is none to
 * work on, it flushes the output and waits.  So a terminal shows each result at
 * once, and a file is processed in batches.  The memory is one arena, which is
 * reset after each batch.
 *
 * Errors: a bad block ends the run with STATUS_DATA, after the blocks before it
 * were written; a file that cannot be read ends it with STATUS_SYSTEM.  With
 * keep_going only that block or file is dropped, and the status is the worst.
 */
#ifndef STREAM_FILTER_H
#define STREAM_FILTER_H

#include <stdbool.h>
#include <stddef.h>

struct block;
struct output;

enum {
	FILTER_BATCH = 64,	/* documents: the default of -b */
	FILTER_TOKENS = 4096,	/* this many words also fill a batch */
	FILTER_BYTES = 16 << 20,	/* and so do this many bytes */
};

struct filter {
	bool keep_going;
	size_t batch;		/* documents, at most; 0 is FILTER_BATCH */

	/*
	 * Each of these may be NULL.  Their results are in block->arena.
	 *
	 *     read   checks and decodes a parsed block.  Returns false with a
	 *            message if the block is bad.
	 *     work   computes n good blocks together.  Sets bad, after a
	 *            message, in those that fail.
	 *     write  writes a block, in input order; NULL is conllu_write.
	 *            If the block is bad, returns false with a message before
	 *            it writes a byte: so messages are in input order too.
	 *     dropped  is called instead of read for a block that cannot be
	 *            parsed, in input order: for filters that read a second
	 *            stream in step.
	 */
	bool (*read)(void *self, struct block *);
	void (*work)(void *self, struct block **, size_t n);
	bool (*write)(void *self, struct block *, struct output *);
	void (*dropped)(void *self);
	void *self;
};

/* Read all operands; returns the status.  o remains open. */
int filter_run(const struct filter *, char *const operands[],
    struct output *o);

#endif
