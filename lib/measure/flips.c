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
#include "measure/remainders.h"

static int
compare(const void *va, const void *vb)
{
	const struct remainder_point *const *a = va, *const *b = vb;

	if ((*a)->at != (*b)->at)
		return (*a)->at < (*b)->at ? -1 : 1;
	return *a < *b ? -1 : 1;
}

/* The points, those with the fewest words removed first. */
static const struct remainder_point **
in_order(struct arena *arena, const struct remainders *r)
{
	const struct remainder_point **p = MEM_NEW(arena, r->points,
	    const struct remainder_point *);

	for (size_t j = 0; j < r->points; j++)
		p[j] = &r->point[j];
	qsort(p, r->points, sizeof *p, compare);
	return p;
}

/* Add the values of a text: loss [points], and the points in order. */
typedef void add_text(struct measuring *, const struct remainders *,
    struct text method, struct text doc, const struct loss *loss,
    const struct remainder_point *const order[]);

static bool
each(struct measuring *m, struct remainders *r, add_text *add)
{
	struct arena *arena = mem_arena();
	bool able, good = remainders_check(m, r, &able);
	struct loss *loss = MEM_NEW(arena, r->n * r->points, struct loss);
	const struct remainder_point **order = in_order(arena, r);

	for (size_t i = 0; able && i < remainders_texts(r) &&
	    (good || m->keep_going); i++) {
		if (!remainders_losses(r, i, loss)) {
			good = false;
			continue;
		}
		for (size_t k = 0; k < r->n; k++)
			add(m, r, r->of[k].method, remainders_doc(r, i),
			    loss + k * r->points, order);
	}
	mem_free(arena);
	return good;
}

static void
add_flips(struct measuring *m, const struct remainders *r, struct text method,
    struct text doc, const struct loss *loss,
    const struct remainder_point *const order[])
{
	double fraction = 1;

	for (size_t j = r->points; j-- > 0; )
		if (loss[order[j] - r->point].flipped)
			fraction = order[j]->at / 100;
	for (size_t j = 0; j < r->points; j++)
		remainders_add(m, method, order[j]->name, doc,
		    loss[order[j] - r->point].flipped);
	if (r->points > 1 && r->percent)
		remainders_add(m, method, TEXT("fraction"), doc, fraction);
}

static bool
flips(struct measuring *m, struct remainders *r)
{
	return each(m, r, add_flips);
}

static void
add_steps(struct measuring *m, const struct remainders *r, struct text method,
    struct text doc, const struct loss *loss,
    const struct remainder_point *const order[])
{
	double with = loss->p;	/* before the step's words are gone */
	size_t rises = 0;

	for (size_t j = 0; j < r->points; j++) {
		double left = loss[order[j] - r->point].left;

		rises += left <= with;
		with = left;
	}
	remainders_add(m, method, TEXT("_"), doc, rises == r->points);
	remainders_add(m, method, TEXT("steps"), doc,
	    (double)rises / (double)r->points);
}

static bool
monotone(struct measuring *m, struct remainders *r)
{
	return each(m, r, add_steps);
}

const struct measure flip = {
	.name = "flip",
	.purpose = "the prediction changes without the top words",
	.input = REMAINDERS_INPUT,
	.reads = MEASURE_REMAINDERS,
	.remainders = flips,
};

const struct measure monotonicity = {
	.name = "monotonicity",
	.purpose = "words added by rising score never lower the probability",
	.input = REMAINDERS_INPUT,
	.reads = MEASURE_REMAINDERS,
	.remainders = monotone,
};
