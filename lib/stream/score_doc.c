/* SPDX-License-Identifier: ISC */
#include "stream/score_doc.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

bool
score_is_logit(const struct score_row *row)
{
	return row->kind == SCORE_LOGIT;
}

size_t
score_run(const struct score_doc *d, size_t i)
{
	const struct score_row *row = &d->row[i++];

	while (i < d->n && text_equal(d->row[i].class, row->class) &&
	    text_equal(d->row[i].model, row->model) &&
	    text_equal(d->row[i].method, row->method))
		i++;
	return i;
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

bool
score_bad_order(const struct score_row *key, struct place at)
{
	return bad(at, "a row of %.*s, class %.*s, after its logit row, which "
	    "must be the last", TEXT_ARGS(key->doc), TEXT_ARGS(key->class));
}

/* Check the probability and the word ids of a row of a run. */
static bool
check_row(const struct score_row *first, const struct score_row *row)
{
	bool sum = row->kind < SCORE_SUMS;

	if (sum && row->first > 0)
		return bad(row->at, "level %.*s with words %zu to %zu, "
		    "expected _ in columns first and last",
		    TEXT_ARGS(row->level), row->first, row->last);
	if (!sum && row->first == 0)
		return bad(row->at, "level %.*s without words, expected word "
		    "ids in columns first and last", TEXT_ARGS(row->level));
	return row->prob == first->prob || bad(row->at, "prob %g, expected %g "
	    "as in the rows before it", (double)row->prob,
	    (double)first->prob);
}

static int
compare_places(const struct score_row *a, const struct score_row *b)
{
	return (a > b) - (a < b);
}

/* By first word; of level span, several may have the same. */
static int
compare_words(const struct score_row *a, const struct score_row *b)
{
	int sign = (a->first > b->first) - (a->first < b->first);

	if (sign == 0 && a->kind == SCORE_SPAN)
		sign = (a->last > b->last) - (a->last < b->last);
	return sign;
}

/* By level, then by words, then in the order of the stream. */
static int
compare_spans(const void *va, const void *vb)
{
	const struct score_row *a = *(struct score_row *const *)va;
	const struct score_row *b = *(struct score_row *const *)vb;
	int sign = text_compare(a->level, b->level);

	if (sign == 0)
		sign = compare_words(a, b);
	return sign != 0 ? sign : compare_places(a, b);
}

/* Check a row after the row before it in that order; NULL for the first. */
static bool
check_next(const struct score_row *before, const struct score_row *row,
    bool every_word)
{
	size_t next = before != NULL ? before->last + 1 : 1;

	if (every_word && row->kind == SCORE_WORD &&
	    (row->first != next || row->last != next))
		return bad(row->at, "%.*s, class %.*s: word %zu to %zu, "
		    "expected word %zu; each word from 1 on has one row",
		    TEXT_ARGS(row->doc), TEXT_ARGS(row->class), row->first,
		    row->last, next);
	if (before == NULL || row->first > before->last ||
	    (row->kind == SCORE_SPAN && compare_words(before, row) != 0))
		return true;
	if (row->first == 0)
		return bad(row->at, "%.*s, class %.*s: a second row of level "
		    "%.*s", TEXT_ARGS(row->doc), TEXT_ARGS(row->class),
		    TEXT_ARGS(row->level));
	if (row->kind == SCORE_SPAN)
		return bad(row->at, "%.*s, class %.*s: span %zu to %zu occurs "
		    "twice", TEXT_ARGS(row->doc), TEXT_ARGS(row->class),
		    row->first, row->last);
	return bad(row->at, "%.*s, class %.*s: %.*s %zu to %zu overlaps %zu "
	    "to %zu", TEXT_ARGS(row->doc), TEXT_ARGS(row->class),
	    TEXT_ARGS(row->level), row->first, row->last, before->first,
	    before->last);
}

/* Check the n rows of a run. */
static bool
check_run(struct arena *arena, const struct score_row *run, size_t n,
    bool every_word)
{
	const struct score_row **row = MEM_NEW(arena, n,
	    const struct score_row *);
	size_t logit = 0;

	for (size_t i = 0; i < n; i++) {
		if (!check_row(run, &run[i]))
			return false;
		row[i] = &run[i];
	}
	qsort(row, n, sizeof *row, compare_spans);
	for (size_t i = 0; i < n; i++) {
		bool same = i > 0 && text_equal(row[i - 1]->level,
		    row[i]->level);

		if (!check_next(same ? row[i - 1] : NULL, row[i], every_word))
			return false;
	}
	while (logit < n && !score_is_logit(&run[logit]))
		logit++;
	if (logit == n)
		return bad(run[n - 1].at, "the rows of %.*s, class %.*s, end "
		    "here without their logit row", TEXT_ARGS(run->doc),
		    TEXT_ARGS(run->class));
	return logit == n - 1 ||
	    score_bad_order(&run[logit + 1], run[logit + 1].at);
}

static int
compare_keys(const struct score_row *a, const struct score_row *b)
{
	int sign = text_compare(a->class, b->class);

	if (sign == 0)
		sign = text_compare(a->model, b->model);
	return sign != 0 ? sign : text_compare(a->method, b->method);
}

/* By class, model and method, then in the order of the stream. */
static int
compare_runs(const void *va, const void *vb)
{
	const struct score_row *a = *(struct score_row *const *)va;
	const struct score_row *b = *(struct score_row *const *)vb;
	int sign = compare_keys(a, b);

	return sign != 0 ? sign : compare_places(a, b);
}

bool
score_check_whole(const struct score_doc *d, bool every_word,
    struct arena *arena)
{
	const struct score_row **run = MEM_NEW(arena, d->n,
	    const struct score_row *);	/* the first row of each */
	size_t n = 0;

	for (size_t i = 0, end; i < d->n; i = end) {
		end = score_run(d, i);
		if (!check_run(arena, &d->row[i], end - i, every_word))
			return false;
		run[n++] = &d->row[i];
	}
	qsort(run, n, sizeof *run, compare_runs);
	for (size_t i = 1; i < n; i++)
		if (compare_keys(run[i - 1], run[i]) == 0)
			return bad(run[i]->at, "%.*s, class %.*s: more rows of "
			    "this class, model and method; all of them must "
			    "be contiguous", TEXT_ARGS(d->doc),
			    TEXT_ARGS(run[i]->class));
	return true;
}

/* ---- the order of rows ---- */

/* A row, and the first row of its level in the run. */
struct placed {
	const struct score_row *row, *level;
};

static int
compare_placed(const void *va, const void *vb)
{
	const struct placed *a = va, *b = vb;
	int sign = compare_places(a->level, b->level);

	return sign != 0 ? sign : compare_words(a->row, b->row);
}

/* True if each row comes after the one before it; false if that is not known
 * after the first LEVELS levels. */
static bool
in_order(const struct score_row *run, size_t n)
{
	enum { LEVELS = 16 };
	struct text level[LEVELS];
	size_t levels = 0;

	for (size_t i = 0; i < n; i++) {
		if (levels > 0 && text_equal(run[i].level, level[levels - 1])) {
			if (compare_words(&run[i - 1], &run[i]) >= 0)
				return false;
			continue;
		}
		for (size_t k = 0; k + 1 < levels; k++)
			if (text_equal(run[i].level, level[k]))
				return false;
		if (levels == LEVELS)
			return false;
		level[levels++] = run[i].level;
	}
	return true;
}

static void
order_run(struct arena *arena, struct score_row *run, size_t n)
{
	const struct score_row **row = MEM_NEW(arena, n,
	    const struct score_row *);
	struct placed *placed = MEM_NEW(arena, n, struct placed);
	struct score_row *ordered = MEM_NEW(arena, n, struct score_row);

	for (size_t i = 0; i < n; i++)
		row[i] = &run[i];
	qsort(row, n, sizeof *row, compare_spans);
	for (size_t i = 0, end; i < n; i = end) {
		const struct score_row *level = row[i];

		for (end = i; end < n && text_equal(row[end]->level,
		    row[i]->level); end++)
			level = row[end] < level ? row[end] : level;
		for (size_t k = i; k < end; k++)
			placed[k] = (struct placed){row[k], level};
	}
	qsort(placed, n, sizeof *placed, compare_placed);
	for (size_t i = 0; i < n; i++)
		ordered[i] = *placed[i].row;
	memcpy(run, ordered, n * sizeof *run);
}

void
score_order(struct score_doc *d, struct arena *arena)
{
	for (size_t i = 0, end; i < d->n; i = end) {
		end = score_run(d, i);
		if (!in_order(&d->row[i], end - i))
			order_run(arena, &d->row[i], end - i);
	}
}
