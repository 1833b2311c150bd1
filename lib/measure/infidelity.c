/* SPDX-License-Identifier: ISC */
/*
 * infidelity: Yeh et al. 2019, for the removal of words.
 *
 *     E (A - B)^2        A = sum of S over the removed words
 *                        B = f(x) - f(x without these words)
 *
 * over the variants of x, whose words reat-erase -K removed at random.  f is
 * what the scores explain: the probability if their last row has this name, and
 * otherwise the logit.  Of a classifier whose logits are not known it is the
 * log-odds, as in target.h.
 *
 * At "scaled" the scores are multiplied by the number that makes it least,
 * E AB / E AA (1 if all A are 0), as Captum's normalize=True.  It tells whether
 * scores are proportional to the effects.
 */
#include <math.h>

#include "base/err.h"
#include "base/mem.h"
#include "measure/measure.h"
#include "measure/predictions.h"
#include "measure/rows.h"
#include "measure/variants_table.h"
#include "measure/words.h"
#include "stream/score_read.h"

/* What is explained of a text: f, and its class in the table. */
struct explained {
	const struct predictions *table;
	size_t class;
	bool probability, logits;
};

static double
f_of(const struct explained *e, size_t row)
{
	double p = predictions_probability(e->table, row, e->class);

	return e->probability ? p : e->logits ?
	    predictions_logit(e->table, row, e->class) : log(p) - log(1 - p);
}

/* Find what the scores of d explain.  row is its text in the table. */
static bool
explain(const struct score_doc *d, struct text class, size_t row,
    struct explained *e)
{
	const struct predictions *t = e->table;
	const struct score_row *logit = NULL;
	double f, error, p;

	while (e->class < predictions_classes(t) &&
	    !text_equal(predictions_name(t, e->class), class))
		e->class++;
	if (e->class == predictions_classes(t))
		return bad(d->at, "%.*s has scores of class %.*s, which the "
		    "first table lacks", TEXT_ARGS(d->doc), TEXT_ARGS(class));
	for (size_t i = 0; i < d->n && logit == NULL; i++)
		if (score_is_logit(&d->row[i]) &&
		    text_equal(d->row[i].class, class))
			logit = &d->row[i];
	e->probability = text_is(logit->level, SCORE_PROBABILITY);
	e->logits = predictions_have_logits(t);
	f = f_of(e, row);
	p = predictions_probability(t, row, e->class);
	/* the log-odds of a printed 0.9999999 are not exact */
	error = e->probability || e->logits ? f - (double)logit->score :
	    p - 1 / (1 + exp(-(double)logit->score));
	return fabs(error) <= 1e-3 * (1 + fabs(f)) || bad(d->at, "%.*s, class "
	    "%.*s: %.*s is %g here and %g in the first table%s",
	    TEXT_ARGS(d->doc), TEXT_ARGS(class), TEXT_ARGS(logit->level),
	    (double)logit->score, f, e->probability || e->logits ? "" :
	    ", as log-odds; for logits use reat-predict -g");
}

/* The sums of A A, A B and B B over n variants. */
static bool
sum_up(const struct measuring *m, const struct score_doc *d,
    const struct explained *e, size_t row, const double *upto, size_t T,
    double sum[3])
{
	size_t n, class;
	const size_t *variant = variants_of(m->variants, row, &n);
	double whole = f_of(e, row);

	for (size_t k = 0; k < n; k++) {
		struct text ids = variants_ids(m->variants, variant[k]);
		double a = 0, b = whole - f_of(e, variant[k]);
		size_t first, last;

		if (!predictions_class(e->table, variant[k], &class))
			return false;	/* a message was printed */
		while (variants_range(&ids, &first, &last)) {
			if (last > T)
				return bad(predictions_place(e->table,
				    variant[k]), "word %zu, but the text has "
				    "%zu words", last, T);
			a += upto[last] - upto[first - 1];
		}
		if (!isfinite(b))
			return bad(predictions_place(e->table, variant[k]),
			    "log-odds of the probability 0 or 1; explain the "
			    "probability instead");
		sum[0] += a * a;
		sum[1] += a * b;
		sum[2] += b * b;
	}
	return n > 0 || bad(predictions_place(e->table, row), "%.*s has no "
	    "variants, expected those of reat-erase -K", TEXT_ARGS(d->doc));
}

static bool
measure(struct measuring *m, const struct score_doc *d, struct text class,
    size_t row, struct arena *arena)
{
	struct explained e = {.table = variants_predictions(m->variants)};
	double *upto = MEM_NEW(arena, d->n + 1, double), sum[3] = {0};
	double scale, least;
	size_t T = 0, n;

	for (size_t i = 0; i < d->n; i++)
		T += d->row[i].kind == SCORE_WORD &&
		    text_equal(d->row[i].class, class);
	words_sums(d, class, upto);
	variants_of(m->variants, row, &n);
	if (!explain(d, class, row, &e) ||
	    (T > 0 && !sum_up(m, d, &e, row, upto, T, sum)))
		return false;
	scale = sum[0] > 0 ? sum[1] / sum[0] : 1;
	least = scale * scale * sum[0] - 2 * scale * sum[1] + sum[2];
	return rows_add(m, d, d->row[0].method, TEXT("_"), T == 0 ? 0 :
	    (sum[0] - 2 * sum[1] + sum[2]) / (double)n, T > 0) &&
	    rows_add(m, d, d->row[0].method, TEXT("scaled"), T == 0 ? 0 :
	    fmax(least, 0) / (double)n, T > 0);
}

static bool
take(struct measuring *m, const struct score_doc *d)
{
	const struct predictions *t = variants_predictions(m->variants);
	struct arena *arena;
	struct text class;
	size_t row, predicted;
	bool good;

	if (!rows_class(m, d, &class) || !words_check(d, class, 0))
		return false;
	if (!predictions_find(t, d->doc, &row))
		return bad(d->at, "%.*s is not in the first table",
		    TEXT_ARGS(d->doc));
	if (!predictions_class(t, row, &predicted))
		return false;	/* a message was printed */
	arena = mem_arena();
	good = measure(m, d, class, row, arena);
	mem_free(arena);
	return good;
}

const struct measure infidelity = {
	.name = "infidelity",
	.purpose = "scores of removed words against the effect",
	.input = "predictions for the texts of reat-erase -K, then scores",
	.reads = MEASURE_VARIANTS,
	.class = "predicted",
	.take = take,
};
