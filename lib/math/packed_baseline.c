/* SPDX-License-Identifier: ISC */
/*
 * packed_baseline: any machine.  fmaf rounds once, in hardware or not.  The
 * sums of a panel run side by side, for the compiler to make vectors of where
 * there is an instruction.
 */
#include "math/packed_path.h"

#include <math.h>
#include <string.h>

static void
row_baseline(const struct packed_tile *t, size_t rows, size_t wide)
{
	const float *w = t->panel;
	float sum[PACKED_LANES] = {0};

	(void)rows;
	(void)wide;
	for (size_t l = 0; l < t->k; l++, w += PACKED_LANES)
		for (size_t j = 0; j < PACKED_LANES; j++)
			sum[j] = fmaf(t->A[l], w[j], sum[j]);
	memcpy(t->C, sum, (t->n < PACKED_LANES ? t->n : PACKED_LANES) *
	    sizeof *sum);
}

const struct packed_path packed_baseline = {
	.rows = 1, .wide = 1, .multiply = row_baseline,
};
