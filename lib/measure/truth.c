/* SPDX-License-Identifier: ISC */
#include "measure/truth.h"

#include <stdlib.h>

#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "stream/score_read.h"

struct truth {
	struct arena *arena;
	struct dict *docs;
	struct score_doc *doc;	/* [dict_size(docs)] */
	size_t cap;
};

static bool
wanted(const struct score_row *row, const char *level)
{
	if (level == NULL)
		return row->first > 0;
	return score_is_logit(row) ||
	    (row->first > 0 && text_is(row->level, level));
}

/* Keep the rows of a document.  Returns false if it is bad or comes again. */
static bool
keep(struct truth *t, const struct score_doc *d, const char *level)
{
	size_t n = dict_size(t->docs), i = (size_t)dict_add(t->docs, d->doc);
	struct score_doc *to;

	if (i < n)
		return bad(d->at, "more rows of %.*s; all rows of a document "
		    "must be contiguous", TEXT_ARGS(d->doc));
	t->doc = mem_grow(t->doc, &t->cap, n + 1, sizeof *t->doc);
	to = &t->doc[i];
	*to = (struct score_doc){.doc = text_copy(t->arena, d->doc),
	    .at = d->at, .bad = d->bad,
	    .row = MEM_NEW(t->arena, d->n, struct score_row)};
	for (size_t k = 0; k < d->n; k++) {
		struct score_row *row = &to->row[to->n];

		if (!wanted(&d->row[k], level))
			continue;
		*row = d->row[k];
		row->doc = to->doc;
		row->class = text_copy(t->arena, row->class);
		row->level = text_copy(t->arena, row->level);
		row->model = text_copy(t->arena, row->model);
		row->method = text_copy(t->arena, row->method);
		row->tag = text_copy(t->arena, row->tag);
		row->text = text_copy(t->arena, row->text);
		row->line = (struct text){NULL, 0};
		to->n++;
	}
	return !to->bad;
}

struct truth *
truth_read(const char *path, const char *level, bool keep_going, int *status)
{
	char *operands[] = {(char *)path, NULL};
	struct score_reader *r = score_reader_open(operands,
	    (struct score_reading){.whole = level != NULL,
	    .every_word = level != NULL, .keep_going = keep_going});
	struct truth *t = mem_calloc(1, sizeof *t);
	struct score_doc d;

	t->arena = mem_arena();
	t->docs = dict_new();
	while (score_next(r, &d))
		if (!keep(t, &d, level))
			score_reader_bad(r);
	*status = score_reader_status(r);
	score_reader_close(r);
	if (*status == STATUS_OK || (*status == STATUS_DATA && keep_going))
		return t;
	truth_free(t);
	return NULL;
}

void
truth_free(struct truth *t)
{
	mem_free(t->arena);
	dict_free(t->docs);
	free(t->doc);
	free(t);
}

size_t
truth_size(const struct truth *t)
{
	return dict_size(t->docs);
}

const struct score_doc *
truth_doc(const struct truth *t, size_t i)
{
	return &t->doc[i];
}

const struct score_doc *
truth_find(const struct truth *t, struct text doc)
{
	int32_t i = dict_find(t->docs, doc);

	return i == DICT_NONE ? NULL : &t->doc[i];
}

const struct score_row *
truth_row(const struct score_doc *d, const struct score_row *row, size_t *at)
{
	for (size_t k = 0; k < d->n; k++) {
		const struct score_row *r = &d->row[*at];

		*at = (*at + 1) % d->n;
		if (r->first == row->first && r->last == row->last &&
		    text_equal(r->level, row->level) &&
		    text_equal(r->class, row->class) &&
		    text_equal(r->model, row->model))
			return r;
	}
	return NULL;
}
