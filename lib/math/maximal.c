/* SPDX-License-Identifier: ISC */
/*
 * Let C_i be the sum of the first i numbers.  Candidates are segments that are
 * maximal among the numbers read so far.  Candidate k has the sum L_k before it
 * and R_k behind it:
 *
 *     C   .     R_1         R_2
 *          .   /  \         /
 *           . /    \       /
 *            L_1    \     /      L_2 < L_1: two segments
 *                    \   /
 *                     L_2
 *
 * Each number over 0 is a new candidate k.
 *
 *     1. Find the last candidate j before it with L_j < L_k.
 *     2. If there is none, or R_j >= R_k, candidate k remains.
 *     3. Otherwise k, j and all between become one, which begins where j
 *        does.  Its L is that of j, and so is the result of step 1: go to 2.
 *
 * Each candidate remembers its j of step 1.  All between j and the candidate
 * have an L that is not smaller, so a search that passes the candidate goes on
 * at its j.  A link that a search has followed is then behind the link of k, or
 * its candidate is merged: no link is followed twice, and the time is linear.
 *
 * Easy to get wrong: a sum of 0 before a segment does not belong to it (P1 asks
 * for a smaller sum inside), therefore < in 1 and >= in 2.
 *
 * Source: Ruzzo and Tompa, "A linear time algorithm for finding all maximal
 * scoring subsequences", ISMB 1999.
 */
#include "math/maximal.h"

#include <stdlib.h>

#include "base/mem.h"

struct candidate {
	size_t first, last;
	double left, right;	/* L and R */
	size_t before;		/* 1 + the index of j of step 1, or 0 */
};

/* The last candidate before k with a smaller L, plus 1; or 0. */
static size_t
find_before(const struct candidate *c, size_t k)
{
	size_t j = k;

	while (j > 0 && c[j - 1].left >= c[k].left)
		j = c[j - 1].before;
	return j;
}

/* Candidate k is new.  Returns how many candidates there are then. */
static size_t
settle(struct candidate *c, size_t k)
{
	c[k].before = find_before(c, k);
	for (size_t j; (j = c[k].before) > 0 && c[j - 1].right < c[k].right; ) {
		c[j - 1].last = c[k].last;
		c[j - 1].right = c[k].right;
		k = j - 1;
	}
	return k + 1;
}

size_t
maximal_segments(size_t n, const double *x, double sign, struct maximal *to)
{
	struct candidate *c = mem_calloc(n + 1, sizeof *c);
	double sum = 0;
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		double before = sum;

		sum += sign * x[i];
		if (sign * x[i] <= 0)
			continue;
		c[k] = (struct candidate){i, i, before, sum, 0};
		k = settle(c, k);
	}
	for (size_t i = 0; i < k; i++) {
		to[i] = (struct maximal){c[i].first, c[i].last, 0};
		for (size_t j = c[i].first; j <= c[i].last; j++)
			to[i].sum += x[j];
	}
	free(c);
	return k;
}
