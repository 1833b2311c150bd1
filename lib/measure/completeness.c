/* SPDX-License-Identifier: ISC */
/*
 * completeness: |text + bias - logit| / sum of |S| over words.
 */
#include <math.h>

#include "base/err.h"
#include "measure/measure.h"
#include "measure/rows.h"
#include "stream/score_read.h"

static bool
take(struct measuring *m, const struct score_doc *d)
{
	double size = 0, text = 0, bias = 0, logit = 0, error;
	unsigned seen = 0;
	struct text class;

	if (!rows_class(m, d, &class))
		return false;
	for (size_t i = 0; i < d->n; i++) {
		const struct score_row *row = &d->row[i];
		double score = (double)row->score;

		if (!text_equal(row->class, class))
			continue;
		if (text_is(row->level, "word"))
			size += fabs(score);
		else if (text_is(row->level, "text"))
			text = score, seen |= 1;
		else if (text_is(row->level, "bias"))
			bias = score, seen |= 2;
		else if (text_is(row->level, "logit"))
			logit = score, seen |= 4;
	}
	if (seen != 7)
		return bad(d->at, "%.*s lacks a row text, bias or logit, "
		    "expected all", TEXT_ARGS(d->doc));
	if (size == 0)
		size = fabs(text);
	error = fabs(text + bias - logit);
	return rows_add(m, d, d->row[0].method, TEXT("_"),
	    size > 0 ? error / size : 0, size > 0 || error == 0);
}

const struct measure completeness = {
	.name = "completeness",
	.purpose = "how far text and bias are from the logit",
	.input = "scores",
	.reads = MEASURE_SCORES,
	.class = "predicted",
	.take = take,
};
