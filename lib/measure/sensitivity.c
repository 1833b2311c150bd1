/* SPDX-License-Identifier: ISC */
/*
 * sensitivity and stability: how much scores differ from model to model.
 *
 *     sensitivity    max over k of |S_k - S| / |S|, with the Euclidean norm:
 *                    max-sensitivity, Yeh et al. 2019
 *     stability      mean over k of Spearman's correlation of S_k and S
 *
 * S are the scores of a text's words by the model of the first row, S_k those
 * by another model, for the class that is measured for the first.  These are
 * copies with noise in the embedding or with random parts (reat-model change),
 * or models that were trained with other seeds.
 *
 * A text has no value if the scores S are all 0, or if no correlation is
 * defined.
 */
#include <math.h>

#include "base/err.h"
#include "base/mem.h"
#include "math/rank.h"
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

/* Set *value of the scores a and b [T].  Returns false if it has none. */
typedef bool compare_scores(struct arena *, const struct original *,
    const double *a, const double *b, double *value);

/* Compare the scores of a copy with the original's; returns as
 * compare_scores. */
static bool
compare(struct measuring *m, const struct score_doc *d,
    const struct original *x, compare_scores *how, double *value)
{
	struct arena *arena = mem_arena();
	double *score = MEM_NEW(arena, x->T, double);
	size_t t = 0;
	bool any;

	for (size_t i = 0; (i = rows_next(d, x->class,
	    score_levels[SCORE_WORD], i)) < d->n; i++)
		score[t++] = (double)d->row[i].score;
	any = how(arena, x, originals_scores(m->originals, x), score, value);
	mem_free(arena);
	return any;
}

/* Take a document.  most: the value is the largest of the copies, otherwise
 * their mean. */
static bool
take(struct measuring *m, const struct score_doc *d, compare_scores *how,
    bool most)
{
	struct text model = d->row[0].model, method = d->row[0].method;
	struct original *x;
	double value;

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
	x->copies++;
	if (!compare(m, d, x, how, &value))
		return true;
	if (!rows_fit(d, value))
		return false;
	x->valued++;
	if (most)
		x->value = fmax(x->value, value);
	else
		x->value += (value - x->value) / (double)x->valued;
	tally_replace(m->tally, originals_model(m->originals), method,
	    TEXT("_"), d->doc, (const double[]){1, x->value});
	return true;
}

static bool
change(struct arena *arena, const struct original *x, const double *a,
    const double *b, double *value)
{
	double square = 0;

	(void)arena;
	for (size_t t = 0; t < x->T; t++)
		square += (b[t] - a[t]) * (b[t] - a[t]);
	*value = sqrt(square) / x->norm;
	return x->norm > 0;
}

static bool
take_change(struct measuring *m, const struct score_doc *d)
{
	return take(m, d, change, true);
}

static bool
correlate(struct arena *arena, const struct original *x, const double *a,
    const double *b, double *value)
{
	return rank_spearman(arena, a, b, x->T, value);
}

static bool
take_ranks(struct measuring *m, const struct score_doc *d)
{
	return take(m, d, correlate, false);
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
	.take = take_change,
	.finish = finish,
};

const struct measure stability = {
	.name = "stability",
	.purpose = "Spearman's rank correlation between models",
	.input = "scores by a model, then by others, such as other seeds",
	.reads = MEASURE_SCORES,
	.class = "predicted",
	.take = take_ranks,
	.finish = finish,
};
