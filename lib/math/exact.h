/* SPDX-License-Identifier: ISC */
/*
 * exact: a fused multiply-add of floats, for machines without the instruction.
 *
 * The product a b has 48 bits, so it is exact in double.  The sum with c is
 * rounded to 53 bits, and then again to the 24 bits of a float.  Rounding twice
 * gives the right float except in one case: the 53 bits lie exactly in the
 * middle between two floats, and only the bits that were cut off decide on
 * which side the true sum lies.
 *
 *     24 bits of a float   | 29 more bits           | cut off
 *     1 0 1 ... 1 0 1      | 1 0 0 0 ... 0          | 0 ... 0 1
 *
 * The low 29 bits of the sum show that it is a middle.  Such a sum is rounded
 * to odd: if something was cut off (two-sum gives this error exactly) and the
 * last bit is 0, the neighbour on the side of the true sum is taken, whose last
 * bit is 1.  This is no longer a middle, and is rounded as the true sum would
 * be.  Below 2^-126 floats have fewer bits and the middle lies elsewhere, so
 * all sums that small are rounded to odd.  NaN and infinity pass unchanged.
 *
 * tests/unit/math/exact.c compares exact_fmaf with fmaf in hard cases.
 */
#ifndef MATH_EXACT_H
#define MATH_EXACT_H

#include <math.h>
#include <stdint.h>
#include <string.h>

/* The low bits of a double that a float lacks, and their middle. */
#define EXACT_LOW 0x1fffffffu
#define EXACT_MIDDLE 0x10000000u

/* The sum of p, a product of two floats, and c, rounded once to a float. */
static inline float
exact_sum(double p, double c)
{
	double s = p + c, t, error;
	uint64_t bits;

	memcpy(&bits, &s, sizeof bits);
	if ((bits & EXACT_LOW) != EXACT_MIDDLE && !(fabs(s) < 0x1p-126))
		return (float)s;
	t = s - p;
	error = (p - (s - t)) + (c - t);
	if (error != 0 && isfinite(error) && (bits & 1) == 0) {
		bits += (error > 0) == (s > 0) ? 1 : UINT64_MAX;
		memcpy(&s, &bits, sizeof s);
	}
	return (float)s;
}

/* fmaf(a, b, c); by the instruction if there is one. */
static inline float
exact_fmaf(float a, float b, float c)
{
#ifdef FP_FAST_FMAF
	return fmaf(a, b, c);
#else
	return exact_sum((double)a * (double)b, (double)c);
#endif
}

#endif
