/* SPDX-License-Identifier: ISC */
/*
 * correlation: Pearson's r and Spearman's rho of the spans' scores with those
 * of the truth, over the spans of all texts together; with the effect of
 * leaving the same spans out as the truth, how true a method is to deletion.
 *
 * agreement is the mean over texts of a correlation within a text.  Texts with
 * few spans, as on a level of phrases, hardly have one.
 */
#include "base/err.h"
#include "base/mem.h"
#include "measure/measure.h"
#include "measure/pairs.h"
#include "measure/rows.h"
#include "measure/tally.h"
#include "stream/score_read.h"

static bool
take(struct measuring *m, const struct score_doc *d)
{
	static const double none[CORRELATION_SUMS] = {0};
	struct arena *arena = mem_arena();
	struct spans spans;
	bool good = rows_spans(m, d, arena, &spans);

	for (size_t k = 0; good && k < 2; k++)
		good = rows_enter(m, d, d->row[0].method,
		    text_of(pairs_points[k]), none);
	if (good)
		pairs_add(m->pairs, d->row[0].model, d->row[0].method, d->doc,
		    spans.score, spans.truth, spans.n);
	mem_free(arena);
	return good;
}

static bool
finish(struct measuring *m)
{
	pairs_tally(m->pairs, m->tally);
	return true;
}

const struct measure correlation = {
	.name = "correlation",
	.purpose = "over the spans of all texts",
	.input = "the scores to compare with, then scores",
	.reads = MEASURE_TRUTH,
	.class = "predicted",
	.level = true,
	.statistic = &statistic_correlation,
	.take = take,
	.finish = finish,
};
