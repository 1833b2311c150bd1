/* SPDX-License-Identifier: ISC */
/*
 * A text has n parts, and z in {0, 1}^n says which are kept.  The Shapley
 * values phi of f are the coefficients of the weighted fit
 *
 *     min  sum_z w(z) (f(z) - f(0) - phi . z)^2,   phi . 1 = f(1) - f(0)
 *     w(z) = (n - 1) / (C(n, m) m (n - m)),        m = |z|, 0 < m < n
 *
 * (Lundberg and Lee 2017, theorem 2).  All subsets of the size m have together
 * the mass (n - 1) / (m (n - m)), which is largest where m is 1 or n - 1:
 *
 *     mass  |*                       *
 *           |
 *           | *                     *
 *           |   *                 *
 *           |      *   *   *   *
 *           +--------------------------
 *            1           n/2       n-1   m
 *
 * So sizes come in pairs from both ends, m and n - m.  While the samples that
 * are left would on average draw each subset of the pair at least once, all of
 * them come, a subset and its complement in turn, with their own weight.  Of
 * the sizes in the middle, a size is drawn by its mass, a subset of it and its
 * complement; each has the same weight, and all of them the mass of these
 * sizes.
 *
 * Easy to get wrong: if m = n - m the complement is another subset of the same
 * size, which comes by itself.
 *
 * Source: Lundberg and Lee, "A Unified Approach to Interpreting Model
 * Predictions", NIPS 2017; KernelExplainer of shap 0.51.
 */
#include "explain/kernel_shap.h"

#include "base/mem.h"

static double
mass(size_t n, size_t m)
{
	return (double)(n - 1) / ((double)m * (double)(n - m));
}

/* The subsets of the size m, as a double: C(n, m). */
static double
subsets(size_t n, size_t m)
{
	double all = 1;

	for (size_t i = 0; i < m; i++)
		all *= (double)(n - i) / (double)(i + 1);
	return all;
}

struct kernel_shap
kernel_shap_begin(struct arena *arena, size_t n, size_t samples,
    struct random random)
{
	struct kernel_shap k = {.n = n, .random = random,
	    .part = MEM_NEW(arena, n, size_t)};
	double unused = (double)samples, left = 0;

	for (size_t m = 1; m < n; m++)
		left += mass(n, m);
	for (size_t m = 1; m <= n / 2; m++) {
		size_t sides = 2 * m == n ? 1 : 2;
		double all = (double)sides * subsets(n, m);
		double its = (double)sides * mass(n, m);

		if (unused * its / left < all * (1 - 1e-9))
			break;
		k.whole = m;
		unused -= all;
		left -= its;
	}
	if (2 * k.whole + 1 < n) {
		k.samples = (size_t)unused;
		k.left = left / (double)k.samples;
	}
	for (size_t i = 0; i < n; i++)
		k.part[i] = i;
	return k;
}

/* Go to the next subset part[0..size) in lexicographic order. */
static bool
advance(struct kernel_shap *k)
{
	size_t i = k->size;

	while (i > 0 && k->part[i - 1] == k->n - k->size + i - 1)
		i--;
	if (i == 0)
		return false;
	for (size_t next = k->part[i - 1] + 1; i <= k->size; i++)
		k->part[i - 1] = next++;
	return true;
}

/* Go from a subset that comes in any case to the next, or to those drawn. */
static void
leave(struct kernel_shap *k)
{
	k->other = !k->other && 2 * k->size != k->n;
	if (k->other || advance(k))
		return;
	k->size++;
	for (size_t i = 0; i < k->n; i++)
		k->part[i] = i;
}

/* Draw a size from those in the middle, by its mass. */
static size_t
draw_size(struct kernel_shap *k)
{
	size_t first = k->whole + 1, last = k->n - first;
	double all = 0, at;

	for (size_t m = first; m <= last; m++)
		all += mass(k->n, m);
	at = (double)random_unit(&k->random) * all;
	for (size_t m = first; m < last; m++)
		if ((at -= mass(k->n, m)) < 0)
			return m;
	return last;
}

/* Draw a subset part[0..size): the first steps of a shuffle of any order. */
static void
draw(struct kernel_shap *k)
{
	k->size = draw_size(k);
	for (size_t i = 0; i < k->size; i++) {
		size_t j = i + random_below(&k->random, (uint32_t)(k->n - i));
		size_t part = k->part[j];

		k->part[j] = k->part[i];
		k->part[i] = part;
	}
}

/* Keep the parts part[0..size), or all others. */
static void
set(const struct kernel_shap *k, bool *keep)
{
	for (size_t i = 0; i < k->n; i++)
		keep[i] = k->other;
	for (size_t i = 0; i < k->size; i++)
		keep[k->part[i]] = !k->other;
}

bool
kernel_shap_next(struct kernel_shap *k, bool *keep, double *weight)
{
	if (k->size == 0) {
		set(k, keep);
		*weight = 0;
		k->size = 1;
		return true;
	}
	if (!k->draws && k->size <= k->whole) {
		set(k, keep);
		*weight = mass(k->n, k->size) / subsets(k->n, k->size);
		leave(k);
		return true;
	}
	k->draws = true;
	if (k->drawn == k->samples)
		return false;
	k->other = k->drawn++ % 2 == 1;
	if (!k->other)
		draw(k);
	set(k, keep);
	*weight = k->left;
	return true;
}
