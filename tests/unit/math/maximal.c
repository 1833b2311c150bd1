/* SPDX-License-Identifier: ISC */
/* maximal: the segments against their definition, and long sequences. */
#include "math/maximal.h"

#include <stdlib.h>

#include "base/mem.h"
#include "check.h"
#include "math/random.h"

enum { SHORT = 11, LONG = 1000000 };

static double
sum_of(const double *x, size_t first, size_t last)
{
	double sum = 0;

	for (size_t i = first; i <= last; i++)
		sum += x[i];
	return sum;
}

/* P1: no smaller segment inside, nor the empty one, has as large a sum. */
static bool
has_p1(const double *x, size_t first, size_t last)
{
	double sum = sum_of(x, first, last);

	if (sum <= 0)
		return false;
	for (size_t i = first; i <= last; i++)
		for (size_t j = i; j <= last; j++)
			if ((i > first || j < last) && sum_of(x, i, j) >= sum)
				return false;
	return true;
}

/* P2: no larger segment around has P1. */
static bool
has_p2(size_t n, const double *x, size_t first, size_t last)
{
	for (size_t i = 0; i <= first; i++)
		for (size_t j = last; j < n; j++)
			if ((i < first || j > last) && has_p1(x, i, j))
				return false;
	return true;
}

/* True if these are all maximal segments of x [n], in order. */
static bool
are_all(size_t n, const double *x, size_t m, const struct maximal *s)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = i; j < n; j++) {
			if (!has_p1(x, i, j) || !has_p2(n, x, i, j))
				continue;
			if (k == m || s[k].first != i || s[k].last != j ||
			    s[k].sum != sum_of(x, i, j))
				return false;
			k++;
		}
	return k == m;
}

/* Segments for and against never cross: one contains the other. */
static bool
nest(size_t m, const struct maximal *a, size_t n, const struct maximal *b)
{
	for (size_t i = 0; i < m; i++)
		for (size_t j = 0; j < n; j++) {
			bool apart = a[i].last < b[j].first ||
			    b[j].last < a[i].first;
			bool outer = a[i].first <= b[j].first &&
			    b[j].last <= a[i].last;
			bool inner = b[j].first <= a[i].first &&
			    a[i].last <= b[j].last;

			if (!apart && !outer && !inner)
				return false;
		}
	return true;
}

static void
check_short(void)
{
	struct random r = random_seeded(1, 2);
	struct maximal to[SHORT], against[SHORT];
	double x[SHORT], y[SHORT];
	size_t wrong = 0, crossed = 0;

	for (size_t k = 0; k < 3000; k++) {
		size_t n = k % (SHORT + 1), m, a;

		for (size_t i = 0; i < n; i++) {
			x[i] = (double)random_below(&r, 9) - 4;
			y[i] = -x[i];
		}
		m = maximal_segments(n, x, 1, to);
		wrong += !are_all(n, x, m, to);
		a = maximal_segments(n, y, 1, against);
		crossed += !nest(m, to, a, against);
		a = maximal_segments(n, x, -1, against);
		for (size_t i = 0; i < a; i++)
			against[i].sum = -against[i].sum;
		wrong += !are_all(n, y, a, against);
	}
	CHECK(wrong == 0, "segments for and against, by the definition");
	CHECK(crossed == 0, "segments for and against do not cross");
}

/* Long sequences, whose candidates are merged often, late or never: a search
 * that is not linear would need minutes. */
static void
check_long(void)
{
	double *x = mem_calloc(LONG, sizeof *x);
	struct maximal *to = mem_calloc(LONG, sizeof *to);
	size_t m;

	for (size_t i = 0; i < LONG; i++)
		x[i] = i % 2 == 0 ? 1 : -2;
	m = maximal_segments(LONG, x, 1, to);
	CHECK(m == LONG / 2, "each number over 0 is a segment");
	for (size_t i = 0; i < LONG; i++)
		x[i] = i % 2 == 0 ? 2 : -1;
	m = maximal_segments(LONG, x, 1, to);
	CHECK(m == 1 && to[0].last == LONG - 2, "one segment");
	/* down, and at the end up in one step that joins all */
	for (size_t i = 0; i < LONG; i++)
		x[i] = i % 2 == 0 ? 1 : i < LONG / 2 ? -2 : -.25;
	x[LONG - 1] = LONG;
	m = maximal_segments(LONG, x, 1, to);
	CHECK(to[m - 1].last == LONG - 1, "joined at the end");
	free(x);
	free(to);
}

int
main(void)
{
	check_short();
	check_long();
	return check_done();
}
