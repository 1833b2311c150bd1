/* SPDX-License-Identifier: ISC */
/* packed_v4: AVX-512; a panel is one register. */
#include "math/packed_path.h"

#ifdef CPU_X86
#include <immintrin.h>

/* Each call has constants for rows and wide, so the sums are registers. */
static inline __attribute__((always_inline)) void
tile_v4(const struct packed_tile *t, size_t rows, size_t wide)
{
	__m512 sum[8][3];
	size_t left = t->n < wide * PACKED_LANES ? t->n % PACKED_LANES : 0;

	HINT_UNROLL(8)
	for (size_t r = 0; r < rows; r++)
	HINT_UNROLL(3)
		for (size_t p = 0; p < wide; p++)
			sum[r][p] = _mm512_setzero_ps();
	for (size_t l = 0; l < t->k; l++) {
		__m512 w[3];

	HINT_UNROLL(3)
		for (size_t p = 0; p < wide; p++) {
			w[p] = _mm512_load_ps(t->panel + (p * t->k + l) *
			    PACKED_LANES);
			HINT_LOADED(w[p]);
		}
	HINT_UNROLL(8)
		for (size_t r = 0; r < rows; r++) {
			__m512 a = _mm512_set1_ps(t->A[r * t->k + l]);

	HINT_UNROLL(3)
			for (size_t p = 0; p < wide; p++)
				sum[r][p] = _mm512_fmadd_ps(a, w[p],
				    sum[r][p]);
		}
	}
	HINT_UNROLL(8)
	for (size_t r = 0; r < rows; r++)
	HINT_UNROLL(3)
		for (size_t p = 0; p < wide; p++) {
			float *to = t->C + r * t->stride + p * PACKED_LANES;
			unsigned mask = p + 1 == wide && left > 0 ?
			    (1u << left) - 1 : 0xffffu;

			_mm512_mask_storeu_ps(to, (__mmask16)mask, sum[r][p]);
		}
}

static void
rows_v4(const struct packed_tile *t, size_t rows, size_t wide)
{
#define TILE(r, p) case 10 * (r) + (p): tile_v4(t, (r), (p)); break
#define TILES(r) TILE(r, 1); TILE(r, 2); TILE(r, 3)
	switch (10 * rows + wide) {
	TILES(1);
	TILES(2);
	TILES(3);
	TILES(4);
	TILES(5);
	TILES(6);
	TILES(7);
	TILES(8);
	}
#undef TILES
#undef TILE
}

const struct packed_path packed_v4 = {
	.rows = 8, .wide = 3, .multiply = rows_v4,
};
#else
typedef int packed_v4_is_for_another_machine;
#endif
