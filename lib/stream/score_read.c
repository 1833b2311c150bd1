/* SPDX-License-Identifier: ISC */
#include "stream/score_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stream/lines.h"

struct score_reader {
	struct lines *in;
	struct score_reading how;
	struct arena *arena;	/* of the document, until the next begins */
	struct score_row key;	/* its first row's key columns (score_key) */
	bool ended;		/* it is a run, and its logit row has come */
	struct score_row *row;	/* [cap] its rows */
	size_t cap, bytes;
	bool spoil;		/* the next row's document is bad */
};

struct score_reader *
score_reader_open(char *const operands[], struct score_reading how)
{
	struct score_reader *r = mem_calloc(1, sizeof *r);

	r->in = lines_open(operands, how.keep_going, how.flush);
	r->how = how;
	r->arena = mem_arena();
	return r;
}

void
score_reader_close(struct score_reader *r)
{
	lines_close(r->in);
	mem_free(r->arena);
	free(r->row);
	free(r);
}

int
score_reader_status(const struct score_reader *r)
{
	return lines_status(r->in);
}

void
score_reader_bad(struct score_reader *r)
{
	lines_bad(r->in);
}

bool
score_reader_check(struct score_reader *r)
{
	struct record line;

	while (lines_next(r->in, &line))
		if (line.text.s == NULL || (line.text.n > 0 &&
		    !score_is_header(line.text))) {
			lines_again(r->in);
			return !text_starts(line.text, "# ") ||
			    memchr(line.text.s, '\t', line.text.n) != NULL ||
			    bad(line.at, "a comment, expected a score row: the "
			    "scores come first, then the texts");
		}
	return true;
}

static void
spoil(struct score_reader *r, struct score_doc *d)
{
	lines_bad(r->in);
	d->bad = true;
	d->n = 0;
}

/* A malformed line was reported; its document is unknown. */
static void
take_unknown(struct score_reader *r, struct score_doc *d)
{
	lines_bad(r->in);
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
		lines_again(r->in);
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

	*d = (struct score_doc){.doc = {NULL, 0}};
	while (lines_next(r->in, &line))
		if (line.text.s == NULL)
			take_unknown(r, d);
		else if (!take_line(r, d, &line))
			break;
	if (d->doc.s != NULL && !d->bad && r->how.whole) {
		if (score_check_whole(d, r->how.every_word, r->arena))
			score_order(d, r->arena);
		else
			spoil(r, d);
	}
	return d->doc.s != NULL;
}
