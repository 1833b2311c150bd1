/* SPDX-License-Identifier: ISC */
/*
 * interpretability: Du et al., eq 24.
 *
 * Among the texts with exactly one adjective (JJ*) of the positive lexicon and
 * exactly one of the negative lexicon: the share where
 *
 *     S(positive adjective) > S(negative adjective)     for class positive
 *
 * A tie is a mismatch.  A word in both lexicons is ignored.
 */
#include "base/err.h"
#include "measure/lexicon.h"
#include "measure/measure.h"
#include "measure/rows.h"
#include "measure/words.h"
#include "stream/score_read.h"

static bool
take(struct measuring *m, const struct score_doc *d)
{
	size_t positives = 0, negatives = 0, words = 0, tags = 0;
	double good = 0, evil = 0;
	struct text class;

	if (!rows_class(m, d, &class) || !words_check(d, class, 0))
		return false;
	for (size_t i = 0; (i = rows_next(d, class, score_levels[SCORE_WORD],
	    i)) < d->n; i++) {
		const struct score_row *row = &d->row[i];
		bool positive, negative;

		words++;
		tags += !text_is(row->tag, "_");
		if (!text_starts(row->tag, "JJ"))
			continue;
		positive = lexicon_has(m->positive, row->text);
		negative = lexicon_has(m->negative, row->text);
		if (positive == negative)
			continue;
		if (positive)
			good = (double)row->score;
		else
			evil = (double)row->score;
		positives += positive;
		negatives += negative;
	}
	if (words > 0 && tags == 0)
		return bad(d->at, "%.*s: no word has a tag; use reat-tag "
		    "before the scores are computed", TEXT_ARGS(d->doc));
	return rows_add(m, d, d->row[0].method, TEXT("_"), good > evil,
	    positives == 1 && negatives == 1);
}

const struct measure interpretability = {
	.name = "interpretability",
	.purpose = "a positive adjective scores above a negative one (eq 24)",
	.input = "scores of words, -c all or positive",
	.reads = MEASURE_SCORES,
	.class = "positive",
	.lexicons = true,
	.take = take,
};
