/* SPDX-License-Identifier: ISC */
/*
 * packed_baseline: the path for any machine.
 *
 * With a fused multiply-add instruction, the compiler vectorises the plain loop
 * of tile_careful.  x86-64 without one has SSE2: there sums are computed in
 * double, two at a time, and rounded to float after each step.  This can be
 * wrong only if a sum is the middle between two floats (exact.h): the low bits
 * show it, and the step is done again by exact_sum.
 *
 * Sums below 2^-126 would need the same care, unless every product is 0 or at
 * least 2^-101: then every sum is a multiple of 2^-148, so a small sum is a
 * float and needs no rounding.  So the smallest numbers of a tile are checked
 * first; a row that fails is left to tile_careful.
 */
#include "math/packed_path.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "math/exact.h"

static void
tile_careful(const struct packed_tile *t, size_t rows)
{
	for (size_t r = 0; r < rows; r++) {
		const float *a = t->A + r * t->k, *w = t->panel;
		float sum[PACKED_LANES] = {0};

		for (size_t l = 0; l < t->k; l++, w += PACKED_LANES)
			for (size_t j = 0; j < PACKED_LANES; j++)
				sum[j] = exact_fmaf(a[l], w[j], sum[j]);
		memcpy(t->C + r * t->stride, sum, (t->n < PACKED_LANES ? t->n :
		    PACKED_LANES) * sizeof *sum);
	}
}

#if defined(__SSE2__) && !defined(FP_FAST_FMAF)
#include <emmintrin.h>

enum { ROWS = 8, DEPTH = 256 };	/* a piece of a panel in double: 32 KiB */

/* The smallest size of the n numbers that are not 0, but at most 1. */
static float
smallest(const float *x, size_t n)
{
	float least = 1;

	for (size_t i = 0; i < n; i++) {
		float size = fabsf(x[i]);

		least = size < least && size > 0 ? size : least;
	}
	return least;
}

/* One step of eight sums, by exact_sum. */
static __attribute__((noinline)) void
step_careful(double a, const double *w, __m128d sum[4])
{
	double sums[8];

	for (size_t j = 0; j < 4; j++)
		_mm_storeu_pd(sums + 2 * j, sum[j]);
	for (size_t j = 0; j < 8; j++)
		sums[j] = (double)exact_sum(a * w[j], sums[j]);
	for (size_t j = 0; j < 4; j++)
		sum[j] = _mm_loadu_pd(sums + 2 * j);
}

/* Add k more terms to eight sums of a row, which are floats in double. */
static void
row_fast(size_t k, const float *a, const double *panel, double *sums)
{
	const __m128i low = _mm_set1_epi32(EXACT_LOW);
	const __m128i middle = _mm_set1_epi32(EXACT_MIDDLE);
	__m128d sum[4];

	HINT_UNROLL(4)
	for (size_t j = 0; j < 4; j++)
		sum[j] = _mm_loadu_pd(sums + 2 * j);
	for (size_t l = 0; l < k; l++, panel += PACKED_LANES) {
		__m128d x = _mm_set1_pd((double)a[l]), s[4];
		__m128i bits[2];

		HINT_UNROLL(4)
		for (size_t j = 0; j < 4; j++)
			s[j] = _mm_add_pd(_mm_mul_pd(_mm_load_pd(panel + 2 * j),
			    x), sum[j]);
		HINT_UNROLL(2)
		for (size_t j = 0; j < 2; j++)
			bits[j] = _mm_cmpeq_epi32(_mm_and_si128(
			    _mm_castps_si128(_mm_shuffle_ps(_mm_castpd_ps(
			    s[2 * j]), _mm_castpd_ps(s[2 * j + 1]), 0x88)),
			    low), middle);
		if (_mm_movemask_epi8(_mm_or_si128(bits[0], bits[1])) != 0) {
			step_careful((double)a[l], panel, sum);
			continue;
		}
		HINT_UNROLL(4)
		for (size_t j = 0; j < 4; j++)
			sum[j] = _mm_cvtps_pd(_mm_cvtpd_ps(s[j]));
	}
	HINT_UNROLL(4)
	for (size_t j = 0; j < 4; j++)
		_mm_storeu_pd(sums + 2 * j, sum[j]);
}

static void
tile_baseline(const struct packed_tile *t, size_t rows, size_t wide)
{
	_Alignas(16) double panel[DEPTH * PACKED_LANES];
	double sum[ROWS][PACKED_LANES] = {0};
	double least = (double)smallest(t->panel, t->k * PACKED_LANES);
	size_t n = t->n < PACKED_LANES ? t->n : PACKED_LANES;
	bool good[ROWS];

	(void)wide;
	for (size_t r = 0; r < rows; r++)
		good[r] = (double)smallest(t->A + r * t->k, t->k) * least >=
		    0x1p-101;
	for (size_t l = 0; l < t->k; l += DEPTH) {
		size_t depth = t->k - l < DEPTH ? t->k - l : DEPTH;

		for (size_t i = 0; i < depth * PACKED_LANES; i++)
			panel[i] = (double)t->panel[l * PACKED_LANES + i];
		for (size_t r = 0; r < rows; r++)
			for (size_t j = 0; good[r] && j < n; j += 8)
				row_fast(depth, t->A + r * t->k + l, panel + j,
				    sum[r] + j);
	}
	for (size_t r = 0; r < rows; r++) {
		struct packed_tile one = *t;

		one.A = t->A + r * t->k;
		one.C = t->C + r * t->stride;
		if (!good[r])
			tile_careful(&one, 1);
		for (size_t j = 0; good[r] && j < n; j++)
			one.C[j] = (float)sum[r][j];
	}
}

#else
enum { ROWS = 1 };

static void
tile_baseline(const struct packed_tile *t, size_t rows, size_t wide)
{
	(void)wide;
	tile_careful(t, rows);
}
#endif

const struct packed_path packed_baseline = {
	.rows = ROWS, .wide = 1, .multiply = tile_baseline,
};
