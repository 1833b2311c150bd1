/* SPDX-License-Identifier: ISC */
/*
 * agreement: Spearman's rank correlation of the spans' scores with those of the
 * truth; equal scores get the mean of their ranks.  It is undefined if a text
 * has fewer than two spans or if all scores of one side are equal.
 */
#include "base/err.h"
#include "base/mem.h"
#include "math/rank.h"
#include "measure/measure.h"
#include "measure/rows.h"
#include "stream/score_read.h"

static bool
take(struct measuring *m, const struct score_doc *d)
{
	struct arena *arena = mem_arena();
	double *x = MEM_NEW(arena, d->n, double);
	double *y = MEM_NEW(arena, d->n, double), rho = 0;
	const struct score_doc *truth;
	struct text class;
	size_t n = 0, at = 0;
	bool good = rows_class(m, d, &class) && rows_truth(m, d, &truth);

	for (size_t i = 0; good && (i = rows_next(d, class, m->level, i)) <
	    d->n; i++) {
		if (!rows_is_span(m, &d->row[i]))
			continue;
		x[n] = (double)d->row[i].score;
		good = rows_true_score(d, truth, &d->row[i], &at, &y[n++]);
	}
	good = good && rows_check_spans(m, d, truth, class);
	if (good) {
		bool defined = rank_spearman(arena, x, y, n, &rho);

		good = rows_add(m, d, d->row[0].method, TEXT("_"), rho,
		    defined);
	}
	mem_free(arena);
	return good;
}

const struct measure agreement = {
	.name = "agreement",
	.purpose = "Spearman's rank correlation",
	.input = "the scores to compare with, then scores",
	.reads = MEASURE_TRUTH,
	.class = "predicted",
	.level = true,
	.take = take,
};
