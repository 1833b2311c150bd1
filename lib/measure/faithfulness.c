/* SPDX-License-Identifier: ISC */
/*
 * faithfulness: Du et al., eq 23.
 *
 *     p(x) - p(x without the span that the method ranks highest)
 *
 * The truth is the output of reat-occlude -a omit -y: its scores are these
 * differences.  There are two more series beside the methods: "second" always
 * takes the second span, "best" the span with the largest difference, so that
 * no method can exceed it.
 */
#include <math.h>

#include "base/err.h"
#include "measure/measure.h"
#include "measure/rows.h"
#include "measure/tally.h"
#include "stream/score_read.h"

/* Add the series "second" and "best", which need only the truth. */
static bool
add_bounds(struct measuring *m, const struct score_doc *d,
    const struct score_doc *truth, struct text class)
{
	double second = 0, best = 0;
	size_t spans = 0;

	for (size_t i = 0; (i = rows_next(truth, class, m->level, i)) <
	    truth->n; i++) {
		double score = (double)truth->row[i].score;

		if (!rows_is_span(m, &truth->row[i]) ||
		    !text_equal(truth->row[i].model, d->row[0].model))
			continue;
		if (++spans == 2)
			second = score;
		if (spans == 1 || score > best)
			best = score;
	}
	/* they are equal for all methods: only the first call adds them; if
	 * there is no room for them, there is none for the method either */
	tally_add(m->tally, d->row[0].model, TEXT("second"), TEXT("_"), d->doc,
	    (const double[]){spans >= 2, second});
	tally_add(m->tally, d->row[0].model, TEXT("best"), TEXT("_"), d->doc,
	    (const double[]){spans >= 1, best});
	return true;
}

/*
 * Returns false if the truth has no differences of probabilities.  Differences
 * of logits would give a wrong number silently.
 */
static bool
check_probabilities(const struct score_doc *truth, struct text model,
    struct text class)
{
	for (size_t i = 0; i < truth->n; i++) {
		const struct score_row *row = &truth->row[i];
		double score = (double)row->score, prob = (double)row->prob;

		if (!text_equal(row->class, class) ||
		    !text_equal(row->model, model))
			continue;
		if (fabs(score) > 1 || (score_is_logit(row) &&
		    fabs(score - prob) > 1e-6))
			return bad(truth->at, "%.*s, class %.*s: score %g of "
			    "level %.*s is not one of probabilities; use "
			    "reat-occlude -y", TEXT_ARGS(truth->doc),
			    TEXT_ARGS(class), score, TEXT_ARGS(row->level));
	}
	return true;
}

static bool
take(struct measuring *m, const struct score_doc *d)
{
	const struct score_doc *truth;
	const struct score_row *top = NULL;
	struct text class;
	double loss = 0, score;
	size_t at = 0;

	if (!rows_class(m, d, &class) || !rows_truth(m, d, &truth) ||
	    !check_probabilities(truth, d->row[0].model, class))
		return false;
	for (size_t i = 0; (i = rows_next(d, class, m->level, i)) < d->n; i++) {
		const struct score_row *row = &d->row[i];

		if (!rows_is_span(m, row))
			continue;
		if (!rows_true_score(d, truth, row, &at, &score))
			return false;
		if (top == NULL || row->score > top->score) {
			top = row;
			loss = score;
		}
	}
	if (!rows_check_spans(m, d, truth, class))
		return false;
	return add_bounds(m, d, truth, class) &&
	    rows_add(m, d, d->row[0].method, TEXT("_"), loss, top != NULL);
}

const struct measure faithfulness = {
	.name = "faithfulness",
	.purpose = "the probability lost without the top span (eq 23)",
	.input = "reat-occlude -a omit -y, then scores",
	.reads = MEASURE_TRUTH,
	.class = "predicted",
	.level = true,
	.take = take,
};
