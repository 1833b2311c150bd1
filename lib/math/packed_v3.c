/* SPDX-License-Identifier: ISC */
/* packed_v3: AVX2 and FMA; a panel is two registers. */
#include "math/packed_path.h"

#ifdef CPU_X86
#include <immintrin.h>
#include <string.h>

/* One panel is two vectors; wide is 1. */
static inline __attribute__((always_inline)) void
tile_v3(const struct packed_tile *t, size_t rows)
{
	__m256 sum[6][2];
	float last[PACKED_LANES];

	HINT_UNROLL(6)
	for (size_t r = 0; r < rows; r++)
		sum[r][0] = sum[r][1] = _mm256_setzero_ps();
	for (size_t l = 0; l < t->k; l++) {
		__m256 w0 = _mm256_load_ps(t->panel + l * PACKED_LANES);
		__m256 w1 = _mm256_load_ps(t->panel + l * PACKED_LANES + 8);

	HINT_UNROLL(6)
		for (size_t r = 0; r < rows; r++) {
			__m256 a = _mm256_set1_ps(t->A[r * t->k + l]);

			sum[r][0] = _mm256_fmadd_ps(a, w0, sum[r][0]);
			sum[r][1] = _mm256_fmadd_ps(a, w1, sum[r][1]);
		}
	}
	HINT_UNROLL(6)
	for (size_t r = 0; r < rows; r++) {
		float *to = t->n < PACKED_LANES ? last : t->C + r * t->stride;

		_mm256_storeu_ps(to, sum[r][0]);
		_mm256_storeu_ps(to + 8, sum[r][1]);
		if (t->n < PACKED_LANES)
			memcpy(t->C + r * t->stride, last,
			    t->n * sizeof *last);
	}
}

static void
rows_v3(const struct packed_tile *t, size_t rows, size_t wide)
{
	(void)wide;
	switch (rows) {
	case 1: tile_v3(t, 1); break;
	case 2: tile_v3(t, 2); break;
	case 3: tile_v3(t, 3); break;
	case 4: tile_v3(t, 4); break;
	case 5: tile_v3(t, 5); break;
	case 6: tile_v3(t, 6); break;
	}
}

const struct packed_path packed_v3 = {
	.rows = 6, .wide = 1, .multiply = rows_v3,
};
#else
typedef int packed_v3_is_for_another_machine;
#endif
