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
#include "lanes.inc"

const struct lanes_path lanes_v4 = {KERNELS(RUN_ROW, GIVE_ROW)};
#else
typedef int lanes_v4_is_for_another_machine;
#endif
