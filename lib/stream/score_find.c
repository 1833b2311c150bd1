/* SPDX-License-Identifier: ISC */
#include "stream/score_find.h"

#include <stdlib.h>
#include <string.h>

#include "base/dict.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "stream/filter.h"

/* A document in memory; only one that waits for its text has lines. */
struct kept {
	struct text lines;	/* its rows, each with its newline */
	size_t n;		/* rows */
	struct place at;
	bool bad;
	bool waits;
};

struct score_finder {
	char *operands[2];	/* the reader's */
	struct score_reader *reader;
	bool keep_going;
	bool again;		/* a document that came again was reported */

	/* without keep_going: text_hash of names, 0 before the first text */
	uint64_t first, last;	/* documents found */

	/* with keep_going */
	struct dict *names;	/* of the documents read */
	struct kept *kept;	/* [cap], by number of the name */
	size_t cap;
	struct arena *lines;	/* of all documents in memory */
	struct arena *rows;	/* of the last one found there */
};

/* True if a document of this name was remembered. */
static bool
is_known(const struct score_finder *f, struct text doc)
{
	uint64_t hash = text_hash(doc);

	if (f->keep_going)
		return dict_find(f->names, doc) != DICT_NONE;
	return hash == f->first || hash == f->last;
}

static void
keep(struct score_finder *f, struct kept *k, const struct score_doc *d)
{
	char *to;

	for (size_t i = 0; i < d->n; i++)
		k->lines.n += d->row[i].line.n + 1;
	k->lines.s = to = mem_alloc(f->lines, k->lines.n, 1);
	for (size_t i = 0; i < d->n; i++) {
		struct text line = d->row[i].line;

		memcpy(to, line.s, line.n);
		to += line.n;
		*to++ = '\n';
	}
}

/* Remember a document just read; one that was not found waits in memory. */
static void
remember(struct score_finder *f, const struct score_doc *d, bool found)
{
	int32_t i;

	if (f->keep_going) {
		i = dict_add(f->names, d->doc);
		f->kept = mem_grow(f->kept, &f->cap, dict_size(f->names),
		    sizeof *f->kept);
		f->kept[i] = (struct kept){.n = d->n, .at = d->at,
		    .bad = d->bad, .waits = !found};
		if (!found)
			keep(f, &f->kept[i], d);
	} else if (found) {
		f->last = text_hash(d->doc);
		if (f->first == 0)
			f->first = f->last;
	}
}

/* Only the first one is reported: a whole file may follow. */
static void
report_again(struct score_finder *f, const struct score_doc *d)
{
	if (!f->again)
		bad(d->at, "more rows of %.*s; all rows of a document must be "
		    "contiguous", TEXT_ARGS(d->doc));
	f->again = true;
	score_reader_bad(f->reader);	/* ends the stream without keep_going */
}

/* Read on to this document, or to the end for a name without s. */
static bool
find_ahead(struct score_finder *f, struct text doc, struct score_doc *d)
{
	while (score_next(f->reader, d) && (f->keep_going || !d->bad)) {
		bool found = doc.s != NULL && text_equal(d->doc, doc);

		if (!found && is_known(f, d->doc))
			report_again(f, d);
		else if (doc.s != NULL)
			remember(f, d, found);
		if (found)
			return true;
	}
	return false;
}

/* The document of this name among those that wait. */
static bool
find_kept(struct score_finder *f, struct text doc, struct score_doc *d)
{
	int32_t i = dict_find(f->names, doc);
	struct kept *k = i == DICT_NONE ? NULL : &f->kept[i];
	struct text rest;

	if (k == NULL || !k->waits)
		return false;
	k->waits = false;
	mem_reset(f->rows);
	*d = (struct score_doc){.doc = dict_text(f->names, i), .n = k->n,
	    .row = MEM_NEW(f->rows, k->n, struct score_row), .at = k->at,
	    .bad = k->bad};
	rest = k->lines;
	for (size_t r = 0; r < d->n; r++)
		score_parse(text_cut(&rest, '\n'), k->at, &d->row[r]);
	return true;
}

bool
score_find(struct score_finder *f, struct text doc, struct place at,
    struct score_doc *d)
{
	int status;

	if ((f->keep_going && find_kept(f, doc, d)) || find_ahead(f, doc, d))
		return !d->bad;
	status = score_reader_status(f->reader);
	if (status == STATUS_SYSTEM ||
	    (!f->keep_going && status != STATUS_OK))
		return false;		/* a message was printed */
	return bad(at, "no scores for %.*s%s", TEXT_ARGS(doc), f->keep_going ?
	    "" : "; the scores must have the order of the texts");
}

void
score_find_operands(const struct options *o, char *const operands[])
{
	bool texts;		/* are the standard input */

	if (operands[0] == NULL)
		option_usage(o, "no scores; the first operand is a score "
		    "stream");
	texts = operands[1] == NULL;
	for (size_t i = 1; operands[i] != NULL; i++)
		texts = texts || strcmp(operands[i], "-") == 0;
	if (texts && strcmp(operands[0], "-") == 0)
		option_usage(o, "scores and texts cannot both be the standard "
		    "input");
}

static struct score_finder *
finder_open(char *scores, bool keep_going)
{
	struct score_finder *f = mem_calloc(1, sizeof *f);

	f->operands[0] = scores;
	f->reader = score_reader_open(f->operands, (struct score_reading){
	    .whole = true, .every_word = true, .keep_going = keep_going});
	f->keep_going = keep_going;
	f->names = dict_new();
	f->lines = mem_arena();
	f->rows = mem_arena();
	return f;
}

static void
finder_close(struct score_finder *f)
{
	score_reader_close(f->reader);
	dict_free(f->names);
	free(f->kept);
	mem_free(f->lines);
	mem_free(f->rows);
	free(f);
}

int
score_find_run(struct score_finder **finder, const struct filter *filter,
    char *operands[], struct output *o)
{
	struct score_finder *f = finder_open(operands[0], filter->keep_going);
	int status = STATUS_DATA;
	struct score_doc d;

	*finder = f;
	if (f->keep_going || score_reader_check(f->reader))
		status = filter_run(filter, operands + 1, o);
	if (status == STATUS_OK || (status == STATUS_DATA && f->keep_going)) {
		output_flush(o);	/* the scores may take their time */
		find_ahead(f, (struct text){NULL, 0}, &d);
	}
	status = status_worse(status, score_reader_status(f->reader));
	finder_close(f);
	return status;
}
