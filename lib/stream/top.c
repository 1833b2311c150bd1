/* SPDX-License-Identifier: ISC */
#include "stream/top.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "stream/block.h"
#include "stream/layer.h"
#include "stream/level.h"
#include "stream/score_read.h"

bool
top_amount(struct top_amount *a, struct text s)
{
	size_t number;

	a->percent = text_ends(s, "%");
	if (!a->percent) {
		if (!text_to_size(s, &number))
			return false;
		a->n = (double)number;
		return true;
	}
	s.n--;
	return text_to_double(s, &a->n) && a->n >= 0 && a->n <= 100;
}

size_t
top_number(const struct top_amount *a, size_t n)
{
	/* 20 % of 5 is 1, despite rounding errors */
	if (a->percent)
		return (size_t)ceil(a->n * (double)n / 100 - 1e-9);
	return a->n < (double)n ? (size_t)a->n : n;
}

/*
 * Choose model, method and class.  Returns a row of this model and method, or
 * NULL with a message.
 */
static const struct score_row *
choose(const struct top *top, const struct score_doc *d, struct text *class)
{
	const struct score_row *key = NULL;

	for (size_t i = 0; i < d->n; i++) {
		const struct score_row *row = &d->row[i];

		if (top->method != NULL && !text_is(row->method, top->method))
			continue;
		if (key == NULL)
			key = row;
		if (text_equal(key->model, row->model) &&
		    text_equal(key->method, row->method))
			continue;
		bad(d->at, "%.*s has scores of %.*s %.*s and of %.*s %.*s, "
		    "expected one model and one method",
		    TEXT_ARGS(d->doc), TEXT_ARGS(key->model),
		    TEXT_ARGS(key->method), TEXT_ARGS(row->model),
		    TEXT_ARGS(row->method));
		return NULL;
	}
	if (key == NULL) {
		bad(d->at, "%.*s has no scores of method %s; all rows of a "
		    "document must be contiguous", TEXT_ARGS(d->doc),
		    top->method);
		return NULL;
	}
	*class = score_class(d, key->model, key->method, top->class);
	if (class->s == NULL) {
		bad(d->at, "%.*s has no scores of class %s", TEXT_ARGS(d->doc),
		    top->class);
		return NULL;
	}
	return key;
}

struct candidate {
	struct span span;
	float score;
};

static int
compare(const void *va, const void *vb)
{
	const struct candidate *a = va, *b = vb;

	if (a->score != b->score)
		return a->score < b->score ? 1 : -1;
	if (a->span.first != b->span.first)
		return a->span.first < b->span.first ? -1 : 1;
	return (a->span.last > b->span.last) - (a->span.last < b->span.last);
}

/* Take the span of a row; false with a message if b has other words there. */
static bool
take(const struct block *b, const struct score_doc *d,
    const struct score_row *row, struct candidate *c)
{
	c->span = (struct span){row->first - 1, row->last - 1, row->tag};
	c->score = row->score;
	return (row->first > 0 && row->last <= b->T && text_equal(row->text,
	    level_text(b, &c->span))) || bad(d->at, "%.*s: \"%.*s\" is not "
	    "words %zu to %zu of the text: these are scores of another text",
	    TEXT_ARGS(d->doc), TEXT_ARGS(row->text), row->first, row->last);
}

bool
top_spans(const struct top *top, const struct score_doc *d,
    const struct block *b, struct span **spans, size_t *n)
{
	struct text class;
	const struct score_row *key = choose(top, d, &class);
	struct candidate *c = MEM_NEW(b->arena, d->n, struct candidate);
	enum score_level kind = score_level(text_of(top->level));
	bool any = false;
	size_t found = 0;

	if (key == NULL)
		return false;
	for (size_t i = 0; i < d->n; i++) {
		const struct score_row *row = &d->row[i];

		if (!text_is(row->level, top->level) ||
		    !text_equal(row->class, class) ||
		    !text_equal(row->model, key->model) ||
		    !text_equal(row->method, key->method))
			continue;
		any = true;
		if (kind == SCORE_LAYER && !top->unchunked &&
		    text_is(row->tag, "_"))
			continue;
		if (!take(b, d, row, &c[found++]))
			return false;
	}
	if (!any && b->T > 0)
		return bad(d->at, "%.*s has no scores of level %s",
		    TEXT_ARGS(d->doc), top->level);
	/* the last words have no rows */
	if (kind == SCORE_WORD && found < b->T)
		return bad(d->at, "%.*s has scores of %zu words, but the text "
		    "has %zu", TEXT_ARGS(d->doc), found, b->T);
	qsort(c, found, sizeof *c, compare);
	*spans = MEM_NEW(b->arena, found, struct span);
	for (size_t i = 0; i < found; i++)
		(*spans)[i] = c[i].span;
	*n = found;
	return true;
}
