/* SPDX-License-Identifier: ISC */
/*
 * lanes_baseline: the path for any machine, a float at a time; on x86-64
 * without fused multiply-add four floats at a time, by SSE2.
 *
 * There FMA is done in double, and rounded to float.  This can be wrong only if
 * the sum is the middle between two floats, or below 2^-126 (exact.h).  Then
 * all four are computed again by exact_fmaf.
 */
#include "math/lanes_path.h"

#include <math.h>

#include "math/exact.h"

#define LANES(name) name##_baseline
#if defined(__SSE2__) && !defined(FP_FAST_FMAF)
#include <emmintrin.h>

static __attribute__((noinline)) __m128
fma_careful(__m128 a, __m128 b, __m128 c)
{
	float x[4], y[4], z[4];

	_mm_storeu_ps(x, a);
	_mm_storeu_ps(y, b);
	_mm_storeu_ps(z, c);
	for (int i = 0; i < 4; i++)
		z[i] = exact_fmaf(x[i], y[i], z[i]);
	return _mm_loadu_ps(z);
}

static inline __attribute__((always_inline)) __m128d
sum_of(__m128 a, __m128 b, __m128 c)
{
	return _mm_add_pd(_mm_mul_pd(_mm_cvtps_pd(a), _mm_cvtps_pd(b)),
	    _mm_cvtps_pd(c));
}

static inline __attribute__((always_inline)) __m128
fma_sse2(__m128 a, __m128 b, __m128 c)
{
	__m128d s0 = sum_of(a, b, c);
	__m128d s1 = sum_of(_mm_movehl_ps(a, a), _mm_movehl_ps(b, b),
	    _mm_movehl_ps(c, c));
	__m128i low = _mm_castps_si128(_mm_shuffle_ps(_mm_castpd_ps(s0),
	    _mm_castpd_ps(s1), 0x88));
	__m128i high = _mm_castps_si128(_mm_shuffle_ps(_mm_castpd_ps(s0),
	    _mm_castpd_ps(s1), 0xdd));
	__m128i middle = _mm_cmpeq_epi32(_mm_and_si128(low,
	    _mm_set1_epi32(EXACT_LOW)), _mm_set1_epi32(EXACT_MIDDLE));
	/*
	 * Small: the high bits of |s| are 1 to those of 2^-126 less 1.  Adding
	 * 2^31 - 1 makes 0 the largest number, and 1 the smallest.
	 */
	__m128i small = _mm_cmplt_epi32(_mm_add_epi32(_mm_and_si128(high,
	    _mm_set1_epi32(0x7fffffff)), _mm_set1_epi32(0x7fffffff)),
	    _mm_set1_epi32(0x380fffff - 0x7fffffff - 1));

	if (__builtin_expect(_mm_movemask_epi8(_mm_or_si128(middle, small)) !=
	    0, 0))
		return fma_careful(a, b, c);
	return _mm_movelh_ps(_mm_cvtpd_ps(s0), _mm_cvtpd_ps(s1));
}

static inline __m128
load_some(const float *p, size_t n)
{
	float some[4] = {0};

	memcpy(some, p, n * sizeof *p);
	return _mm_loadu_ps(some);
}

static inline void
store_some(float *p, __m128 v, size_t n)
{
	float some[4];

	_mm_storeu_ps(some, v);
	memcpy(p, some, n * sizeof *p);
}

#define VEC __m128
#define WIDTH 4
#define SET(c) _mm_set1_ps(c)
#define LOAD(p) _mm_loadu_ps(p)
#define STORE(p, v) _mm_storeu_ps((p), (v))
#define LOAD_SOME(p, n) load_some((p), (n))
#define STORE_SOME(p, v, n) store_some((p), (v), (n))
#define MIN(a, b) _mm_min_ps((a), (b))
#define MAX(a, b) _mm_max_ps((a), (b))
#define FMA(a, b, c) fma_sse2((a), (b), (c))
#define SQRT(a) _mm_sqrt_ps(a)
#define POWER(a) _mm_castsi128_ps(_mm_slli_epi32(_mm_castps_si128(a), 23))
#define ABS(a) _mm_andnot_ps(SET(-0.0f), (a))
#define SIGNED(a, b) _mm_or_ps((a), _mm_and_ps(SET(-0.0f), (b)))
#else
#define VEC float
#define WIDTH 1
#define SET(c) (c)
#define LOAD(p) (*(p))
#define STORE(p, v) (*(p) = (v))
#define LOAD_SOME(p, n) ((void)(n), *(p))
#define STORE_SOME(p, v, n) ((void)(n), *(p) = (v))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define FMA(a, b, c) exact_fmaf((a), (b), (c))
#define SQRT(a) sqrtf(a)
#define POWER(a) of_bits(bits_of(a) << 23)
#define ABS(a) of_bits(bits_of(a) & 0x7fffffffu)
#define SIGNED(a, b) of_bits(bits_of(a) | (bits_of(b) & 0x80000000u))
#endif
#define DVEC double
#define DWIDTH 1
#define DSET(c) ((double)(c))
#define DLOAD(p) (*(p))
#define DWIDEN(p) ((double)*(p))
#define DSTORE(p, v) (*(p) = (v))
#define DFMA(a, b, c) fma((a), (b), (c))
#include "lanes.inc"

const struct lanes_path lanes_baseline = {KERNELS(RUN_ROW, GIVE_ROW)};
