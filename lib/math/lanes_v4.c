/* SPDX-License-Identifier: ISC */
/* lanes_v4: AVX-512, sixteen floats at a time. */
#include "math/lanes_path.h"

#ifdef CPU_X86
#include <immintrin.h>
#include <math.h>

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
#define SQRT(a) _mm512_sqrt_ps(a)
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
#define HEX_WIDTH 8
#define TO_HEX(v, to) eight_to_hex((v), (to))
#define FROM_HEX(from, v) eight_from_hex((from), (v))

/* Eight floats with the bytes of each in the other order. */
static inline __m256i
turned(__m256i x)
{
	return _mm256_shuffle_epi8(x, _mm256_broadcastsi128_si256(
	    _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2,
	    3)));
}

/* A byte becomes two: its upper half and its lower half, which are digits. */
static inline void
eight_to_hex(const float *v, char *to)
{
	const __m512i digits = _mm512_broadcast_i32x4(_mm_set_epi8('f', 'e',
	    'd', 'c', 'b', 'a', '9', '8', '7', '6', '5', '4', '3', '2', '1',
	    '0'));
	__m512i x = _mm512_cvtepu8_epi16(turned(_mm256_loadu_si256(
	    (const __m256i *)v)));

	x = _mm512_or_si512(_mm512_srli_epi16(x, 4), _mm512_slli_epi16(
	    _mm512_and_si512(x, _mm512_set1_epi16(15)), 8));
	_mm512_storeu_si512(to, _mm512_shuffle_epi8(digits, x));
}

/*
 * The value of a digit is its lower half, plus 9 if it is a letter.  It is
 * wrong if it is above 15, or if the digit of that value is another one.
 */
static inline uint64_t
eight_from_hex(const char *from, float *v)
{
	const __m256i infinity = _mm256_set1_epi32(0x7f800000);
	__m512i c = _mm512_loadu_si512(from), x, digit;
	__mmask64 letter = _mm512_cmpgt_epu8_mask(c, _mm512_set1_epi8('9'));
	__m256i bits;

	x = _mm512_and_si512(c, _mm512_set1_epi8(15));
	x = _mm512_mask_add_epi8(x, letter, x, _mm512_set1_epi8(9));
	digit = _mm512_add_epi8(x, _mm512_mask_mov_epi8(_mm512_set1_epi8('0'),
	    _mm512_cmpgt_epu8_mask(x, _mm512_set1_epi8(9)),
	    _mm512_set1_epi8('a' - 10)));
	c = _mm512_mask_mov_epi8(c, letter, _mm512_or_si512(c,
	    _mm512_set1_epi8('a' - 'A')));
	bits = turned(_mm512_cvtepi16_epi8(_mm512_maddubs_epi16(x,
	    _mm512_set1_epi16(0x0110))));
	_mm256_storeu_si256((__m256i *)v, bits);
	return _mm512_cmpneq_epi8_mask(c, digit) |
	    _mm512_cmpgt_epu8_mask(x, _mm512_set1_epi8(15)) |
	    _mm256_cmpeq_epi32_mask(_mm256_and_si256(bits, infinity),
	    infinity);
}

#include "lanes.inc"

const struct lanes_path lanes_v4 = {KERNELS(RUN_ROW, GIVE_ROW)};
#else
typedef int lanes_v4_is_for_another_machine;
#endif
