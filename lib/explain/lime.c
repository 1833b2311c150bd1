/* SPDX-License-Identifier: ISC */
/*
 * LIME explains a model f near a text of n parts by a linear function of z in
 * {0, 1}^n: z_i is 1 if part i is kept.  It is fitted to samples z_k
 * (math/ridge.c):
 *
 *     g(z) = intercept + beta . z
 *     sum_k w_k (f(z_k) - g(z_k))^2 + alpha |beta|^2  is the smallest
 *
 * This file draws z_k and gives them their weights w_k.  The first sample is
 * the whole text.  Each other one leaves out r parts: r is uniform in 1..n, and
 * all sets of r parts are equally likely.
 *
 * The weight falls with the distance from the whole text, (1, ..., 1).  The
 * cosine of that and a z with m ones is m / sqrt(m n) = sqrt(m / n), so
 *
 *     d(m) = 100 (1 - sqrt(m / n))
 *     w(m) = sqrt(exp(-d^2 / 25^2)) = exp(-d^2 / (2 25^2))
 *
 *     w  1 |                        *  *  *
 *          |                     *
 *          |               *  *
 *          |            *
 *          |         *
 *        0 |*  *  *
 *          +-------------------------------
 *           0             1/2             1   m / n
 *
 * If there are at most as many subsets as samples, each subset comes once.  A
 * subset of m < n parts has the probability 1 / n (of its r) times 1 / C(n, m),
 * so its weight becomes
 *
 *     w(m) (samples - 1) / (n C(n, m))
 *
 * which makes each sum over the samples equal to its expectation: the fit is
 * that of infinitely many samples.
 *
 * Easy to get wrong: subsets are not equally likely.  The text without any
 * part is as likely as all texts without one part together.
 *
 * Source: Ribeiro, Singh and Guestrin, "Why Should I Trust You?", KDD 2016;
 * lime_text.py of marcotcr/lime 0.2.
 */
#include "explain/lime.h"

#include <math.h>
#include <stdint.h>

#include "base/mem.h"

static const double kernel_width = 25;

struct lime
lime_begin(struct arena *arena, size_t n, size_t samples, struct random random)
{
	struct lime l = {.n = n, .samples = samples, .random = random,
	    .part = MEM_NEW(arena, n, size_t)};

	l.all = n < 32 && (size_t)1 << n <= samples;
	for (size_t i = 0; i < n; i++)
		l.part[i] = i;
	return l;
}

/* The weight of a sample that keeps m parts. */
static double
kernel(const struct lime *l, size_t m)
{
	double d = 100 * (1 - sqrt((double)m / (double)l->n)) / kernel_width;

	return exp(-d * d / 2);
}

/* How often each subset of m < n parts is drawn on average. */
static double
expected(const struct lime *l, size_t m)
{
	double subsets = 1;

	for (size_t i = 0; i < m; i++)
		subsets *= (double)(l->n - i) / (double)(i + 1);
	return (double)(l->samples - 1) / (double)l->n / subsets;
}

/*
 * Keep the parts whose bit in next is 0, so the whole text is first.  Returns
 * how many are kept.
 */
static size_t
enumerate(const struct lime *l, bool *keep)
{
	size_t m = 0;

	for (size_t i = 0; i < l->n; i++) {
		keep[i] = (l->next >> i & 1) == 0;
		m += keep[i];
	}
	return m;
}

/*
 * Leave out random parts, none in the first sample; returns how many are kept.
 * The first r steps of a Fisher-Yates shuffle choose them.  It may begin with
 * any order, so the last one is used.
 */
static size_t
draw(struct lime *l, bool *keep)
{
	size_t n = l->n, r = 0;

	for (size_t i = 0; i < n; i++)
		keep[i] = true;
	if (l->next > 0)
		r = 1 + random_below(&l->random, (uint32_t)n);
	for (size_t i = 0; i < r; i++) {
		size_t k = i + random_below(&l->random, (uint32_t)(n - i));
		size_t part = l->part[k];

		l->part[k] = l->part[i];
		l->part[i] = part;
		keep[part] = false;
	}
	return n - r;
}

bool
lime_next(struct lime *l, bool *keep, double *weight)
{
	size_t m;

	if (l->next == (l->all ? (size_t)1 << l->n : l->samples))
		return false;
	m = l->all ? enumerate(l, keep) : draw(l, keep);
	*weight = kernel(l, m);
	if (l->all && m < l->n)
		*weight *= expected(l, m);
	l->next++;
	return true;
}
