/* SPDX-License-Identifier: ISC */
/* packed_neon: AArch64 Advanced SIMD; a panel is four registers. */
#include "math/packed_path.h"

#ifdef CPU_ARM
#include <arm_neon.h>
#include <string.h>

/* One panel is four vectors; wide is 1. */
static inline __attribute__((always_inline)) void
tile_neon(const struct packed_tile *t, size_t rows)
{
	float32x4_t sum[6][4];
	float last[PACKED_LANES];

	HINT_UNROLL(6)
	for (size_t r = 0; r < rows; r++)
		sum[r][0] = sum[r][1] = sum[r][2] = sum[r][3] = vdupq_n_f32(0);
	for (size_t l = 0; l < t->k; l++) {
		float32x4_t w[4];

	HINT_UNROLL(4)
		for (size_t j = 0; j < 4; j++)
			w[j] = vld1q_f32(t->panel + l * PACKED_LANES + 4 * j);
	HINT_UNROLL(6)
		for (size_t r = 0; r < rows; r++) {
			float32x4_t a = vdupq_n_f32(t->A[r * t->k + l]);

	HINT_UNROLL(4)
			for (size_t j = 0; j < 4; j++)
				sum[r][j] = vfmaq_f32(sum[r][j], a, w[j]);
		}
	}
	HINT_UNROLL(6)
	for (size_t r = 0; r < rows; r++) {
		float *to = t->n < PACKED_LANES ? last : t->C + r * t->stride;

	HINT_UNROLL(4)
		for (size_t j = 0; j < 4; j++)
			vst1q_f32(to + 4 * j, sum[r][j]);
		if (t->n < PACKED_LANES)
			memcpy(t->C + r * t->stride, last,
			    t->n * sizeof *last);
	}
}

static void
rows_neon(const struct packed_tile *t, size_t rows, size_t wide)
{
	(void)wide;
	switch (rows) {
	case 1: tile_neon(t, 1); break;
	case 2: tile_neon(t, 2); break;
	case 3: tile_neon(t, 3); break;
	case 4: tile_neon(t, 4); break;
	case 5: tile_neon(t, 5); break;
	case 6: tile_neon(t, 6); break;
	}
}

const struct packed_path packed_neon = {
	.rows = 6, .wide = 1, .multiply = rows_neon,
};
#else
typedef int packed_neon_is_for_another_machine;
#endif
