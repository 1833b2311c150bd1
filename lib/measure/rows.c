/* SPDX-License-Identifier: ISC */
#include "measure/rows.h"

#include <float.h>
#include <math.h>

#include "base/err.h"
#include "base/mem.h"
#include "measure/measure.h"
#include "measure/tally.h"
#include "measure/truth.h"
#include "stream/score_read.h"

bool
rows_enter(struct measuring *m, const struct score_doc *d, struct text method,
    struct text at, const double *sum)
{
	switch (tally_add(m->tally, d->row[0].model, method, at, d->doc,
	    sum)) {
	case TALLY_AGAIN:
		return bad(d->at, "the scores of %.*s by %.*s occur twice",
		    TEXT_ARGS(d->doc), TEXT_ARGS(method));
	case TALLY_FULL:
		return bad(d->at, "too many models, methods and levels, the "
		    "limit is %d", TALLY_SERIES);
	case TALLY_ADDED:
		break;
	}
	return true;
}

bool
rows_fit(const struct score_doc *d, double value)
{
	return fabs(value) <= (double)FLT_MAX || bad(d->at, "%.*s has the "
	    "value %g, which does not fit into a float: its scores are too "
	    "large; leave the text out", TEXT_ARGS(d->doc), value);
}

bool
rows_add(struct measuring *m, const struct score_doc *d, struct text method,
    struct text at, double num, double den)
{
	return (!(den > 0) || rows_fit(d, num / den)) &&
	    rows_enter(m, d, method, at, (const double[]){den, num});
}

bool
rows_class(const struct measuring *m, const struct score_doc *d,
    struct text *class)
{
	*class = score_class(d, d->row[0].model, d->row[0].method, m->class);
	return class->s != NULL || bad(d->at, "%.*s has no scores of class %s",
	    TEXT_ARGS(d->doc), m->class);
}

size_t
rows_next(const struct score_doc *d, struct text class, const char *level,
    size_t i)
{
	while (i < d->n && !(text_equal(d->row[i].class, class) &&
	    text_is(d->row[i].level, level)))
		i++;
	return i;
}

bool
rows_is_span(const struct measuring *m, const struct score_row *row)
{
	return m->unchunked || row->kind != SCORE_LAYER ||
	    !text_is(row->tag, "_");
}

bool
rows_truth(const struct measuring *m, const struct score_doc *d,
    const struct score_doc **truth)
{
	*truth = truth_find(m->truth, d->doc);
	if (*truth == NULL)
		return bad(d->at, "%.*s is not in the first stream",
		    TEXT_ARGS(d->doc));
	return !(*truth)->bad;
}

bool
rows_true_score(const struct score_doc *d, const struct score_doc *truth,
    const struct score_row *row, size_t *at, double *score)
{
	const struct score_row *r = truth_row(truth, row, at);

	if (r == NULL)
		return bad(d->at, "%.*s: the first stream has no score of %.*s "
		    "%zu to %zu, class %.*s, model %.*s",
		    TEXT_ARGS(d->doc), TEXT_ARGS(row->level), row->first,
		    row->last, TEXT_ARGS(row->class), TEXT_ARGS(row->model));
	*score = (double)r->score;
	return text_equal(row->text, r->text) || bad(d->at, "%.*s: %.*s %zu to "
	    "%zu is \"%.*s\" here and \"%.*s\" in the first stream: these are "
	    "different texts",
	    TEXT_ARGS(d->doc), TEXT_ARGS(row->level), row->first, row->last,
	    TEXT_ARGS(row->text), TEXT_ARGS(r->text));
}

bool
rows_check_spans(const struct measuring *m, const struct score_doc *d,
    const struct score_doc *truth, struct text class)
{
	size_t n = 0, expected = 0;
	bool any = false;

	for (size_t i = 0; i < d->n && !any; i++)
		any = d->row[i].first > 0;
	for (size_t i = 0; (i = rows_next(d, class, m->level, i)) < d->n; i++)
		n++;
	for (size_t i = 0; (i = rows_next(truth, class, m->level, i)) <
	    truth->n; i++)
		expected += text_equal(truth->row[i].model, d->row[0].model);
	if (n == 0 && expected == 0 &&
	    score_level(text_of(m->level)) == SCORE_SPAN)
		return true;	/* no spans were given for this text */
	if (n == 0 && any)
		return bad(d->at, "%.*s has no scores of level %s",
		    TEXT_ARGS(d->doc), m->level);
	return n >= expected || bad(d->at, "%.*s has %zu scores of level %s, "
	    "but the first stream has %zu", TEXT_ARGS(d->doc), n,
	    m->level, expected);
}

bool
rows_spans(const struct measuring *m, const struct score_doc *d,
    struct arena *arena, struct spans *s)
{
	const struct score_doc *truth;
	struct text class;
	size_t at = 0;

	if (!rows_class(m, d, &class) || !rows_truth(m, d, &truth))
		return false;
	*s = (struct spans){0, MEM_NEW(arena, d->n, double),
	    MEM_NEW(arena, d->n, double)};
	for (size_t i = 0; (i = rows_next(d, class, m->level, i)) < d->n; i++) {
		if (!rows_is_span(m, &d->row[i]))
			continue;
		s->score[s->n] = (double)d->row[i].score;
		if (!rows_true_score(d, truth, &d->row[i], &at,
		    &s->truth[s->n++]))
			return false;
	}
	return rows_check_spans(m, d, truth, class);
}

size_t
rows_last_word(const struct score_doc *truth)
{
	size_t last = 0;

	for (size_t k = 0; k < truth->n; k++)
		last = truth->row[k].last > last ? truth->row[k].last : last;
	return last;
}
