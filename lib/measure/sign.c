/* SPDX-License-Identifier: ISC */
/*
 * sign: the share of the truth's spans for which the sum of S over their words
 * has the sign of the truth's score.  Spans with score 0 are left out.  Each
 * level of the truth is a point.
 */
#include "base/err.h"
#include "base/mem.h"
#include "measure/measure.h"
#include "measure/rows.h"
#include "measure/tally.h"
#include "measure/truth.h"
#include "measure/words.h"
#include "stream/score_read.h"

static bool
take(struct measuring *m, const struct score_doc *d)
{
	const struct score_doc *truth = truth_find(m->truth, d->doc);
	struct arena *arena;
	double *sum;
	bool good = true;

	if (truth == NULL || truth->bad)
		return truth == NULL;
	arena = mem_arena();
	sum = MEM_NEW(arena, d->n + 1, double);
	for (size_t k = 0; good && k < truth->n; k++)
		good = text_equal(truth->row[k].class, truth->row[0].class) ||
		    bad(truth->at, "%.*s: signs for classes %.*s and %.*s; "
		    "only one class is possible", TEXT_ARGS(d->doc),
		    TEXT_ARGS(truth->row[0].class),
		    TEXT_ARGS(truth->row[k].class));
	good = good && (truth->n == 0 || (words_check(d, truth->row[0].class,
	    rows_last_word(truth)) &&
	    words_match(d, truth->row[0].class, truth)));
	if (good && truth->n > 0)
		words_sums(d, truth->row[0].class, sum);
	/* a level is added at its first row */
	for (size_t k = 0; good && k < truth->n; k++) {
		struct text level = truth->row[k].level;
		double num = 0, den = 0;
		bool first = true;

		for (size_t i = 0; i < k && first; i++)
			first = !text_equal(truth->row[i].level, level);
		for (size_t i = k; first && i < truth->n; i++) {
			const struct score_row *row = &truth->row[i];

			if (!text_equal(row->level, level) || row->score == 0)
				continue;
			den++;
			num += (sum[row->last] - sum[row->first - 1]) *
			    (double)row->score > 0;
		}
		if (first)
			good = rows_add(m, d, d->row[0].method, level, num,
			    den);
	}
	mem_free(arena);
	return good;
}

const struct measure sign = {
	.name = "sign",
	.purpose = "the sign of the sum over a phrase",
	.input = "labelled spans as score rows, then scores of words",
	.reads = MEASURE_TRUTH,
	.take = take,
};
