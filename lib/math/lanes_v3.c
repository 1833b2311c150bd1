/* SPDX-License-Identifier: ISC */
/* lanes_v3: AVX2 and FMA, eight floats at a time. */
#include "math/lanes_path.h"

#ifdef CPU_X86
#include <immintrin.h>
#include <math.h>

/* eight ones, then eight zeros: the mask of n elements begins at 8 - n */
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
#define SQRT(a) _mm256_sqrt_ps(a)
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

const struct lanes_path lanes_v3 = {KERNELS(RUN_ROW, GIVE_ROW)};
#else
typedef int lanes_v3_is_for_another_machine;
#endif
