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
	struct spans spans;
	double rho = 0;
	bool good = rows_spans(m, d, arena, &spans);

	if (good) {
		bool defined = rank_spearman(arena, spans.score, spans.truth,
		    spans.n, &rho);

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
