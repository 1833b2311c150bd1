/* SPDX-License-Identifier: ISC */
/*
 * packed_baseline: the path for any machine.
 *
 * With a fused multiply-add instruction, the compiler vectorises the plain loop
 * of tile_careful.  x86-64 without one has SSE2: there the 16 sums of a row and
 * a panel stay in registers, as doubles that are floats.  A step is
 *
 *     s = sum + a w        in double
 *     t = s + half         of a float's last place: integers, on the bits
 *     sum = t & ~low       the 29 bits that a float lacks
 *
 * This is wrong only if s is the middle between two floats (exact.h): then the
 * low bits of t are 0.  The least of them over a few steps and all sums shows
 * whether this happened; if so, these few steps are done again with more care.
 * Middles are rare with weights of 24 bits, but not with those of 11 (F16).
 *
 * The steps are also wrong for sums that overflow a float, and for sums below
 * 2^-126, unless every product is 0 or at least 2^-101: then every sum is a
 * multiple of 2^-148, so a small sum is a float and needs no rounding.  So the
 * least and the largest numbers are looked at first, and a row that fails is
 * left to tile_careful.
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

enum {
	ROWS = 32,
	WIDE = 64,
	DEPTH = 192,		/* a piece of a panel in double: 24 KiB */
	STEPS = 4,		/* between two tests for a middle */
	PAIRS = PACKED_LANES / 2,
};

/*
 * The sizes of numbers: the least that is not 0 (at most 1), and the largest.
 * NaN is skipped.
 */
struct range {
	float least, most;
};

static struct range
range_of(const float *x, size_t n)
{
	__m128 least = _mm_set1_ps(1), most = _mm_setzero_ps(), size;
	float l[4], m[4], some[4] = {0};
	struct range r = {1, 0};

	for (size_t i = 0; i < n; i += 4) {
		if (n - i < 4)
			memcpy(some, x + i, (n - i) * sizeof *x);
		size = _mm_loadu_ps(n - i < 4 ? some : x + i);
		size = _mm_andnot_ps(_mm_set1_ps(-0.0f), size);
		most = _mm_max_ps(size, most);
		/* 0 becomes NaN, and the minimum its second argument */
		least = _mm_min_ps(_mm_or_ps(size, _mm_cmpeq_ps(size,
		    _mm_setzero_ps())), least);
	}
	_mm_storeu_ps(l, least);
	_mm_storeu_ps(m, most);
	for (size_t i = 0; i < 4; i++) {
		r.least = l[i] < r.least ? l[i] : r.least;
		r.most = m[i] > r.most ? m[i] : r.most;
	}
	return r;
}

/*
 * One step of the 16 sums of a row: add x times w, a row of the panel.  After a
 * middle, one of least is 0.
 */
static inline __attribute__((always_inline)) void
step(__m128d x, const double *w, __m128d sum[PAIRS], __m128 *least)
{
	const __m128i half = _mm_set1_epi64x(EXACT_MIDDLE);
	const __m128i bits_24 = _mm_set1_epi64x(~(long long)EXACT_LOW);
	const __m128i low = _mm_set1_epi32(EXACT_LOW);

	HINT_UNROLL(4)
	for (size_t j = 0; j < PAIRS; j += 2) {
		__m128i s[2], cut;

	HINT_UNROLL(2)
		for (size_t i = 0; i < 2; i++) {
			s[i] = _mm_castpd_si128(_mm_add_pd(sum[j + i],
			    _mm_mul_pd(_mm_load_pd(w + 2 * (j + i)), x)));
			s[i] = _mm_add_epi64(s[i], half);
			sum[j + i] = _mm_castsi128_pd(_mm_and_si128(s[i],
			    bits_24));
		}
		cut = _mm_castps_si128(_mm_shuffle_ps(_mm_castsi128_ps(s[0]),
		    _mm_castsi128_ps(s[1]), 0x88));
		*least = _mm_min_ps(*least, _mm_castsi128_ps(_mm_and_si128(cut,
		    low)));
	}
}

/*
 * The same, for any sums: those of exact_sum.  If the sum was rounded away from
 * zero, the double below it is rounded instead.  A middle that was not rounded
 * goes to the even float.
 */
static inline __attribute__((always_inline)) void
step_exact(__m128d x, const double *w, __m128d sum[PAIRS])
{
	const __m128i half = _mm_set1_epi64x(EXACT_MIDDLE);
	const __m128i bits_24 = _mm_set1_epi64x(~(long long)EXACT_LOW);
	const __m128i last = _mm_set1_epi64x(EXACT_LOW + 1);

	for (size_t j = 0; j < PAIRS; j++) {
		__m128d c = sum[j], p = _mm_mul_pd(_mm_load_pd(w + 2 * j), x);
		__m128d s = _mm_add_pd(p, c), t = _mm_sub_pd(s, p);
		__m128d error = _mm_add_pd(_mm_sub_pd(p, _mm_sub_pd(s, t)),
		    _mm_sub_pd(c, t));
		__m128d off = _mm_cmpneq_pd(error, _mm_setzero_pd());
		__m128i up, r, even;

		/* -1 if the error has the other sign, or 0 */
		up = _mm_castpd_si128(_mm_and_pd(off, _mm_xor_pd(error, s)));
		up = _mm_shuffle_epi32(_mm_srai_epi32(up, 31), 0xf5);
		up = _mm_add_epi64(_mm_add_epi64(_mm_castpd_si128(s), up),
		    half);
		r = _mm_and_si128(up, bits_24);
		even = _mm_and_si128(_mm_cmpeq_epi32(up, r), last);
		even = _mm_andnot_si128(_mm_castpd_si128(off), even);
		sum[j] = _mm_castsi128_pd(_mm_andnot_si128(even, r));
	}
}

static inline bool
has_zero(__m128 x)
{
	return _mm_movemask_epi8(_mm_cmpeq_epi32(_mm_castps_si128(x),
	    _mm_setzero_si128())) != 0;
}

/* k steps; those with a middle again by step_exact. */
static __attribute__((noinline)) void
steps_careful(size_t k, const float *a, const double *w, double *sums)
{
	__m128d sum[PAIRS];

	for (size_t l = 0; l < k; l++, w += PACKED_LANES) {
		__m128d x = _mm_set1_pd((double)a[l]);
		__m128 least = _mm_set1_ps(1);

		for (size_t j = 0; j < PAIRS; j++)
			sum[j] = _mm_load_pd(sums + 2 * j);
		step(x, w, sum, &least);
		if (has_zero(least)) {
			for (size_t j = 0; j < PAIRS; j++)
				sum[j] = _mm_load_pd(sums + 2 * j);
			step_exact(x, w, sum);
		}
		for (size_t j = 0; j < PAIRS; j++)
			_mm_store_pd(sums + 2 * j, sum[j]);
	}
}

/* Add k terms to the 16 sums of a row. */
static inline void
row_fast(size_t k, const float *a, const double *w, double *sums)
{
	__m128d sum[PAIRS];

	HINT_UNROLL(8)
	for (size_t j = 0; j < PAIRS; j++)
		sum[j] = _mm_load_pd(sums + 2 * j);
	for (size_t l = 0, n; l < k; l += n, w += n * PACKED_LANES) {
		__m128 least = _mm_set1_ps(1);
		size_t i = 0;

		n = k - l < STEPS ? k - l : STEPS;
		for (; i + 2 <= n; i += 2) {
			__m128d x = _mm_cvtps_pd(_mm_castsi128_ps(
			    _mm_loadl_epi64((const __m128i *)(a + l + i))));

			step(_mm_unpacklo_pd(x, x), w + i * PACKED_LANES, sum,
			    &least);
			step(_mm_unpackhi_pd(x, x), w + (i + 1) * PACKED_LANES,
			    sum, &least);
		}
		if (i < n)
			step(_mm_set1_pd((double)a[l + i]),
			    w + i * PACKED_LANES, sum, &least);
		if (has_zero(least)) {
			steps_careful(n, a + l, w, sums);
	HINT_UNROLL(8)
			for (size_t j = 0; j < PAIRS; j++)
				sum[j] = _mm_load_pd(sums + 2 * j);
		} else {
	HINT_UNROLL(8)
			for (size_t j = 0; j < PAIRS; j++)
				_mm_store_pd(sums + 2 * j, sum[j]);
		}
	}
}

/* Set one panel of C, for the rows that are good. */
static void
panel_fast(const struct packed_tile *t, size_t rows, const bool *good)
{
	_Alignas(16) double panel[DEPTH * PACKED_LANES];
	_Alignas(16) double sum[ROWS][PACKED_LANES] = {0};
	size_t n = t->n < PACKED_LANES ? t->n : PACKED_LANES;

	for (size_t l = 0; l < t->k; l += DEPTH) {
		size_t depth = t->k - l < DEPTH ? t->k - l : DEPTH;

		for (size_t i = 0; i < depth * PACKED_LANES; i++)
			panel[i] = (double)t->panel[l * PACKED_LANES + i];
		for (size_t r = 0; r < rows; r++)
			if (good[r])
				row_fast(depth, t->A + r * t->k + l, panel,
				    sum[r]);
	}
	for (size_t r = 0; r < rows; r++)
		for (size_t j = 0; good[r] && j < n; j++)
			t->C[r * t->stride + j] = (float)sum[r][j];
}

static void
tile_baseline(const struct packed_tile *t, size_t rows, size_t wide)
{
	struct range a[ROWS];

	for (size_t r = 0; r < rows; r++)
		a[r] = range_of(t->A + r * t->k, t->k);
	for (size_t p = 0; p < wide; p++) {
		size_t from = p * PACKED_LANES;
		struct packed_tile one = {t->k, t->n - from, t->A,
		    t->panel + from * t->k, t->C + from, t->stride};
		struct range w = range_of(one.panel, t->k * PACKED_LANES);
		bool good[ROWS];

		for (size_t r = 0; r < rows; r++)
			good[r] = (double)a[r].least * (double)w.least >=
			    0x1p-101 && (double)a[r].most * (double)w.most *
			    (double)t->k < 0x1p127;
		panel_fast(&one, rows, good);
		for (size_t r = 0; r < rows; r++) {
			one.A = t->A + r * t->k;
			one.C = t->C + r * t->stride + from;
			if (!good[r])
				tile_careful(&one, 1);
		}
	}
}

#else
enum { ROWS = 1, WIDE = 1 };

static void
tile_baseline(const struct packed_tile *t, size_t rows, size_t wide)
{
	(void)wide;
	tile_careful(t, rows);
}
#endif

const struct packed_path packed_baseline = {
	.rows = ROWS, .wide = WIDE, .multiply = tile_baseline,
};
