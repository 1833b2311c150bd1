/* SPDX-License-Identifier: ISC */
/*
 * token-f1, iou-f1 and auprc: how well scores agree with rationales, the words
 * that people marked; DeYoung et al. 2020 (ERASER).
 *
 *     words         a   very  warm  and  funny  film
 *     rationale         B-R   I-R        B-R             two spans of the layer
 *     S             .1  .2    .9    .3   .8     0
 *     top 3                   x     x    x               one run
 *
 * The k words with the highest scores are compared with the n words of the
 * rationale: with k = n (point "same") and at shares of the words.
 *
 *     token-f1    the harmonic mean of precision and recall of the words of a
 *                 text; then the mean over texts
 *     iou-f1      a run of top words is right if for a span
 *                 |words of both| / |words of either| >= 1/2.  Precision is
 *                 the share of right runs, recall is their number divided by
 *                 that of the spans; F1 is of the averages over texts
 *     auprc       needs no k: it is the area below the curve of precision over
 *                 recall, with straight lines between the thresholds (point
 *                 "auc"), or with steps: the average precision ("ap")
 *
 * A text without a rationale has no value; nor has one whose words all are in
 * it at "ap", as in ERASER's program.
 */
#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"
#include "measure/measure.h"
#include "measure/rows.h"
#include "measure/words.h"
#include "stream/score_read.h"

/* A word and its place in the text. */
struct scored {
	double score;
	size_t t;
};

/* A text's words and rationale. */
struct marked {
	size_t T, n;		/* words, and those of the rationale */
	struct scored *word;	/* [T] the highest score first */
	size_t *span;		/* [T] the number of the word's span, or 0 */
	size_t *size;		/* [spans + 1] words of a span */
	size_t spans;
};

static int
compare(const void *va, const void *vb)
{
	const struct scored *a = va, *b = vb;

	if (a->score < b->score || a->score > b->score)
		return a->score < b->score ? 1 : -1;
	return (a->t > b->t) - (a->t < b->t);
}

/* Mark the words of the rationale; the words are counted. */
static bool
mark(const struct measuring *m, const struct score_doc *d, struct text class,
    struct marked *x)
{
	size_t rows = 0;

	for (size_t i = 0; (i = rows_next(d, class, m->level, i)) < d->n; i++) {
		const struct score_row *row = &d->row[i];

		rows++;
		if (text_is(row->tag, "_"))
			continue;
		x->spans++;
		x->size[x->spans] = row->last - row->first + 1;
		x->n += x->size[x->spans];
		for (size_t t = row->first; t <= row->last; t++)
			x->span[t - 1] = x->spans;
	}
	return rows > 0 || x->T == 0 || bad(d->at, "%.*s has no scores of "
	    "level %s, whose chunks are the rationale", TEXT_ARGS(d->doc),
	    m->level);
}

static bool
read_marked(const struct measuring *m, const struct score_doc *d,
    struct arena *arena, struct marked *x)
{
	struct text class;

	*x = (struct marked){0};
	if (!rows_class(m, d, &class) || !words_check(d, class, 0))
		return false;
	x->word = MEM_NEW(arena, d->n, struct scored);
	for (size_t i = 0; (i = rows_next(d, class, score_levels[SCORE_WORD],
	    i)) < d->n; i++, x->T++)
		x->word[x->T] = (struct scored){(double)d->row[i].score, x->T};
	qsort(x->word, x->T, sizeof *x->word, compare);
	x->span = MEM_NEW(arena, x->T, size_t);
	x->size = MEM_NEW(arena, x->T + 1, size_t);
	return mark(m, d, class, x);
}

/* F1 of precision and recall. */
static double
harmonic(double p, double r)
{
	return p + r > 0 ? 2 * p * r / (p + r) : 0;
}

/* ---- the top words ---- */

/* Numbers of a text: 1, precision and recall. */
static double
f1_of_means(const double *sum, size_t sums)
{
	(void)sums;
	return harmonic(sum[1] / sum[0], sum[2] / sum[0]);
}

static const struct statistic statistic_f1 = {3, f1_of_means};

/* How many words are the top; a point each. */
static const struct {
	const char *at;
	double share;		/* in percent; 0: as many as the rationale */
} cuts[] = {{"same", 0}, {"1", 1}, {"5", 5}, {"10", 10}, {"20", 20},
    {"50", 50}};

enum { CUTS = sizeof cuts / sizeof *cuts };

/* Precision and recall of words. */
static void
match_words(const struct marked *x, const bool *top, size_t k, double *p,
    double *r)
{
	size_t both = 0;

	for (size_t t = 0; t < x->T; t++)
		both += top[t] && x->span[t] > 0;
	*p = (double)both / (double)k;
	*r = (double)both / (double)x->n;
}

/*
 * The same of runs of top words and spans.  The words that a run from word
 * first to before end shares with a span are a run, too.
 */
static void
match_runs(const struct marked *x, const bool *top, size_t k, double *p,
    double *r)
{
	size_t runs = 0, right = 0, end;

	(void)k;
	for (size_t first = 0; first < x->T; first = end) {
		bool match = false;
		size_t run;

		for (end = first; end < x->T && top[end]; end++)
			;
		run = end - first;
		for (size_t t = first, next; t < end; t = next) {
			size_t span = x->span[t], both;

			for (next = t; next < end && x->span[next] == span;
			    next++)
				;
			both = next - t;
			match = match || (span > 0 &&
			    2 * both >= run + x->size[span] - both);
		}
		runs += run > 0;
		right += match;
		end += run == 0;
	}
	*p = (double)right / (double)runs;
	*r = (double)right / (double)x->spans;
}

/* Add the value at each cut: F1, or precision and recall if pair. */
static bool
cut(struct measuring *m, const struct score_doc *d, bool pair, void (*match)(
    const struct marked *, const bool *top, size_t k, double *p, double *r))
{
	struct arena *arena = mem_arena();
	struct marked x;
	bool good = read_marked(m, d, arena, &x);
	bool *top = good ? MEM_NEW(arena, x.T, bool) : NULL;

	for (size_t c = 0; c < CUTS && good; c++) {
		double p = 0, r = 0, one = x.n > 0;
		size_t k = cuts[c].share > 0 ? (size_t)ceil(cuts[c].share *
		    (double)x.T / 100 - 1e-9) : x.n;

		for (size_t i = 0; i < x.T; i++)
			top[x.word[i].t] = i < k;
		if (x.n > 0)
			match(&x, top, k, &p, &r);
		good = rows_enter(m, d, d->row[0].method, text_of(cuts[c].at),
		    pair ? (const double[]){one, p, r} :
		    (const double[]){one, harmonic(p, r)});
	}
	mem_free(arena);
	return good;
}

static bool
take_words(struct measuring *m, const struct score_doc *d)
{
	return cut(m, d, false, match_words);
}

static bool
take_runs(struct measuring *m, const struct score_doc *d)
{
	return cut(m, d, true, match_runs);
}

/* ---- all thresholds ---- */

static bool
take_curve(struct measuring *m, const struct score_doc *d)
{
	struct arena *arena = mem_arena();
	struct marked x;
	bool good = read_marked(m, d, arena, &x);
	double area = 0, steps = 0, p = 1, r = 0;
	size_t hits = 0, end;

	for (size_t i = 0; good && x.n > 0 && i < x.T; i = end) {
		double before = r, precise = p;

		/* equal scores have one threshold */
		for (end = i; end < x.T && x.word[end].score >=
		    x.word[i].score; end++)
			hits += x.span[x.word[end].t] > 0;
		p = (double)hits / (double)end;
		r = (double)hits / (double)x.n;
		area += (r - before) * (p + precise) / 2;
		steps += (r - before) * p;
	}
	good = good && rows_add(m, d, d->row[0].method, TEXT("auc"), area,
	    x.n > 0) && rows_add(m, d, d->row[0].method, TEXT("ap"), steps,
	    x.n > 0 && x.n < x.T);
	mem_free(arena);
	return good;
}

#define INPUT "scores of words, with a layer of rationales"

const struct measure token_f1 = {
	.name = "token-f1",
	.purpose = "the top words are those of a rationale (ERASER)",
	.input = INPUT,
	.reads = MEASURE_SCORES,
	.class = "predicted",
	.layer = "rationale",
	.take = take_words,
};

const struct measure iou_f1 = {
	.name = "iou-f1",
	.purpose = "runs of top words overlap with a rationale (ERASER)",
	.input = INPUT,
	.reads = MEASURE_SCORES,
	.class = "predicted",
	.layer = "rationale",
	.statistic = &statistic_f1,
	.take = take_runs,
};

const struct measure auprc = {
	.name = "auprc",
	.purpose = "the area below precision over recall (ERASER)",
	.input = INPUT,
	.reads = MEASURE_SCORES,
	.class = "predicted",
	.layer = "rationale",
	.take = take_curve,
};
