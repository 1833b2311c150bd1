/* SPDX-License-Identifier: ISC */
#include "math/lanes.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "math/cpu.h"

enum { LANES_BLOCK = 16 };	/* sums that lanes_dot keeps */

/*
 * What lanes.inc is written in.  A VEC is WIDTH floats:
 *
 *     MIN, MAX    a < b (a > b) ? a : b; so b if one is NaN
 *     FMA         a b + c, rounded once
 *     POWER       the low 9 bits moved to the exponent's and the sign's place
 *     ABS, SIGNED |a|; |a| with the sign of b, for a >= 0
 *     *_SOME      the first n < WIDTH, the others zero or not touched
 *
 * The baseline's VEC is one float, which has no SOME.  DVEC is the same for
 * DWIDTH doubles; DWIDEN loads as many floats.
 */
static inline uint32_t
bits_of(float x)
{
	uint32_t bits;

	memcpy(&bits, &x, 4);
	return bits;
}

static inline float
of_bits(uint32_t bits)
{
	float x;

	memcpy(&x, &bits, 4);
	return x;
}

/* The eight digits of bits, each in a byte, the first in the highest. */
static inline uint64_t
hex_digits(uint32_t bits)
{
	const uint64_t ones = 0x0101010101010101u;
	uint64_t v = bits, letter;

	v = (v | v << 16) & 0x0000ffff0000ffffu;
	v = (v | v << 8) & 0x00ff00ff00ff00ffu;
	v = (v | v << 4) & 15 * ones;
	letter = (v + 6 * ones) >> 4 & ones;
	/* 'a' - 10 is '0' + 39 */
	return v + '0' * ones + letter + (letter << 1) + (letter << 2) +
	    (letter << 5);
}

/*
 * Back.  A digit's value is its low four bits, and 9 more for a letter; it was
 * a digit if the value, below 16, gives the same byte when it is written again.
 * wrong gets bits where one was not.
 */
static inline uint32_t
hex_value(uint64_t c, uint64_t *wrong)
{
	const uint64_t ones = 0x0101010101010101u;
	uint64_t letter = c >> 6 & ones;
	uint64_t v = (c & 15 * ones) + letter + (letter << 3), high;

	high = (v + 6 * ones) >> 4 & ones;
	high = v + '0' * ones + high + (high << 1) + (high << 2) + (high << 5);
	*wrong |= (high ^ (c | letter << 5)) | (v & 0xf0 * ones);
	v = (v | v >> 4) & 0x00ff00ff00ff00ffu;
	v = (v | v >> 8) & 0x0000ffff0000ffffu;
	return (uint32_t)(v | v >> 16);
}

/* The first byte in memory becomes the highest of the number. */
static inline uint64_t
bytes_reversed(uint64_t v)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	return v;
#else
	return __builtin_bswap64(v);
#endif
}

#define LANES(name) name##_baseline
#define VEC float
#define WIDTH 1
#define SET(c) (c)
#define LOAD(p) (*(p))
#define STORE(p, v) (*(p) = (v))
#define LOAD_SOME(p, n) ((void)(n), *(p))
#define STORE_SOME(p, v, n) ((void)(n), *(p) = (v))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define FMA(a, b, c) fmaf((a), (b), (c))
#define POWER(a) of_bits(bits_of(a) << 23)
#define ABS(a) of_bits(bits_of(a) & 0x7fffffffu)
#define SIGNED(a, b) of_bits(bits_of(a) | (bits_of(b) & 0x80000000u))
#define DVEC double
#define DWIDTH 1
#define DSET(c) ((double)(c))
#define DLOAD(p) (*(p))
#define DWIDEN(p) ((double)*(p))
#define DSTORE(p, v) (*(p) = (v))
#define DFMA(a, b, c) fma((a), (b), (c))
#include "lanes.inc"

#ifdef CPU_X86
#include <immintrin.h>

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v3")
/* eight ones, then eight zeros: a mask of n starts at 8 - n */
static const int32_t ones[16] = {-1, -1, -1, -1, -1, -1, -1, -1};

static inline __m256i
mask_v3(size_t n)
{
	return _mm256_loadu_si256((const __m256i *)(ones + 8 - n));
}

#define LANES(name) name##_v3
#define VEC __m256
#define WIDTH 8
#define SET(c) _mm256_set1_ps(c)
#define LOAD(p) _mm256_loadu_ps(p)
#define STORE(p, v) _mm256_storeu_ps((p), (v))
#define LOAD_SOME(p, n) _mm256_maskload_ps((p), mask_v3(n))
#define STORE_SOME(p, v, n) _mm256_maskstore_ps((p), mask_v3(n), (v))
#define MIN(a, b) _mm256_min_ps((a), (b))
#define MAX(a, b) _mm256_max_ps((a), (b))
#define FMA(a, b, c) _mm256_fmadd_ps((a), (b), (c))
#define POWER(a) _mm256_castsi256_ps(_mm256_slli_epi32( \
	_mm256_castps_si256(a), 23))
#define ABS(a) _mm256_andnot_ps(SET(-0.0f), (a))
#define SIGNED(a, b) _mm256_or_ps((a), _mm256_and_ps(SET(-0.0f), (b)))
#define DVEC __m256d
#define DWIDTH 4
#define DSET(c) _mm256_set1_pd(c)
#define DLOAD(p) _mm256_load_pd(p)
#define DWIDEN(p) _mm256_cvtps_pd(_mm_load_ps(p))
#define DSTORE(p, v) _mm256_store_pd((p), (v))
#define DFMA(a, b, c) _mm256_fmadd_pd((a), (b), (c))
#include "lanes.inc"
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4,prefer-vector-width=512")
#define LANES(name) name##_v4
#define VEC __m512
#define WIDTH 16
#define SET(c) _mm512_set1_ps(c)
#define LOAD(p) _mm512_loadu_ps(p)
#define STORE(p, v) _mm512_storeu_ps((p), (v))
#define LOAD_SOME(p, n) _mm512_maskz_loadu_ps(FIRST(n), (p))
#define STORE_SOME(p, v, n) _mm512_mask_storeu_ps((p), FIRST(n), (v))
#define FIRST(n) ((__mmask16)((1u << (n)) - 1))
#define MIN(a, b) _mm512_min_ps((a), (b))
#define MAX(a, b) _mm512_max_ps((a), (b))
#define FMA(a, b, c) _mm512_fmadd_ps((a), (b), (c))
#define POWER(a) _mm512_castsi512_ps(_mm512_slli_epi32( \
	_mm512_castps_si512(a), 23))
#define ABS(a) _mm512_abs_ps(a)
#define SIGNED(a, b) _mm512_or_ps((a), _mm512_and_ps(SET(-0.0f), (b)))
#define DVEC __m512d
#define DWIDTH 8
#define DSET(c) _mm512_set1_pd(c)
#define DLOAD(p) _mm512_load_pd(p)
#define DWIDEN(p) _mm512_cvtps_pd(_mm256_load_ps(p))
#define DSTORE(p, v) _mm512_store_pd((p), (v))
#define DFMA(a, b, c) _mm512_fmadd_pd((a), (b), (c))
#include "lanes.inc"
#undef FIRST
#pragma GCC pop_options
#endif

/*
 * Every kernel: its name, its parameters, and the call.  A new loop of
 * lanes.inc needs a row here and nothing else: the table of paths and the
 * functions of lanes.h are made from it.  RUN returns nothing, GIVE(type, ...)
 * a value.
 */
#define KERNELS(RUN, GIVE) \
	RUN(gru, (size_t H, const float *p, const float *q, \
	    const float *bias_hh, float *h, float *c, float *gate), \
	    (H, p, q, bias_hh, h, c, gate)) \
	RUN(lstm, (size_t H, const float *p, const float *q, \
	    const float *bias_hh, float *h, float *c, float *gate), \
	    (H, p, q, bias_hh, h, c, gate)) \
	RUN(gru_back, (size_t H, const float *gate, const float *before, \
	    float *dh, float *dc, float *dq, float *dp), \
	    (H, gate, before, dh, dc, dq, dp)) \
	RUN(lstm_back, (size_t H, const float *gate, const float *before, \
	    float *dh, float *dc, float *dq, float *dp), \
	    (H, gate, before, dh, dc, dq, dp)) \
	RUN(adam, (size_t n, const struct lanes_adam *a, const float *g, \
	    float *x, float *m, float *v), (n, a, g, x, m, v)) \
	RUN(line, (size_t n, float q, const float *P, const float *b, \
	    float *p), (n, q, P, b, p)) \
	GIVE(double, along, (size_t n, const float *P, const float *d), \
	    (n, P, d)) \
	GIVE(double, dot, (size_t H, const float *W, const double *x), \
	    (H, W, x)) \
	RUN(written, (size_t H, const float *s, const float *a, \
	    const float *before, double *e), (H, s, a, before, e)) \
	RUN(carry, (size_t H, const double *R, const float *after, double *G), \
	    (H, R, after, G)) \
	RUN(shapley, (size_t T, size_t nodes, const double *q, \
	    const double *weight, const float *s, const float *a, \
	    const double *R, double *l, double *x), \
	    (T, nodes, q, weight, s, a, R, l, x)) \
	RUN(to_hex, (size_t n, const float *v, char *to), (n, v, to)) \
	GIVE(bool, from_hex, (size_t n, const char *from, float *v), \
	    (n, from, v)) \
	RUN(exp, (size_t n, const float *x, float *y), (n, x, y)) \
	RUN(tanh, (size_t n, const float *x, float *y), (n, x, y)) \
	RUN(sigmoid, (size_t n, const float *x, float *y), (n, x, y))

#define RUN_MEMBER(name, parameters, arguments) \
	void (*name##_kernel)parameters;
#define GIVE_MEMBER(type, name, parameters, arguments) \
	type (*name##_kernel)parameters;

struct path {
	KERNELS(RUN_MEMBER, GIVE_MEMBER)
};

/* In the order of enum cpu_path. */
static const struct path paths[] = {
#define RUN_BASELINE(name, parameters, arguments) name##_baseline,
#define GIVE_BASELINE(type, name, parameters, arguments) name##_baseline,
	{KERNELS(RUN_BASELINE, GIVE_BASELINE)},
#ifdef CPU_X86
#define RUN_V3(name, parameters, arguments) name##_v3,
#define GIVE_V3(type, name, parameters, arguments) name##_v3,
	{KERNELS(RUN_V3, GIVE_V3)},
#define RUN_V4(name, parameters, arguments) name##_v4,
#define GIVE_V4(type, name, parameters, arguments) name##_v4,
	{KERNELS(RUN_V4, GIVE_V4)},
#endif
};

#define RUN_FUNCTION(name, parameters, arguments) \
	void \
	lanes_##name parameters \
	{ \
		paths[cpu_path()].name##_kernel arguments; \
	}
#define GIVE_FUNCTION(type, name, parameters, arguments) \
	type \
	lanes_##name parameters \
	{ \
		return paths[cpu_path()].name##_kernel arguments; \
	}

KERNELS(RUN_FUNCTION, GIVE_FUNCTION)
