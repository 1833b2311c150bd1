/* SPDX-License-Identifier: ISC */
#include "stream/filter.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/input.h"
#include "base/mem.h"
#include "base/output.h"
#include "stream/block.h"
#include "stream/comment.h"

struct batch {
	struct block *block;	/* [size] */
	struct block **good;	/* [size] the blocks that work gets */
	size_t size, n;
	struct arena *arena;	/* of the blocks */
	struct arena *names;	/* of last_id */
	struct text last_id;
};

/* Parse a record; false with a message if it is no block of this stream. */
static bool
parse(struct batch *batch, const struct record *r, struct block *b)
{
	if (!conllu_parse(batch->arena, text_copy(batch->arena, r->text),
	    r->at, b))
		return false;
	if (text_equal(b->sent_id, batch->last_id))
		return bad(conllu_comment_place(b, "sent_id"),
		    "sent_id %.*s occurs twice in a row",
		    TEXT_ARGS(b->sent_id));
	mem_reset(batch->names);
	batch->last_id = text_copy(batch->names, b->sent_id);
	return true;
}

static void
drop(const struct filter *f)
{
	if (f->dropped != NULL)
		f->dropped(f->self);
}

/* Take a record as the next block of the batch. */
static void
take(struct batch *batch, const struct filter *f, const struct record *r)
{
	struct block *b = &batch->block[batch->n++];

	b->bad = !parse(batch, r, b);
	if (b->bad)
		drop(f);
	else
		b->bad = f->read != NULL && !f->read(f->self, b);
}

/* Work on the batch and write it.  Returns false if the run ends. */
static bool
finish(struct batch *batch, const struct filter *f, struct output *o,
    int *status)
{
	size_t good = 0;

	for (size_t i = 0; i < batch->n; i++) {
		if (!batch->block[i].bad)
			batch->good[good++] = &batch->block[i];
		else if (!f->keep_going)
			break;
	}
	if (f->work != NULL && good > 0)
		f->work(f->self, batch->good, good);
	for (size_t i = 0; i < batch->n; i++) {
		struct block *b = &batch->block[i];

		if (!b->bad && f->write != NULL)
			b->bad = !f->write(f->self, b, o);
		else if (!b->bad)
			conllu_write(b, o);
		if (b->bad)
			*status = status_worse(*status, STATUS_DATA);
		if (b->bad && !f->keep_going)
			return false;
	}
	batch->n = 0;
	mem_reset(batch->arena);
	return true;
}

int
filter_run(const struct filter *f, char *const operands[], struct output *o)
{
	struct batch batch = {.size = f->batch > 0 ? f->batch : FILTER_BATCH};
	struct input *in = input_open(operands);
	enum input_got got = INPUT_RECORD;
	int status = STATUS_OK;
	size_t tokens = 0, bytes = 0;

	batch.block = mem_calloc(batch.size, sizeof *batch.block);
	batch.good = mem_calloc(batch.size, sizeof *batch.good);
	batch.arena = mem_arena();
	batch.names = mem_arena();
	while (got != INPUT_END) {
		struct record r;
		bool stop = false;

		got = input_next(in, INPUT_BLOCKS, false, &r);
		if (got == INPUT_IDLE && batch.n == 0) {
			output_flush(o);
			got = input_next(in, INPUT_BLOCKS, true, &r);
		}
		if (got == INPUT_RECORD) {
			take(&batch, f, &r);
			tokens += batch.block[batch.n - 1].T;
			bytes += r.text.n;
			stop = batch.block[batch.n - 1].bad && !f->keep_going;
			if (batch.n < batch.size && tokens < FILTER_TOKENS &&
			    bytes < FILTER_BYTES && !stop)
				continue;
		}
		if (!finish(&batch, f, o, &status))
			break;
		tokens = bytes = 0;
		if (got == INPUT_BAD)
			drop(f);
		if (got == INPUT_BAD || got == INPUT_FAILED) {
			status = status_worse(status, got == INPUT_BAD ?
			    STATUS_DATA : STATUS_SYSTEM);
			if (!f->keep_going)
				break;
		}
	}
	input_close(in);
	mem_free(batch.arena);
	mem_free(batch.names);
	free(batch.block);
	free(batch.good);
	return status;
}
