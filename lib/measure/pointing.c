/* SPDX-License-Identifier: ISC */
/*
 * pointing: the pointing game of Poerner et al. 2018.
 *
 * The share of texts whose word with the highest score is inside a span that
 * has this class in the truth (its score there is above 0).  Texts without such
 * a span are left out.
 */
#include "base/err.h"
#include "measure/measure.h"
#include "measure/rows.h"
#include "measure/words.h"
#include "stream/score_read.h"

static bool
take(struct measuring *m, const struct score_doc *d)
{
	const struct score_doc *truth;
	const struct score_row *top = NULL;
	bool any = false, hit = false;
	struct text class;

	if (!rows_class(m, d, &class) || !rows_truth(m, d, &truth) ||
	    !words_check(d, class, rows_last_word(truth)) ||
	    !words_match(d, class, truth))
		return false;
	for (size_t i = 0; (i = rows_next(d, class, score_levels[SCORE_WORD],
	    i)) < d->n; i++)
		if (top == NULL || d->row[i].score > top->score)
			top = &d->row[i];
	for (size_t k = 0; top != NULL && k < truth->n; k++) {
		const struct score_row *row = &truth->row[k];

		if (!text_equal(row->class, class) || row->score <= 0)
			continue;
		any = true;
		hit = hit || (row->first <= top->first &&
		    top->last <= row->last);
	}
	return rows_add(m, d, d->row[0].method, TEXT("_"), hit, any);
}

const struct measure pointing = {
	.name = "pointing",
	.purpose = "the top word is in a part of its class",
	.input = "the class of each part as score rows, then scores of words",
	.reads = MEASURE_TRUTH,
	.class = "predicted",
	.take = take,
};
