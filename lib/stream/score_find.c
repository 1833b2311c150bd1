/* SPDX-License-Identifier: ISC */
#include "stream/score_find.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "stream/filter.h"

enum {
	NAMES = 1 << 23,	/* bits: few are false up to a million names */
	PROBES = 4,		/* bits a name */
	FOUND = 1 << 14,	/* documents whose names are remembered */
};

struct score_finder {
	char *operands[2];	/* the reader's */
	struct score_reader *reader;
	bool resume;
	struct arena *arena;	/* of a document that waited */
	struct output kept;	/* documents passed over */
	struct output rows;	/* those of one */
	off_t at, end;		/* of kept: what still waits */
	unsigned char *name;	/* [NAMES / 8] in kept; NULL: not at the end */
	uint64_t found[FOUND];	/* names of texts; the last one of its kind */
	bool again;		/* one of them was passed over, and told */
};

/* A document in kept: this, its name, its rows as lines. */
struct kept {
	size_t name, rows;	/* bytes */
	uint64_t hash;
	struct place at;
	bool bad;
};

static struct score_finder *
finder_open(char *path, bool resume)
{
	struct score_finder *f = mem_calloc(1, sizeof *f);

	f->operands[0] = path;
	f->reader = score_reader_open(f->operands, (struct score_reading){
	    .whole = true, .every_word = true, .keep_going = true});
	f->resume = resume;
	f->arena = mem_arena();
	f->rows = output_to(-1, NULL);
	f->kept = output_to(-1, NULL);	/* no file before it is needed */
	return f;
}

static void
finder_close(struct score_finder *f)
{
	score_reader_close(f->reader);
	mem_free(f->arena);
	output_done(&f->rows, STATUS_OK);
	f->kept.n = 0;
	output_done(&f->kept, STATUS_OK);
	free(f->name);
	free(f);
}

static void
remember(struct score_finder *f, struct text doc)
{
	uint64_t hash = text_hash(doc);

	f->found[hash % FOUND] = hash;
}

/* A document is passed over: it must not be another part of one found. */
static void
pass(struct score_finder *f, const struct score_doc *d)
{
	uint64_t hash = text_hash(d->doc);

	if (f->again || f->found[hash % FOUND] != hash)
		return;
	f->again = !bad(d->at, "rows of %.*s again, expected all rows of a "
	    "document together", TEXT_ARGS(d->doc));
}

static void
keep(struct score_finder *f, const struct score_doc *d)
{
	struct kept k = {.name = d->doc.n, .hash = text_hash(d->doc),
	    .at = d->at, .bad = d->bad};

	if (f->kept.fd < 0)
		f->kept = output_temporary();
	f->rows.n = 0;
	for (size_t i = 0; i < d->n; i++)
		score_write(&f->rows, &d->row[i]);
	k.rows = f->rows.n;
	output_bytes(&f->kept, &k, sizeof k);
	output_text(&f->kept, d->doc);
	output_bytes(&f->kept, f->rows.buf, f->rows.n);
	f->end += (off_t)(sizeof k + k.name + k.rows);
}

/* A text's scores were read: what is before them is of no text. */
static void
forget(struct score_finder *f)
{
	/* few documents are still in the buffer */
	if (f->end > (off_t)f->kept.n && (ftruncate(f->kept.fd, 0) != 0 ||
	    lseek(f->kept.fd, 0, SEEK_SET) != 0))
		die("%s: cannot empty: %s", f->kept.name, strerror(errno));
	f->kept.n = 0;
	f->end = 0;
}

static void
fetch(const struct score_finder *f, off_t at, void *to, size_t n)
{
	char *p = to;

	while (n > 0) {
		ssize_t k = pread(f->kept.fd, p, n, at);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			die("%s: cannot read: %s", f->kept.name, k < 0 ?
			    strerror(errno) : "it was cut");
		p += k;
		at += k;
		n -= (size_t)k;
	}
}

/* The name's bits, of which the table has each if it has the name. */
static size_t
bit(uint64_t hash, int probe)
{
	return (size_t)((hash + (uint64_t)probe * (hash >> 32 | 1)) % NAMES);
}

/* The scores have ended: what was passed over is all there is. */
static void
begin_kept(struct score_finder *f)
{
	struct kept k;

	output_flush(&f->kept);
	f->name = mem_calloc(NAMES / 8, 1);
	for (off_t at = 0; at < f->end; ) {
		fetch(f, at, &k, sizeof k);
		at += (off_t)(sizeof k + k.name + k.rows);
		for (int p = 0; p < PROBES; p++)
			f->name[bit(k.hash, p) / 8] |= (unsigned char)
			    (1 << bit(k.hash, p) % 8);
	}
}

static void
fetch_rows(const struct score_finder *f, const struct kept *k, off_t at,
    struct score_doc *d)
{
	char *bytes = mem_alloc(f->arena, k->rows + 1, 1);
	struct text rest = {bytes, k->rows}, line;

	fetch(f, at, bytes, k->rows);
	for (size_t i = 0; i < k->rows; i++)
		d->n += bytes[i] == '\n';
	d->row = MEM_NEW(f->arena, d->n, struct score_row);
	for (size_t i = 0; i < d->n; i++) {
		line = text_cut(&rest, '\n');
		score_parse(line, k->at, &d->row[i]);	/* it was good */
	}
}

/* The one at an offset among those that wait, without rows; its end. */
static off_t
fetch_kept(struct score_finder *f, off_t at, struct kept *k,
    struct score_doc *d)
{
	char *name;

	mem_reset(f->arena);
	fetch(f, at, k, sizeof *k);
	name = mem_alloc(f->arena, k->name + 1, 1);
	fetch(f, at + (off_t)sizeof *k, name, k->name);
	*d = (struct score_doc){.doc = {name, k->name}, .at = k->at,
	    .bad = k->bad};
	return at + (off_t)(sizeof *k + k->name + k->rows);
}

/*
 * The document of this name among those that wait; false if there is none, or
 * none is looked for.
 */
static bool
find_kept(struct score_finder *f, struct text doc, struct score_doc *d)
{
	uint64_t hash = text_hash(doc);
	struct kept k;

	for (int p = 0; p < PROBES && doc.s != NULL; p++)
		if ((f->name[bit(hash, p) / 8] >> bit(hash, p) % 8 & 1) == 0)
			return false;
	for (off_t at = f->at; at < f->end; ) {
		at = fetch_kept(f, at, &k, d);
		if (doc.s != NULL && text_equal(d->doc, doc)) {
			fetch_rows(f, &k, at - (off_t)k.rows, d);
			f->at = at;
			return true;
		}
		pass(f, d);
	}
	return false;
}

/* The same among those to come. */
static bool
find_ahead(struct score_finder *f, struct text doc, struct score_doc *d)
{
	bool keeps = f->resume && doc.s != NULL;

	while ((f->resume || !f->again) && score_next(f->reader, d)) {
		if (doc.s != NULL && text_equal(d->doc, doc)) {
			forget(f);
			return true;
		}
		pass(f, d);
		if (keeps)
			keep(f, d);
	}
	if (keeps)
		begin_kept(f);
	return false;
}

static bool
find(struct score_finder *f, struct text doc, struct score_doc *d)
{
	return f->name != NULL ? find_kept(f, doc, d) : find_ahead(f, doc, d);
}

bool
score_find(struct score_finder *f, struct text doc, struct place at,
    struct score_doc *d)
{
	if (find(f, doc, d)) {
		remember(f, doc);
		return !d->bad;
	}
	if (score_reader_status(f->reader) == STATUS_SYSTEM ||
	    (f->again && !f->resume))
		return false;		/* said why */
	return bad(at, "no scores of %.*s, expected its rows, in the order of "
	    "the texts", TEXT_ARGS(doc));
}

void
score_find_operands(const struct options *o, char *const operands[])
{
	bool texts;		/* are the standard input */

	if (operands[0] == NULL)
		option_usage(o, "no scores, expected a score stream first");
	texts = operands[1] == NULL;
	for (size_t i = 1; operands[i] != NULL; i++)
		texts = texts || strcmp(operands[i], "-") == 0;
	if (texts && strcmp(operands[0], "-") == 0)
		option_usage(o, "scores and texts can't both be the standard "
		    "input");
}

int
score_find_run(struct score_finder **finder, const struct filter *filter,
    char *operands[], struct output *o)
{
	struct score_finder *f = finder_open(operands[0], filter->keep_going);
	int status = STATUS_DATA, worst;
	struct score_doc d;

	*finder = f;
	if (filter->keep_going || score_reader_check(f->reader))
		status = filter_run(filter, operands + 1, o);
	if (status == STATUS_OK || (status == STATUS_DATA && f->resume)) {
		output_flush(o);	/* the scores may take their time */
		find(f, (struct text){NULL, 0}, &d);
	}
	worst = score_reader_status(f->reader);
	if (worst == STATUS_OK && f->again)
		worst = STATUS_DATA;
	finder_close(f);
	return worst > status ? worst : status;
}
