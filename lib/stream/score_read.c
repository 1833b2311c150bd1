/* SPDX-License-Identifier: ISC */
#include "stream/score_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "base/mem.h"
#include "base/output.h"

struct score_reader {
	struct input *in;
	struct score_reading how;
	struct arena *arena;	/* of the document, until the next begins */
	struct score_row key;	/* its first row's key columns (score_key) */
	bool ended;		/* it is a run, and its logit row has come */
	struct score_row *row;	/* [cap] its rows */
	size_t cap, bytes;
	struct arena *ahead;	/* of the line that ended it */
	struct record line;	/* that line; without s if there is none */
	bool spoil;		/* the next row's document is bad */
	bool stopped;		/* there are no more documents */
	int status;
};

struct score_reader *
score_reader_open(char *const operands[], struct score_reading how)
{
	struct score_reader *r = mem_calloc(1, sizeof *r);

	r->in = input_open(operands);
	r->how = how;
	r->arena = mem_arena();
	r->ahead = mem_arena();
	return r;
}

void
score_reader_close(struct score_reader *r)
{
	input_close(r->in);
	mem_free(r->arena);
	mem_free(r->ahead);
	free(r->row);
	free(r);
}

int
score_reader_status(const struct score_reader *r)
{
	return r->status;
}

static void
worsen(struct score_reader *r, int status)
{
	if (r->status < status)
		r->status = status;
	if (!r->how.keep_going)
		r->stopped = true;
}

/* The next line, which may be one that was put back. */
static enum input_got
next_line(struct score_reader *r, struct record *line)
{
	enum input_got got;

	if (r->stopped)
		return INPUT_END;
	if (r->line.text.s != NULL) {
		*line = r->line;
		r->line.text.s = NULL;
		return INPUT_RECORD;
	}
	got = input_next(r->in, INPUT_LINES, r->how.flush == NULL, line);
	if (got == INPUT_IDLE) {
		output_flush(r->how.flush);
		got = input_next(r->in, INPUT_LINES, true, line);
	}
	return got;
}

/* The line must come from the input: it was not put back before. */
static void
put_back(struct score_reader *r, const struct record *line)
{
	mem_reset(r->ahead);
	r->line = (struct record){text_copy(r->ahead, line->text), line->at};
}

bool
score_reader_check(struct score_reader *r)
{
	struct record line;
	enum input_got got;

	do
		got = next_line(r, &line);
	while (got == INPUT_RECORD && (line.text.n == 0 ||
	    score_is_header(line.text)));
	if (got == INPUT_RECORD && text_starts(line.text, "# ") &&
	    memchr(line.text.s, '\t', line.text.n) == NULL)
		return bad(line.at, "a comment, expected a score row: the "
		    "scores come first, then the texts");
	if (got == INPUT_RECORD)
		put_back(r, &line);
	r->spoil = got == INPUT_BAD;
	if (got == INPUT_BAD || got == INPUT_FAILED)
		worsen(r, got == INPUT_BAD ? STATUS_DATA : STATUS_SYSTEM);
	return true;
}

static void
spoil(struct score_reader *r, struct score_doc *d)
{
	worsen(r, STATUS_DATA);
	d->bad = true;
	d->n = 0;
}

/* A line was reported as malformed, and its document is unknown. */
static void
take_unknown(struct score_reader *r, struct score_doc *d)
{
	worsen(r, STATUS_DATA);
	if (d->doc.s == NULL || d->bad ||
	    (r->how.whole && score_is_logit(&d->row[d->n - 1])))
		r->spoil = true;
	else
		spoil(r, d);
}

static bool
add_row(struct score_reader *r, struct score_doc *d, const struct record *line)
{
	r->bytes += line->text.n + sizeof *d->row;
	if (r->bytes > INPUT_LIMIT)
		return bad(line->at, "too many rows of document %.*s, the "
		    "limit is %d MiB", TEXT_ARGS(d->doc), INPUT_LIMIT >> 20);
	r->row = mem_grow(r->row, &r->cap, d->n + 1, sizeof *r->row);
	d->row = r->row;
	return score_parse(text_copy(r->arena, line->text), line->at,
	    &d->row[d->n++]);
}

/* True if they are equal, or one is unknown. */
static bool
agree(struct text a, struct text b)
{
	return a.s == NULL || b.s == NULL || text_equal(a, b);
}

/* True if a row with this key continues the document or run of the reader. */
static bool
continues(const struct score_reader *r, const struct score_row *key)
{
	return text_equal(key->doc, r->key.doc) && (!r->how.runs ||
	    (text_equal(key->class, r->key.class) &&
	    agree(key->model, r->key.model) &&
	    agree(key->method, r->key.method)));
}

static struct text
copy_known(struct arena *arena, struct text field)
{
	return field.s == NULL ? field : text_copy(arena, field);
}

static void
begin(struct score_reader *r, struct score_doc *d, const struct score_row *key,
    struct place at)
{
	bool late = r->ended && continues(r, key);

	mem_reset(r->arena);
	r->key.doc = text_copy(r->arena, key->doc);
	r->key.class = text_copy(r->arena, key->class);
	r->key.model = copy_known(r->arena, key->model);
	r->key.method = copy_known(r->arena, key->method);
	r->ended = false;
	r->bytes = 0;
	*d = (struct score_doc){.doc = r->key.doc, .at = at};
	if (late) {
		score_bad_order(key, at);
		spoil(r, d);
	}
}

/*
 * A header line ends the document if it should, and then no row after it
 * belongs to a line before it.  Returns false if a document ended.
 */
static bool
take_header(struct score_reader *r, const struct score_doc *d)
{
	if (!r->how.split)
		return true;
	r->spoil = r->ended = false;
	return d->doc.s == NULL;
}

/* Returns false if the document ends, with or before this line. */
static bool
take_line(struct score_reader *r, struct score_doc *d,
    const struct record *line)
{
	struct score_row key;

	if (line->text.n == 0)
		return true;
	if (score_is_header(line->text))
		return take_header(r, d);
	score_key(line->text, &key);
	if (key.doc.s == NULL) {
		score_parse(line->text, line->at, &key);  /* for its message */
		take_unknown(r, d);
		return true;
	}
	if (d->doc.s != NULL && !continues(r, &key)) {
		put_back(r, line);
		return false;
	}
	if (d->doc.s == NULL)
		begin(r, d, &key, line->at);
	if (r->spoil)
		spoil(r, d);
	r->spoil = false;
	if (d->bad)
		return true;
	if (!add_row(r, d, line))
		spoil(r, d);
	else
		r->ended = r->how.runs && score_is_logit(&d->row[d->n - 1]);
	return !r->ended;
}

bool
score_next(struct score_reader *r, struct score_doc *d)
{
	struct record line;
	enum input_got got;

	*d = (struct score_doc){.doc = {NULL, 0}};
	while ((got = next_line(r, &line)) != INPUT_END)
		if (got == INPUT_FAILED)
			worsen(r, STATUS_SYSTEM);
		else if (got == INPUT_BAD)
			take_unknown(r, d);
		else if (!take_line(r, d, &line))
			break;
	if (d->doc.s != NULL && !d->bad && r->how.whole &&
	    !score_check_whole(d, r->how.every_word, r->arena))
		spoil(r, d);
	return d->doc.s != NULL;
}
