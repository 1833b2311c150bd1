/* SPDX-License-Identifier: ISC */
/*
 * completeness: |text + bias - logit| / sum of |S| over words, where text, bias
 * and logit are the rows with these levels.  Without scores of words, |text| is
 * the denominator.
 */
#include <math.h>

#include "base/err.h"
#include "measure/measure.h"
#include "measure/rows.h"
#include "stream/score_read.h"

static bool
take(struct measuring *m, const struct score_doc *d)
{
	double size = 0, words = 0, sum[SCORE_SUMS] = {0}, error;
	bool seen[SCORE_SUMS] = {false}, whole = false;
	struct text class;

	if (!rows_class(m, d, &class))
		return false;
	for (size_t i = 0; i < d->n; i++) {
		const struct score_row *row = &d->row[i];
		enum score_level level = row->kind;
		double score = (double)row->score;

		if (!text_equal(row->class, class))
			continue;
		if (level == SCORE_WORD) {
			size += fabs(score);
			words += score;
		}
		if (level < SCORE_SUMS) {
			sum[level] = score;
			seen[level] = true;
			whole = whole || !score_is_sum(row);
		}
	}
	for (size_t k = 0; k < SCORE_SUMS; k++)
		if (!seen[k])
			return bad(d->at, "%.*s, class %.*s: no row of level "
			    "%s; completeness needs text, bias and logit",
			    TEXT_ARGS(d->doc), TEXT_ARGS(class),
			    score_levels[k]);
	if (whole)
		sum[SCORE_TEXT] = words;
	if (size == 0)
		size = fabs(sum[SCORE_TEXT]);
	error = fabs(sum[SCORE_TEXT] + sum[SCORE_BIAS] - sum[SCORE_LOGIT]);
	return rows_add(m, d, d->row[0].method, TEXT("_"),
	    size > 0 ? error / size : 0, size > 0 || error == 0);
}

const struct measure completeness = {
	.name = "completeness",
	.purpose = "distance of text + bias from the logit",
	.input = "scores",
	.reads = MEASURE_SCORES,
	.class = "predicted",
	.take = take,
};
