/* SPDX-License-Identifier: ISC */
#include "measure/words.h"

#include <math.h>

#include "stream/score_read.h"

/* What is known of the words from the rows of a class. */
struct words {
	size_t n;		/* rows of level word */
	size_t last;		/* the last word of any span */
	double sum, size;	/* sums of S and of |S| over words */
	double text;		/* the score of row text, or NAN */
	bool whole;		/* which is not a sum (SCORE_NOT_A_SUM) */
	bool first;		/* level word is the first level */
};

static struct words
gather(const struct score_doc *d, struct text class)
{
	struct words w = {.text = NAN};

	for (size_t i = 0; i < d->n; i++) {
		const struct score_row *row = &d->row[i];
		double score = (double)row->score;
		enum score_level level = row->kind;

		if (!text_equal(row->class, class))
			continue;
		if (level == SCORE_TEXT) {
			w.text = score;
			w.whole = !score_is_sum(row);
		}
		w.first = w.first || (level == SCORE_WORD && w.last == 0);
		w.last = row->last > w.last ? row->last : w.last;
		if (level != SCORE_WORD)
			continue;
		w.n++;
		w.sum += score;
		w.size += fabs(score);
	}
	return w;
}

bool
words_check(const struct score_doc *d, struct text class, size_t least)
{
	struct words w = gather(d, class);

	if (w.last > least)
		least = w.last;
	if (w.n < least)
		return bad(d->at, "%.*s, class %.*s: scores of %zu words, but "
		    "the text has at least %zu", TEXT_ARGS(d->doc),
		    TEXT_ARGS(class), w.n, least);
	if (!w.first)
		return true;
	if (isnan(w.text))
		return bad(d->at, "%.*s, class %.*s: no row of level text, "
		    "the sum of all words", TEXT_ARGS(d->doc),
		    TEXT_ARGS(class));
	return w.whole ||
	    fabs(w.sum - w.text) <= 1e-5 * (w.size + fabs(w.text)) ||
	    bad(d->at, "%.*s, class %.*s: the scores of the words add up to "
	    "%g, but row text has %g; a word may be missing",
	    TEXT_ARGS(d->doc), TEXT_ARGS(class), w.sum, w.text);
}

bool
words_match(const struct score_doc *d, struct text class,
    const struct score_doc *labels)
{
	size_t at = 0;		/* fast if both have text order */

	for (size_t k = 0; k < labels->n; k++) {
		const struct score_row *label = &labels->row[k], *row = NULL;

		if (label->kind != SCORE_WORD ||
		    text_is(label->text, "_"))
			continue;
		for (size_t n = 0; n < d->n; n++, at = (at + 1) % d->n) {
			row = &d->row[at];
			if (row->first == label->first &&
			    row->kind == SCORE_WORD &&
			    text_equal(row->class, class))
				break;
		}
		if (row != NULL && row->first == label->first &&
		    !text_equal(row->text, label->text))
			return bad(d->at, "%.*s: word %zu is \"%.*s\" here "
			    "and \"%.*s\" in the first stream: these are "
			    "different texts", TEXT_ARGS(d->doc), row->first,
			    TEXT_ARGS(row->text), TEXT_ARGS(label->text));
	}
	return true;
}

/* The rows of the words are in their order (score_order). */
void
words_sums(const struct score_doc *d, struct text class, double *sum)
{
	sum[0] = 0;
	for (size_t i = 0; i < d->n; i++) {
		size_t t = d->row[i].first;

		if (d->row[i].kind == SCORE_WORD &&
		    text_equal(d->row[i].class, class))
			sum[t] = sum[t - 1] + (double)d->row[i].score;
	}
}
