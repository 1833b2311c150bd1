/* SPDX-License-Identifier: ISC */
/*
 * exact: a fused multiply-add of floats without an instruction for it.
 *
 * a b has 48 bits, so it is exact in double; only the sum with c is rounded,
 * to 53 bits, and rounding that again to 24 bits gives the right float, except
 * in one case: if the 53 bits lie just in the middle between two floats, and
 * what was cut off says on which side the true sum lies.
 *
 *     24 bits of a float   | 29 bits more           | cut off
 *     1 0 1 ... 1 0 1      | 1 0 0 0 ... 0          | 0 ... 0 1
 *
 * The middle is known by the low 29 bits of the sum.  There the sum is rounded
 * to odd: if something was cut off (its error is known exactly, by two-sum) and
 * the last bit is 0, the neighbour whose last bit is 1 is taken, on the side of
 * the true sum.  It is no middle any more and is rounded as the true sum is.
 * Below 2^-126 floats have fewer bits and the middle lies elsewhere, so every
 * small sum goes that way.  NaN and infinity pass.
 *
 * tests/unit/math/exact.c compares it with fmaf over hard cases.
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

/* fmaf(a, b, c): by the instruction, if the compiler has it. */
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
