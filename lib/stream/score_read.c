/* SPDX-License-Identifier: ISC */
#include "stream/score_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "base/mem.h"

struct score_reader {
	struct input *in;
	struct arena *arena;	/* of the document */
	struct arena *ahead;	/* of the line that ended it */
	struct text line;	/* that line, or none */
	struct place at;
	bool spoil;		/* a bad line that did not say whose it is */
	bool whole;		/* documents must be */
	int status;
};

struct score_reader *
score_reader_open(char *const operands[], bool whole)
{
	struct score_reader *r = calloc(1, sizeof *r);

	if (r == NULL)
		die("out of memory");
	r->in = input_open(operands);
	r->whole = whole;
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
}

/* The next line that is a row, good or bad; INPUT_BAD for one that is none. */
static enum input_got
next_line(struct score_reader *r, struct record *record)
{
	enum input_got got;

	if (r->line.s != NULL) {
		*record = (struct record){r->line, r->at};
		r->line.s = NULL;
		return INPUT_RECORD;
	}
	do
		got = input_next(r->in, INPUT_LINES, true, record);
	while (got == INPUT_RECORD && (record->text.n == 0 ||
	    score_is_header(record->text)));
	return got;
}

/* The line is of another document: it waits. */
static void
put_back(struct score_reader *r, const struct record *record)
{
	struct text line = text_copy(r->arena, record->text);

	mem_reset(r->ahead);
	r->line = text_copy(r->ahead, line);
	r->at = record->at;
}

bool
score_reader_check(struct score_reader *r)
{
	struct record record;
	enum input_got got = next_line(r, &record);

	if (got == INPUT_RECORD && text_starts(record.text, "# ") &&
	    memchr(record.text.s, '\t', record.text.n) == NULL)
		return bad(record.at, "a comment, expected scores, which come "
		    "before the texts");
	if (got == INPUT_RECORD)
		put_back(r, &record);
	r->spoil = got == INPUT_BAD;
	if (got == INPUT_BAD || got == INPUT_FAILED)
		worsen(r, got == INPUT_BAD ? STATUS_DATA : STATUS_SYSTEM);
	return true;
}

static void
add_row(struct score_reader *r, struct score_doc *d, size_t *cap,
    const struct score_row *row)
{
	if (d->n == *cap) {
		struct score_row *more = MEM_NEW(r->arena, *cap = 2 * *cap + 8,
		    struct score_row);

		if (d->n > 0)
			memcpy(more, d->row, d->n * sizeof *more);
		d->row = more;
	}
	d->row[d->n++] = *row;
}

static void
spoil(struct score_reader *r, struct score_doc *d)
{
	worsen(r, STATUS_DATA);
	d->bad = true;
	d->n = 0;
}

static int
compare_explained(const struct score_row *a, const struct score_row *b)
{
	int sign = text_compare(a->class, b->class);

	if (sign == 0)
		sign = text_compare(a->model, b->model);
	return sign != 0 ? sign : text_compare(a->method, b->method);
}

/* By class, model and method, then by level, then as the text goes. */
static int
compare_rows(const void *va, const void *vb)
{
	const struct score_row *a = *(struct score_row *const *)va;
	const struct score_row *b = *(struct score_row *const *)vb;
	int sign = compare_explained(a, b);

	if (sign == 0)
		sign = text_compare(a->level, b->level);
	return sign != 0 ? sign : (a->first > b->first) - (a->first < b->first);
}

/* A row of a level after the one before it, or after none. */
static bool
check_next(const struct score_doc *d, const struct score_row *before,
    const struct score_row *row)
{
	size_t next = before != NULL ? before->last + 1 : 1;

	if (text_is(row->level, "word") &&
	    (row->first != next || row->last != next))
		return bad(d->at, "%.*s, class %.*s: word %zu to %zu, expected "
		    "word %zu, each once from 1 on", TEXT_ARGS(d->doc),
		    TEXT_ARGS(row->class), row->first, row->last, next);
	if (before == NULL || row->first > before->last)
		return true;
	if (row->first == 0)
		return bad(d->at, "%.*s, class %.*s: a second row of level "
		    "%.*s, expected one", TEXT_ARGS(d->doc),
		    TEXT_ARGS(row->class), TEXT_ARGS(row->level));
	return bad(d->at, "%.*s, class %.*s: %.*s %zu to %zu overlaps %zu to "
	    "%zu, expected spans apart", TEXT_ARGS(d->doc),
	    TEXT_ARGS(row->class), TEXT_ARGS(row->level), row->first,
	    row->last, before->first, before->last);
}

/* True if the document is whole (see score_read.h). */
static bool
check_whole(struct score_reader *r, const struct score_doc *d)
{
	const struct score_row **row = MEM_NEW(r->arena, d->n,
	    const struct score_row *);

	for (size_t i = 0; i < d->n; i++) {
		row[i] = &d->row[i];
		if (!text_is(row[i]->level, "logit") && (i + 1 == d->n ||
		    compare_explained(row[i], &d->row[i + 1]) != 0))
			return bad(d->at, "%.*s: the rows of class %.*s end "
			    "without their logit row, expected it last",
			    TEXT_ARGS(d->doc), TEXT_ARGS(row[i]->class));
	}
	qsort(row, d->n, sizeof *row, compare_rows);
	for (size_t i = 0; i < d->n; i++) {
		bool same = i > 0 && compare_explained(row[i - 1], row[i]) ==
		    0 && text_equal(row[i - 1]->level, row[i]->level);

		if (!check_next(d, same ? row[i - 1] : NULL, row[i]))
			return false;
	}
	return true;
}

/* The document ends here; false if there is none. */
static bool
end_document(struct score_reader *r, struct score_doc *d)
{
	if (d->doc.s != NULL && !d->bad && r->whole && !check_whole(r, d))
		spoil(r, d);
	return d->doc.s != NULL;
}

bool
score_next(struct score_reader *r, struct score_doc *d)
{
	size_t cap = 0, bytes = 0;
	struct record record;
	enum input_got got;

	mem_reset(r->arena);
	*d = (struct score_doc){.doc = {NULL, 0}};
	while ((got = next_line(r, &record)) != INPUT_END) {
		struct score_row row;
		bool good;

		if (got == INPUT_FAILED) {
			worsen(r, STATUS_SYSTEM);
			continue;
		}
		row.doc.s = NULL;
		if (got == INPUT_RECORD)
			score_key(record.text, &row);
		if (row.doc.s == NULL && d->doc.s == NULL) {
			/* whose is it?  the next document's, to be safe */
			if (got == INPUT_RECORD)
				score_parse(record.text, record.at, &row);
			r->spoil = true;
			worsen(r, STATUS_DATA);
			continue;
		}
		if (row.doc.s != NULL && d->doc.s != NULL &&
		    !text_equal(row.doc, d->doc)) {
			put_back(r, &record);
			return end_document(r, d);
		}
		if (d->doc.s == NULL) {
			d->doc = text_copy(r->arena, row.doc);
			d->at = record.at;
			if (r->spoil)
				spoil(r, d);
			r->spoil = false;
		}
		if (d->bad)
			continue;
		bytes += record.text.n + sizeof row;
		if (got == INPUT_BAD)
			good = false;
		else if (bytes > INPUT_LIMIT)
			good = bad(record.at, "a document of more than %d "
			    "bytes, expected at most that", INPUT_LIMIT);
		else
			good = score_parse(text_copy(r->arena, record.text),
			    record.at, &row);
		if (good)
			add_row(r, d, &cap, &row);
		else
			spoil(r, d);
	}
	return end_document(r, d);
}

struct text
score_class(const struct score_doc *d, struct text model, struct text method,
    const char *which)
{
	const struct score_row *best = NULL;
	bool predicted = strcmp(which, "predicted") == 0;

	for (size_t i = 0; i < d->n; i++) {
		const struct score_row *row = &d->row[i];

		if (!text_equal(row->model, model) ||
		    !text_equal(row->method, method))
			continue;
		if (!predicted && text_is(row->class, which))
			return row->class;
		if (predicted && (best == NULL || row->prob > best->prob))
			best = row;
	}
	return best != NULL ? best->class : (struct text){NULL, 0};
}
