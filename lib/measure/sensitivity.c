/* SPDX-License-Identifier: ISC */
/*
 * sensitivity: max-sensitivity, Yeh et al. 2019.
 *
 *     max over copies k of  |S_k - S| / |S|      |.| is the Euclidean norm
 *
 * S are the scores of a text's words by the model, S_k those by a copy of it
 * with noise in the embedding (reat-model change noise=RADIUS).  The model is
 * that of the first row; each other model is a copy, and is measured for the
 * model's class.  A text whose scores S are all 0 has no value.
 */
#include <math.h>

#include "base/err.h"
#include "base/mem.h"
#include "measure/measure.h"
#include "measure/originals.h"
#include "measure/rows.h"
#include "measure/tally.h"
#include "measure/words.h"
#include "stream/score_read.h"

/* Count the words of a class, and hash their forms. */
static size_t
count_words(const struct score_doc *d, struct text class, uint64_t *hash)
{
	size_t T = 0;

	*hash = TEXT_HASH;
	for (size_t i = 0; (i = rows_next(d, class, score_levels[SCORE_WORD],
	    i)) < d->n; i++, T++)
		*hash = text_hash_step(text_hash_on(*hash, d->row[i].text),
		    '\n');
	return T;
}

static bool
take_original(struct measuring *m, const struct score_doc *d)
{
	struct original x = {.method = d->row[0].method, .doc = d->doc,
	    .at = d->at};
	const struct original *kept;
	double square = 0, *score;
	size_t t = 0;

	if (!rows_class(m, d, &x.class) || !words_check(d, x.class, 0) ||
	    !rows_add(m, d, x.method, TEXT("_"), 0, 0))
		return false;
	x.T = count_words(d, x.class, &x.words);
	for (size_t i = 0; (i = rows_next(d, x.class,
	    score_levels[SCORE_WORD], i)) < d->n; i++)
		square += (double)d->row[i].score * (double)d->row[i].score;
	x.norm = sqrt(square);
	kept = originals_add(m->originals, &x);
	score = originals_scores(m->originals, kept);
	for (size_t i = 0; (i = rows_next(d, x.class,
	    score_levels[SCORE_WORD], i)) < d->n; i++)
		score[t++] = (double)d->row[i].score;
	return true;
}

/* Returns false if this copy has no such scores. */
static bool
check_copy(const struct score_doc *d, const struct original *x)
{
	bool any = false;
	uint64_t hash;

	for (size_t i = 0; i < d->n && !any; i++)
		any = text_equal(d->row[i].class, x->class);
	if (!any)
		return bad(d->at, "%.*s has no scores of class %.*s, which is "
		    "measured; score all classes, or give one by -c",
		    TEXT_ARGS(d->doc), TEXT_ARGS(x->class));
	if (!words_check(d, x->class, 0))
		return false;
	return (count_words(d, x->class, &hash) == x->T && hash == x->words) ||
	    bad(d->at, "%.*s has other words than the first model's",
	    TEXT_ARGS(d->doc));
}

static bool
take(struct measuring *m, const struct score_doc *d)
{
	struct text model = d->row[0].model, method = d->row[0].method;
	struct original *x;
	const double *score;
	double square = 0;
	size_t t = 0;

	if (originals_is_first(m->originals, model))
		return take_original(m, d);
	x = originals_find(m->originals, method, d->doc);
	if (x == NULL)
		return bad(d->at, "%.*s: no scores of %.*s from the first "
		    "model, %.*s, before", TEXT_ARGS(d->doc),
		    TEXT_ARGS(method),
		    TEXT_ARGS(originals_model(m->originals)));
	if (!check_copy(d, x))
		return false;
	score = originals_scores(m->originals, x);
	for (size_t i = 0; (i = rows_next(d, x->class,
	    score_levels[SCORE_WORD], i)) < d->n; i++) {
		double change = (double)d->row[i].score - score[t++];

		square += change * change;
	}
	x->copies++;
	if (x->norm > 0) {
		x->worst = fmax(x->worst, sqrt(square) / x->norm);
		tally_replace(m->tally, originals_model(m->originals), method,
		    TEXT("_"), d->doc, (const double[]){1, x->worst});
	}
	return true;
}

/* Every text and method needs the same number of copies. */
static bool
finish(struct measuring *m)
{
	size_t n = originals_size(m->originals);

	for (size_t i = 0; i < n; i++) {
		const struct original *x = originals_at(m->originals, i);
		const struct original *first = originals_at(m->originals, 0);

		if (x->copies == 0)
			return bad(x->at, "no scores of %.*s by %.*s from "
			    "another model; those of copies are needed",
			    TEXT_ARGS(x->doc), TEXT_ARGS(x->method));
		if (x->copies != first->copies)
			return bad(x->at, "%zu copies of %.*s by %.*s, but "
			    "%zu of %.*s by %.*s", x->copies,
			    TEXT_ARGS(x->doc), TEXT_ARGS(x->method),
			    first->copies, TEXT_ARGS(first->doc),
			    TEXT_ARGS(first->method));
	}
	return true;
}

const struct measure sensitivity = {
	.name = "sensitivity",
	.purpose = "the largest change by noise in the embedding",
	.input = "scores by a model, then by its copies (reat-model change)",
	.reads = MEASURE_SCORES,
	.class = "predicted",
	.take = take,
	.finish = finish,
};
