/* SPDX-License-Identifier: ISC */
/*
 * packed_path: packed_product, by the path of this machine.
 *
 * The rows are cut into blocks.  The block's rows of A and of C stay in the
 * second cache while all panels pass.
 */
#include "math/packed_path.h"

enum {
	FLOATS = 65536,		/* of A in a block of rows: 256 KiB */
	ROWS = 128,		/* at least, so that a panel serves many rows */
};

static const struct packed_path *const paths[] = {
	[CPU_BASELINE] = &packed_baseline,
#ifdef CPU_X86
	[CPU_V3] = &packed_v3,
	[CPU_V4] = &packed_v4,
#endif
#ifdef CPU_ARM
	[CPU_NEON] = &packed_neon,
#endif
};

/*
 * Set m rows of C.  Its tiles have equal numbers of rows, about: 9 rows are 5
 * and 4, not 8 and 1, because a tile of one row has too few sums to hide how
 * long a multiply-add takes.
 */
static void
product_rows(const struct packed_path *path, size_t m, size_t n, size_t k,
    const float *A, const float *packed, float *C)
{
	size_t panels = packed_panels(n);
	size_t most = (m + path->rows - 1) / path->rows;
	size_t tallest = (m + most - 1) / most, widest = path->wide;

	if (tallest <= PACKED_LOW && path->low[tallest - 1] > 0)
		widest = path->low[tallest - 1];
	for (size_t p = 0; p < panels; p += widest) {
		size_t wide = panels - p < widest ? panels - p : widest;
		size_t from = p * PACKED_LANES;

		for (size_t i = 0, tiles = most; tiles > 0; tiles--) {
			struct packed_tile t = {k, n - from, A + i * k,
			    packed + from * k, C + i * n + from, n};
			size_t rows = (m - i + tiles - 1) / tiles;

			path->multiply(&t, rows, wide);
			i += rows;
		}
	}
}

void
packed_product(size_t m, size_t n, size_t k, const float *A,
    const float *packed, float *C)
{
	const struct packed_path *path = paths[cpu_path()];
	size_t rows = FLOATS / (k + 1);

	rows = rows > ROWS ? rows : ROWS;
	rows -= rows % path->rows;
	for (size_t i = 0; i < m; i += rows)
		product_rows(path, m - i < rows ? m - i : rows, n, k,
		    A + i * k, packed, C + i * n);
}
