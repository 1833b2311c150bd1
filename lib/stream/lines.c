/* SPDX-License-Identifier: ISC */
#include "stream/lines.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"

struct lines {
	struct input *in;
	struct output *flush;
	enum input_unit unit;
	struct record last;
	bool keep_going, again, stopped;
	int status;
};

struct lines *
lines_open(char *const operands[], bool keep_going, struct output *flush)
{
	struct lines *l = mem_calloc(1, sizeof *l);

	l->in = input_open(operands);
	l->keep_going = keep_going;
	l->flush = flush;
	return l;
}

struct lines *
lines_open_blocks(char *const operands[], bool keep_going,
    struct output *flush)
{
	struct lines *l = lines_open(operands, keep_going, flush);

	l->unit = INPUT_BLOCKS;
	return l;
}

int
lines_close(struct lines *l)
{
	int status = l->status;

	input_close(l->in);
	free(l);
	return status;
}

static void
fail(struct lines *l, int status)
{
	l->status = status_worse(l->status, status);
	l->stopped = l->stopped || !l->keep_going;
}

static enum input_got
read_line(struct lines *l)
{
	enum input_got got = input_next(l->in, l->unit, l->flush == NULL,
	    &l->last);

	if (got != INPUT_IDLE)
		return got;
	output_flush(l->flush);
	return input_next(l->in, l->unit, true, &l->last);
}

bool
lines_next(struct lines *l, struct record *r)
{
	bool again = l->again;

	l->again = false;
	while (!l->stopped) {
		enum input_got got = again ? INPUT_RECORD : read_line(l);

		if (got == INPUT_END)
			break;
		if (got == INPUT_FAILED) {
			fail(l, STATUS_SYSTEM);
			continue;
		}
		if (got == INPUT_BAD) {
			fail(l, STATUS_DATA);
			l->last.text = (struct text){NULL, 0};
		}
		*r = l->last;
		return true;
	}
	return false;
}

void
lines_again(struct lines *l)
{
	l->again = true;
}

void
lines_bad(struct lines *l)
{
	fail(l, STATUS_DATA);
}

int
lines_status(const struct lines *l)
{
	return l->status;
}
