/* SPDX-License-Identifier: ISC */
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

/* What a sample counts that keeps m parts. */
static double
kernel(const struct lime *l, size_t m)
{
	double d = 100 * (1 - sqrt((double)m / (double)l->n)) / kernel_width;

	return exp(-d * d / 2);
}

/* How often a subset of m parts, not all, is drawn on average. */
static double
expected(const struct lime *l, size_t m)
{
	double subsets = 1;

	for (size_t i = 0; i < m; i++)
		subsets *= (double)(l->n - i) / (double)(i + 1);
	return (double)(l->samples - 1) / (double)l->n / subsets;
}

/* Subset number next: its complement's bits, so that the whole is first. */
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
