/* SPDX-License-Identifier: ISC */
/* packed_v3: AVX2 and FMA; a panel is two registers. */
#include "math/packed_path.h"

#ifdef CPU_X86
#include <immintrin.h>
#include <string.h>

/*
 * One panel is two vectors.  Each call has constants for rows and wide, so the
 * sums are registers: 12 of the 16.  The other four have both vectors of the
 * panel and one number of A; or, for few rows, which have more panels, a number
 * of each row and one vector.
 */
static inline __attribute__((always_inline)) void
tall(const struct packed_tile *t, size_t l, size_t rows, __m256 sum[][8])
{
	const float *panel = t->panel + l * PACKED_LANES;
	__m256 w0 = _mm256_load_ps(panel), w1 = _mm256_load_ps(panel + 8);

	HINT_UNROLL(6)
	for (size_t r = 0; r < rows; r++) {
		__m256 a = _mm256_set1_ps(t->A[r * t->k + l]);

		sum[r][0] = _mm256_fmadd_ps(a, w0, sum[r][0]);
		sum[r][1] = _mm256_fmadd_ps(a, w1, sum[r][1]);
	}
}

static inline __attribute__((always_inline)) void
low(const struct packed_tile *t, size_t l, size_t rows, size_t wide,
    __m256 sum[][8])
{
	__m256 a[PACKED_LOW];

	HINT_UNROLL(3)
	for (size_t r = 0; r < rows; r++)
		a[r] = _mm256_set1_ps(t->A[r * t->k + l]);
	HINT_UNROLL(8)
	for (size_t j = 0; j < 2 * wide; j++) {
		__m256 w = _mm256_load_ps(t->panel + (j / 2 * t->k + l) *
		    PACKED_LANES + j % 2 * 8);

		HINT_LOADED(w);
	HINT_UNROLL(3)
		for (size_t r = 0; r < rows; r++)
			sum[r][j] = _mm256_fmadd_ps(a[r], w, sum[r][j]);
	}
}

static inline __attribute__((always_inline)) void
tile_v3(const struct packed_tile *t, size_t rows, size_t wide)
{
	__m256 sum[6][8];
	float last[PACKED_LANES];

	HINT_UNROLL(6)
	for (size_t r = 0; r < rows; r++)
	HINT_UNROLL(8)
		for (size_t j = 0; j < 2 * wide; j++)
			sum[r][j] = _mm256_setzero_ps();
	for (size_t l = 0; l < t->k; l++)
		if (rows > PACKED_LOW)
			tall(t, l, rows, sum);
		else
			low(t, l, rows, wide, sum);
	HINT_UNROLL(6)
	for (size_t r = 0; r < rows; r++)
	HINT_UNROLL(4)
		for (size_t p = 0; p < wide; p++) {
			size_t n = t->n - p * PACKED_LANES;
			float *C = t->C + r * t->stride + p * PACKED_LANES;
			float *to = n < PACKED_LANES ? last : C;

			_mm256_storeu_ps(to, sum[r][2 * p]);
			_mm256_storeu_ps(to + 8, sum[r][2 * p + 1]);
			if (n < PACKED_LANES)
				memcpy(C, last, n * sizeof *last);
		}
}

static void
rows_v3(const struct packed_tile *t, size_t rows, size_t wide)
{
#define TILE(r, p) case 10 * (r) + (p): tile_v3(t, (r), (p)); break
	switch (10 * rows + wide) {
	TILE(1, 1); TILE(1, 2); TILE(1, 3); TILE(1, 4);
	TILE(2, 1); TILE(2, 2); TILE(2, 3);
	TILE(3, 1); TILE(3, 2);
	TILE(4, 1);
	TILE(5, 1);
	TILE(6, 1);
	}
#undef TILE
}

const struct packed_path packed_v3 = {
	.rows = 6, .wide = 1, .low = {4, 3, 2}, .multiply = rows_v3,
};
#else
typedef int packed_v3_is_for_another_machine;
#endif
