/* SPDX-License-Identifier: ISC */
/*
 * flip and monotonicity: what happens while the top words are removed.
 *
 *     point          0     1     5    10    20    50 %    of the words removed
 *     p              .9    .9    .7   .8    .4    .2      of the class of x
 *     flipped                               yes   yes
 *     no fall           yes   yes   no   yes   yes
 *
 *     flip           the share of texts whose predicted class changes: at each
 *                    point, and at "fraction" the smallest point of a text that
 *                    flips, as a fraction of its words; 1 if none does
 *     monotonicity   Arya et al. 2019: words are added from the lowest score to
 *                    the highest, and p must never fall.  At "_" it is 1 for a
 *                    text without a fall, at "steps" the share of such steps
 *
 * With the most important word alone, flip is Serrano and Smith's decision
 * flip; Chrysostomou and Aletras 2021 call it DF-MIT, and the fraction DF-FOT.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "measure/measure.h"
#include "measure/predictions.h"
#include "measure/remainders.h"

/* A remainder's place in the order of its method. */
struct point {
	size_t method;		/* the first remainder of the method */
	double at;
	size_t k;
};

static int
compare(const void *va, const void *vb)
{
	const struct point *a = va, *b = vb;

	if (a->method != b->method)
		return a->method < b->method ? -1 : 1;
	if (a->at < b->at || a->at > b->at)
		return a->at < b->at ? -1 : 1;
	return (a->k > b->k) - (a->k < b->k);
}

/* The remainders of each method, those with the fewest words removed first. */
static struct point *
in_order(struct arena *arena, const struct remainder *left, size_t n)
{
	struct point *p = MEM_NEW(arena, n, struct point);

	for (size_t k = 0; k < n; k++) {
		p[k].k = k;
		while (!text_equal(left[p[k].method].method, left[k].method))
			p[k].method++;
		text_to_double(left[k].at, &p[k].at);
	}
	qsort(p, n, sizeof *p, compare);
	return p;
}

/* Call add for each text and method; p [n] is the method's points. */
static bool
each(struct measuring *m, const struct predictions *whole,
    const struct remainder *left, size_t n, void (*add)(struct measuring *,
    struct text doc, const struct remainder *, const struct loss *,
    const struct point p[], size_t n))
{
	struct arena *arena = mem_arena();
	struct loss *loss = MEM_NEW(arena, n, struct loss);
	struct point *p = in_order(arena, left, n);
	bool able, good = remainders_check(m, whole, left, n, &able);

	for (size_t i = 0; able && i < predictions_size(whole) &&
	    (good || m->keep_going); i++) {
		if (!remainders_losses(whole, i, left, n, loss)) {
			good = false;
			continue;
		}
		for (size_t k = 0, end; k < n; k = end) {
			for (end = k; end < n && p[end].method == p[k].method;
			    end++)
				;
			add(m, predictions_doc(whole, i), left, loss, p + k,
			    end - k);
		}
	}
	mem_free(arena);
	return good;
}

static void
add_flips(struct measuring *m, struct text doc, const struct remainder *left,
    const struct loss *loss, const struct point p[], size_t n)
{
	struct text method = left[p[0].k].method;
	double fraction = 1;

	for (size_t i = n; i-- > 0; )
		if (loss[p[i].k].flipped)
			fraction = p[i].at / 100;
	for (size_t i = 0; i < n; i++)
		remainders_add(m, method, left[p[i].k].at, doc,
		    loss[p[i].k].flipped);
	if (n > 1)
		remainders_add(m, method, TEXT("fraction"), doc, fraction);
}

static bool
flips(struct measuring *m, const struct predictions *whole,
    const struct remainder *left, size_t n)
{
	return each(m, whole, left, n, add_flips);
}

static void
add_steps(struct measuring *m, struct text doc, const struct remainder *left,
    const struct loss *loss, const struct point p[], size_t n)
{
	struct text method = left[p[0].k].method;
	double with = loss[p[0].k].p;	/* before the step's words are gone */
	size_t rises = 0;

	for (size_t i = 0; i < n; i++) {
		rises += loss[p[i].k].left <= with;
		with = loss[p[i].k].left;
	}
	remainders_add(m, method, TEXT("_"), doc, rises == n);
	remainders_add(m, method, TEXT("steps"), doc,
	    (double)rises / (double)n);
}

static bool
monotone(struct measuring *m, const struct predictions *whole,
    const struct remainder *left, size_t n)
{
	return each(m, whole, left, n, add_steps);
}

/* The points of a method with several must be shares, up to most. */
static const char *
check_points(struct arena *arena, const struct remainder *left, size_t n,
    double most, const char *what)
{
	const char *wrong = remainders_operands(arena, left, n);
	double at;

	for (size_t k = 0; k < n && wrong == NULL; k++) {
		size_t points;

		remainders_find(left, n, left[k].method, left[k].at, &points);
		if (points > 1 && (!text_to_double(left[k].at, &at) ||
		    at < 0 || at > most))
			wrong = mem_printf(arena, "%.*s@%.*s, expected %s",
			    TEXT_ARGS(left[k].method), TEXT_ARGS(left[k].at),
			    what);
	}
	return wrong;
}

static const char *
check_shares(struct arena *arena, const struct remainder *left, size_t n)
{
	return check_points(arena, left, n, 100, "a percentage of the words, "
	    "0 to 100, after @");
}

static const char *
check_numbers(struct arena *arena, const struct remainder *left, size_t n)
{
	return check_points(arena, left, n, 1e9, "the number or percentage of "
	    "the words after @");
}

const struct measure flip = {
	.name = "flip",
	.purpose = "the prediction changes without the top words",
	.input = REMAINDERS_INPUT,
	.reads = MEASURE_PREDICTIONS,
	.operands = check_shares,
	.predictions = flips,
};

const struct measure monotonicity = {
	.name = "monotonicity",
	.purpose = "words added by rising score never lower the probability",
	.input = REMAINDERS_INPUT,
	.reads = MEASURE_PREDICTIONS,
	.operands = check_numbers,
	.predictions = monotone,
};
