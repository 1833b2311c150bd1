/* SPDX-License-Identifier: ISC */
/*
 * Let p be as in attack_search.h, c_t the best candidate of word t, x the text,
 * and x / t the text with another word in the place of word t:
 *
 *     saliency      S_t = p(x) - p(x / t = UNK)
 *     drop          D_t = p(x) - p(x / t = c_t)
 *     pwws          H_t = D_t exp(S_t) / sum_u exp(S_u)
 *     TextAttack    H_t = (1 - p(x / t = c_t)) exp(S_t) / sum_u exp(S_u)
 *     importance    I_t = p(x) - p(x - t), and if x - t has another class y,
 *                   also p_y(x - t) - p_y(x)
 *
 * pwws runs all S and D at once, then the texts with 1, 2, 4, ... more words of
 * that order.  TextAttack's form of it searches the candidates of each word
 * again, in the text so far, and keeps the best only if it is better.
 */
#include "explain/attack_greedy.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "explain/attack_search.h"
#include "rnn/trace.h"

struct rank {
	double value;
	size_t t;
};

static int
by_value(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;

	if (x->value != y->value)
		return x->value > y->value ? -1 : 1;
	return (x->t > y->t) - (x->t < y->t);
}

/* The words that have candidates, sorted; returns their number in *n. */
static size_t *
sort(struct attack_search *s, const double *value, size_t *n)
{
	struct rank *rank = MEM_NEW(s->arena, s->T, struct rank);
	size_t *order = MEM_NEW(s->arena, s->T, size_t);

	*n = 0;
	for (size_t t = 0; t < s->T; t++)
		if (s->x->word[t].n > 0)
			rank[(*n)++] = (struct rank){value[t], t};
	qsort(rank, *n, sizeof *rank, by_value);
	for (size_t i = 0; i < *n; i++)
		order[i] = rank[i].t;
	return order;
}

/*
 * H of each word, [T], and its best candidate, swap [T]; the drop is counted
 * from `least`.  NULL if the variants are too many or not finite.
 */
static double *
weigh(struct attack_search *s, double least, int32_t *swap)
{
	size_t T = s->T, u = 0, k = 0;
	double *H = MEM_NEW(s->arena, T, double), sum = 0;

	if (!attack_list(s, T + attack_candidates(s)))
		return NULL;
	for (size_t t = 0; t < T; t++)
		if (!s->x->word[t].fixed)
			attack_add(s, s->to.change, t, ATTACK_UNKNOWN);
	k = s->n;
	for (size_t t = 0; t < T; t++)
		for (size_t i = 0; i < s->x->word[t].n; i++)
			attack_add(s, s->to.change, t, (int32_t)i);
	if (!attack_try(s))
		return NULL;
	for (size_t i = 0; i < k; i++)
		sum += exp((double)s->v[i].value - (double)s->value);
	for (size_t t = 0; t < T; t++) {
		const struct attack_variant *best = &s->v[k];
		double saliency = (double)s->v[u].value - (double)s->value;

		u += !s->x->word[t].fixed;
		for (size_t i = 0; i < s->x->word[t].n; i++, k++)
			if (s->v[k].value > best->value)
				best = &s->v[k];
		if (s->x->word[t].n == 0)
			continue;
		swap[t] = best->now;
		H[t] = ((double)best->value - least) / sum * exp(saliency);
	}
	return H;
}

/* What the deletion of each word does, [T]; NULL as by weigh. */
static double *
importance(struct attack_search *s)
{
	const float *before = s->x->trace->probability;
	double *I = MEM_NEW(s->arena, s->T, double);

	if (!attack_list(s, s->T))
		return NULL;
	for (size_t t = 0; t < s->T; t++)
		attack_add(s, s->to.change, t, ATTACK_ERASED);
	if (!attack_try(s))
		return NULL;
	for (size_t t = 0; t < s->T; t++) {
		const struct verdict *v = &s->v[t].after;

		I[t] = (double)s->v[t].value - (double)s->value;
		if (!attack_has_target(s) &&
		    v->predicted != s->x->trace->predicted)
			I[t] += (double)v->probability -
			    (double)before[v->predicted];
	}
	return I;
}

/* ---- pwws ---- */

bool
attack_fixed(struct attack_search *s)
{
	int32_t *swap = MEM_NEW(s->arena, s->T, int32_t);
	double *H = weigh(s, (double)s->value, swap);
	size_t n, some = 1;
	bool good = true;

	if (H == NULL)
		return false;
	s->order = sort(s, H, &n);
	s->swap = swap;
	n = n < s->x->most ? n : s->x->most;
	for (s->base = 0; s->base < n && !s->to.success; s->base += some) {
		some = s->base + 1 < n - s->base ? s->base + 1 : n - s->base;
		good = attack_list(s, some);
		s->n = some;
		if (!good || !attack_try(s))
			return false;
		for (size_t i = 0; i < some && !s->to.success; i++) {
			size_t t = s->order[s->base + i];

			attack_accept(s, &s->v[i]);
			s->to.change[t] = swap[t];
			s->to.n++;
			s->to.queries -= s->to.success ? some - 1 - i : 0;
		}
	}
	return true;
}

/* ---- greedy ---- */

/* Of the variants that were run, the one to go on with. */
static const struct attack_variant *
choose(const struct attack_search *s, bool similar)
{
	const struct attack_variant *best = &s->v[0], *nearest = NULL;
	const struct candidate *of = s->x->word[best->t].of;

	for (size_t i = 0; i < s->n; i++) {
		const struct attack_variant *v = &s->v[i];

		if (v->value > best->value)
			best = v;
		if (similar && attack_succeeds(s, &v->after) &&
		    (nearest == NULL ||
		    of[v->now].near > of[nearest->now].near))
			nearest = v;
	}
	return nearest != NULL ? nearest : best->value > s->value ? best :
	    NULL;
}

static bool
greedy(struct attack_search *s, const double *value, bool similar)
{
	size_t n;
	const size_t *order = value == NULL ? NULL : sort(s, value, &n);

	if (order == NULL)
		return false;
	for (size_t i = 0; i < n && s->to.n < s->x->most &&
	    !s->to.success; i++) {
		size_t t = order[i];
		const struct attack_variant *v;

		if (!attack_list(s, s->x->word[t].n))
			return false;
		for (size_t k = 0; k < s->x->word[t].n; k++)
			attack_add(s, s->to.change, t, (int32_t)k);
		if (!attack_try(s))
			return false;
		v = choose(s, similar);
		if (v == NULL)
			continue;
		attack_accept(s, v);
		s->to.change[t] = v->now;
		s->to.n++;
	}
	return true;
}

bool
attack_weighed(struct attack_search *s)
{
	int32_t *swap = MEM_NEW(s->arena, s->T, int32_t);

	return greedy(s, weigh(s, attack_has_target(s) ? 0 : -1, swap), false);
}

bool
attack_important(struct attack_search *s)
{
	return greedy(s, importance(s), true);
}
