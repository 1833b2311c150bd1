/* SPDX-License-Identifier: ISC */
#include "math/packed.h"

#include <string.h>

#include "math/transpose.h"

enum { LANES = PACKED_LANES };

size_t
packed_size(size_t n, size_t k)
{
	return packed_panels(n) * k * LANES;
}

void
packed_make_panels(size_t first, size_t last, size_t n, size_t k,
    const float *W, float *to)
{
	for (size_t p = first; p < last; p++) {
		size_t left = n - p * LANES, width = left < LANES ? left :
		    LANES;
		float *panel = to + p * k * LANES;

		if (width < LANES)
			memset(panel, 0, k * LANES * sizeof *panel);
		transpose(width, k, W + p * LANES * k, k, panel, LANES);
	}
}

void
packed_make_panels_transposed(size_t first, size_t last, size_t n, size_t k,
    const float *W, float *to)
{
	size_t whole = n / LANES < last ? n / LANES : last;

	for (size_t i = 0; i < k; i++)
		for (size_t p = first; p < last; p++) {
			const float *from = W + i * n + p * LANES;
			float *row = to + (p * k + i) * LANES;

			if (p < whole) {
				memcpy(row, from, LANES * sizeof *row);
				continue;
			}
			memset(row, 0, LANES * sizeof *row);
			memcpy(row, from, n % LANES * sizeof *row);
		}
}

void
packed_make(size_t n, size_t k, const float *W, float *to)
{
	packed_make_panels(0, packed_panels(n), n, k, W, to);
}

void
packed_make_transposed(size_t n, size_t k, const float *W, float *to)
{
	packed_make_panels_transposed(0, packed_panels(n), n, k, W, to);
}

void
packed_row(size_t k, const float *packed, size_t j, float *to)
{
	const float *panel = packed + j / LANES * k * LANES;

	for (size_t i = 0; i < k; i++)
		to[i] = panel[i * LANES + j % LANES];
}

void
packed_add(size_t m, size_t n, const float *b, float *C)
{
	for (size_t i = 0; i < m; i++, C += n)
		for (size_t j = 0; j < n; j++)
			C[j] += b[j];
}
