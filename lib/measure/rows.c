/* SPDX-License-Identifier: ISC */
/* The measures of measure.h that read scores. */
#include "measure/measure.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "math/rank.h"
#include "measure/lexicon.h"
#include "measure/tally.h"
#include "measure/truth.h"
#include "measure/words.h"
#include "stream/score_read.h"

static bool
add(struct measuring *m, const struct score_doc *d, struct text method,
    struct text at, double num, double den)
{
	return tally_add(m->tally, d->row[0].model, method, at, d->doc,
	    (struct sample){num, den}) || bad(d->at, "scores of %.*s by %.*s "
	    "again, expected them once", TEXT_ARGS(d->doc), TEXT_ARGS(method));
}

/* The class that is measured; false with a message if it has no rows. */
static bool
find_class(const struct measuring *m, const struct score_doc *d,
    struct text *class)
{
	*class = score_class(d, d->row[0].model, d->row[0].method, m->class);
	return class->s != NULL || bad(d->at, "%.*s has no scores of class %s",
	    TEXT_ARGS(d->doc), m->class);
}

/* The next row from i on, of a class and level; d->n if there is none. */
static size_t
next_row(const struct score_doc *d, struct text class, const char *level,
    size_t i)
{
	while (i < d->n && !(text_equal(d->row[i].class, class) &&
	    text_is(d->row[i].level, level)))
		i++;
	return i;
}

/* A span that counts: a chunk, a word, or under -u anything. */
static bool
is_span(const struct measuring *m, const struct score_row *row)
{
	return m->unchunked || text_is(row->level, "word") ||
	    !text_is(row->tag, "_");
}

/* The truth's document; false if there is none, with a message, or it was bad,
 * of which there was one. */
static bool
find_truth(const struct measuring *m, const struct score_doc *d,
    const struct score_doc **truth)
{
	*truth = truth_find(m->truth, d->doc);
	if (*truth == NULL)
		return bad(d->at, "%.*s is not in the first stream, expected "
		    "it there", TEXT_ARGS(d->doc));
	return !(*truth)->bad;
}

/* The truth's score for a row; false with a message if it has none, or is of
 * another text with the same name. */
static bool
true_score(const struct score_doc *d, const struct score_doc *truth,
    const struct score_row *row, size_t *at, double *score)
{
	const struct score_row *r = truth_row(truth, row, at);

	if (r == NULL)
		return bad(d->at, "%.*s: the first stream has no score of %.*s "
		    "%zu to %zu, class %.*s, model %.*s, expected one",
		    TEXT_ARGS(d->doc), TEXT_ARGS(row->level), row->first,
		    row->last, TEXT_ARGS(row->class), TEXT_ARGS(row->model));
	*score = (double)r->score;
	return text_equal(row->text, r->text) || bad(d->at, "%.*s: %.*s %zu to "
	    "%zu is \"%.*s\", expected the \"%.*s\" of the first stream",
	    TEXT_ARGS(d->doc), TEXT_ARGS(row->level), row->first, row->last,
	    TEXT_ARGS(row->text), TEXT_ARGS(r->text));
}

/* ---- faithfulness ---- */

/* The two rows beside, from the truth alone. */
static bool
add_bounds(struct measuring *m, const struct score_doc *d,
    const struct score_doc *truth, struct text class)
{
	double second = 0, best = 0;
	size_t spans = 0;

	for (size_t i = 0; (i = next_row(truth, class, m->level, i)) <
	    truth->n; i++) {
		double score = (double)truth->row[i].score;

		if (!is_span(m, &truth->row[i]) ||
		    !text_equal(truth->row[i].model, d->row[0].model))
			continue;
		if (++spans == 2)
			second = score;
		if (spans == 1 || score > best)
			best = score;
	}
	/* the same for each method: only the first of them adds it */
	tally_add(m->tally, d->row[0].model, TEXT("second"), TEXT("_"), d->doc,
	    (struct sample){second, spans >= 2});
	tally_add(m->tally, d->row[0].model, TEXT("best"), TEXT("_"), d->doc,
	    (struct sample){best, spans >= 1});
	return true;
}

/* The truth is of probabilities: a difference of logits would pass for one. */
static bool
check_probabilities(const struct score_doc *truth, struct text model,
    struct text class)
{
	for (size_t i = 0; i < truth->n; i++) {
		const struct score_row *row = &truth->row[i];
		double score = (double)row->score, prob = (double)row->prob;

		if (!text_equal(row->class, class) ||
		    !text_equal(row->model, model))
			continue;
		if (fabs(score) > 1 || (text_is(row->level, "logit") &&
		    fabs(score - prob) > 1e-6))
			return bad(truth->at, "%.*s: %.*s %g of class %.*s, "
			    "expected a probability, as of reat-occlude -y",
			    TEXT_ARGS(truth->doc), TEXT_ARGS(row->level), score,
			    TEXT_ARGS(class));
	}
	return true;
}

/* There are spans of the level, if of any, and as many as in the truth. */
static bool
check_spans(const struct measuring *m, const struct score_doc *d,
    const struct score_doc *truth, struct text class)
{
	size_t n = 0, expected = 0;
	bool any = false;

	for (size_t i = 0; i < d->n && !any; i++)
		any = d->row[i].first > 0;
	for (size_t i = 0; (i = next_row(d, class, m->level, i)) < d->n; i++)
		n++;
	for (size_t i = 0; (i = next_row(truth, class, m->level, i)) <
	    truth->n; i++)
		expected += text_equal(truth->row[i].model, d->row[0].model);
	if (n == 0 && any)
		return bad(d->at, "%.*s has no scores of level %s",
		    TEXT_ARGS(d->doc), m->level);
	return n >= expected || bad(d->at, "%.*s has %zu scores of level %s, "
	    "expected the %zu of the first stream", TEXT_ARGS(d->doc), n,
	    m->level, expected);
}

bool
measure_faithfulness(struct measuring *m, const struct score_doc *d)
{
	const struct score_doc *truth;
	const struct score_row *top = NULL;
	struct text class;
	double loss = 0, score;
	size_t at = 0;

	if (!find_class(m, d, &class) || !find_truth(m, d, &truth) ||
	    !check_probabilities(truth, d->row[0].model, class))
		return false;
	for (size_t i = 0; (i = next_row(d, class, m->level, i)) < d->n; i++) {
		const struct score_row *row = &d->row[i];

		if (!is_span(m, row))
			continue;
		if (!true_score(d, truth, row, &at, &score))
			return false;
		if (top == NULL || row->score > top->score) {
			top = row;
			loss = score;
		}
	}
	if (!check_spans(m, d, truth, class))
		return false;
	return add_bounds(m, d, truth, class) &&
	    add(m, d, d->row[0].method, TEXT("_"), loss, top != NULL);
}

/* ---- interpretability ---- */

bool
measure_interpretability(struct measuring *m, const struct score_doc *d)
{
	size_t positives = 0, negatives = 0, words = 0, tags = 0;
	double good = 0, evil = 0;
	struct text class;

	if (!find_class(m, d, &class) || !score_words(d, class, 0))
		return false;
	for (size_t i = 0; (i = next_row(d, class, "word", i)) < d->n; i++) {
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
		return bad(d->at, "%.*s: no word has a tag, expected those of "
		    "reat-tag", TEXT_ARGS(d->doc));
	return add(m, d, d->row[0].method, TEXT("_"), good > evil,
	    positives == 1 && negatives == 1);
}

/* ---- completeness ---- */

bool
measure_completeness(struct measuring *m, const struct score_doc *d)
{
	double size = 0, text = 0, bias = 0, logit = 0, error;
	unsigned seen = 0;
	struct text class;

	if (!find_class(m, d, &class))
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
	return add(m, d, d->row[0].method, TEXT("_"), size > 0 ? error / size :
	    0, size > 0 || error == 0);
}

/* ---- agreement ---- */

bool
measure_agreement(struct measuring *m, const struct score_doc *d)
{
	struct arena *arena = mem_arena();
	double *x = MEM_NEW(arena, d->n, double);
	double *y = MEM_NEW(arena, d->n, double), rho = 0;
	const struct score_doc *truth;
	struct text class;
	size_t n = 0, at = 0;
	bool good = find_class(m, d, &class) && find_truth(m, d, &truth);

	for (size_t i = 0; good && (i = next_row(d, class, m->level, i)) <
	    d->n; i++) {
		if (!is_span(m, &d->row[i]))
			continue;
		x[n] = (double)d->row[i].score;
		good = true_score(d, truth, &d->row[i], &at, &y[n++]);
	}
	good = good && check_spans(m, d, truth, class);
	if (good) {
		bool defined = rank_spearman(arena, x, y, n, &rho);

		good = add(m, d, d->row[0].method, TEXT("_"), rho, defined);
	}
	mem_free(arena);
	return good;
}

/* ---- sign ---- */

/* sum [T + 1]: of the scores of words 1 to t for a class. */
static void
sum_words(const struct score_doc *d, struct text class, double *sum)
{
	for (size_t i = 0; (i = next_row(d, class, "word", i)) < d->n; i++) {
		size_t t = d->row[i].first;

		sum[t] = sum[t - 1] + (double)d->row[i].score;
	}
}

/* The last word of which the truth knows. */
static size_t
last_word(const struct score_doc *truth)
{
	size_t last = 0;

	for (size_t k = 0; k < truth->n; k++)
		last = truth->row[k].last > last ? truth->row[k].last : last;
	return last;
}

bool
measure_sign(struct measuring *m, const struct score_doc *d)
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
		    bad(truth->at, "%.*s: signs for two classes, expected one",
		    TEXT_ARGS(d->doc));
	good = good && (truth->n == 0 || (score_words(d, truth->row[0].class,
	    last_word(truth)) &&
	    score_words_match(d, truth->row[0].class, truth)));
	if (good && truth->n > 0)
		sum_words(d, truth->row[0].class, sum);
	/* each level, when its first row comes */
	for (size_t k = 0; good && k < truth->n; k++) {
		struct text level = truth->row[k].level;
		struct sample s = {0, 0};
		bool first = true;

		for (size_t i = 0; i < k && first; i++)
			first = !text_equal(truth->row[i].level, level);
		for (size_t i = k; first && i < truth->n; i++) {
			const struct score_row *row = &truth->row[i];

			if (!text_equal(row->level, level) || row->score == 0)
				continue;
			s.den++;
			s.num += (sum[row->last] - sum[row->first - 1]) *
			    (double)row->score > 0;
		}
		if (first)
			good = add(m, d, d->row[0].method, level, s.num,
			    s.den);
	}
	mem_free(arena);
	return good;
}

/* ---- pointing ---- */

bool
measure_pointing(struct measuring *m, const struct score_doc *d)
{
	const struct score_doc *truth;
	const struct score_row *top = NULL;
	bool any = false, hit = false;
	struct text class;

	if (!find_class(m, d, &class) || !find_truth(m, d, &truth) ||
	    !score_words(d, class, last_word(truth)) ||
	    !score_words_match(d, class, truth))
		return false;
	for (size_t i = 0; (i = next_row(d, class, "word", i)) < d->n; i++)
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
	return add(m, d, d->row[0].method, TEXT("_"), hit, any);
}
