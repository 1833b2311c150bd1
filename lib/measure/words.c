/* SPDX-License-Identifier: ISC */
#include "measure/words.h"

#include <math.h>

#include "stream/score_read.h"

/* What the rows of a class say of its words. */
struct words {
	size_t n, last;		/* word rows; the last word of any span */
	double sum, size;	/* of their scores */
	double text;		/* its row, or NAN */
	bool first;		/* the words are the first level */
};

static struct words
gather(const struct score_doc *d, struct text class)
{
	struct words w = {.text = NAN};

	for (size_t i = 0; i < d->n; i++) {
		const struct score_row *row = &d->row[i];
		double score = (double)row->score;
		enum score_level level = score_level(row->level);

		if (!text_equal(row->class, class))
			continue;
		if (level == SCORE_TEXT)
			w.text = score;
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
		return bad(d->at, "%.*s has scores of %zu words for class "
		    "%.*s, expected %zu", TEXT_ARGS(d->doc), w.n,
		    TEXT_ARGS(class), least);
	if (!w.first)
		return true;
	if (isnan(w.text))
		return bad(d->at, "%.*s has no row text for class %.*s, "
		    "expected the sum of its words", TEXT_ARGS(d->doc),
		    TEXT_ARGS(class));
	return fabs(w.sum - w.text) <= 1e-5 * (w.size + fabs(w.text)) ||
	    bad(d->at, "%.*s: the words' scores for class %.*s add up to %g, "
	    "expected the %g of row text", TEXT_ARGS(d->doc),
	    TEXT_ARGS(class), w.sum, w.text);
}

bool
words_match(const struct score_doc *d, struct text class,
    const struct score_doc *labels)
{
	size_t at = 0;		/* both are in text order, as a rule */

	for (size_t k = 0; k < labels->n; k++) {
		const struct score_row *label = &labels->row[k], *row = NULL;

		if (score_level(label->level) != SCORE_WORD ||
		    text_is(label->text, "_"))
			continue;
		for (size_t n = 0; n < d->n; n++, at = (at + 1) % d->n) {
			row = &d->row[at];
			if (row->first == label->first &&
			    score_level(row->level) == SCORE_WORD &&
			    text_equal(row->class, class))
				break;
		}
		if (row != NULL && row->first == label->first &&
		    !text_equal(row->text, label->text))
			return bad(d->at, "%.*s: word %zu is \"%.*s\", "
			    "expected the \"%.*s\" of the first stream",
			    TEXT_ARGS(d->doc), row->first,
			    TEXT_ARGS(row->text), TEXT_ARGS(label->text));
	}
	return true;
}
