/* SPDX-License-Identifier: ISC */
/*
 * maximal: all maximal scoring segments of a sequence of numbers.
 *
 * A segment is a run of neighbours.  It is maximal if
 *
 *     P1   each smaller segment inside of it, also the empty one, has a smaller
 *          sum, and
 *     P2   no larger segment around it has P1.
 *
 * The sum of a maximal segment is positive, and two of them never overlap.  A
 * number over 0 is in exactly one of them.
 *
 *     5  -3   4  -9   2   1  -1
 *     `---6---´       `-3-´
 */
#ifndef MATH_MAXIMAL_H
#define MATH_MAXIMAL_H

#include <stddef.h>

struct maximal {
	size_t first, last;
	double sum;		/* of the numbers, from first to last */
};

/*
 * Set to [n], which the caller owns, to the maximal segments of sign x [n], by
 * their place.  Returns how many.  The time is linear in n.  The sums that
 * decide are doubles: segments can differ from the definition where two of them
 * are equal but for rounding.
 */
size_t maximal_segments(size_t n, const double *x, double sign,
    struct maximal *to);

#endif
