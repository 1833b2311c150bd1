/* SPDX-License-Identifier: ISC */
/*
 * Panel p of the packed matrix holds columns 16 p to 16 p + 15 of W^T, [k][16],
 * with zeros behind the last column.  A tile is a few rows of A times one to
 * three panels: its sums stay in registers while k runs, and the panels, 16 k
 * floats each, in the first cache while the rows pass.
 */
#include "math/packed.h"

#include <math.h>
#include <string.h>

#include "math/cpu.h"

enum { LANES = PACKED_LANES };

static size_t
panels(size_t n)
{
	return (n + LANES - 1) / LANES;
}

size_t
packed_size(size_t n, size_t k)
{
	return panels(n) * k * LANES;
}

void
packed_make(size_t n, size_t k, const float *W, float *to)
{
	for (size_t p = 0; p < panels(n); p++)
		for (size_t i = 0; i < k; i++)
			for (size_t j = 0; j < LANES; j++) {
				size_t column = p * LANES + j;

				*to++ = column < n ? W[column * k + i] : 0;
			}
}

void
packed_make_transposed(size_t n, size_t k, const float *W, float *to)
{
	for (size_t p = 0; p < panels(n); p++) {
		size_t left = n - p * LANES, width = left < LANES ? left :
		    LANES;

		for (size_t i = 0; i < k; i++, to += LANES) {
			memcpy(to, W + i * n + p * LANES, width * sizeof *to);
			memset(to + width, 0, (LANES - width) * sizeof *to);
		}
	}
}

/* What a tile multiplies: rows of A and C, k deep, up to n columns. */
struct tile {
	size_t k, n;		/* columns from C's on */
	const float *A;		/* [rows][k] */
	const float *panel;	/* [panels][k][16] */
	float *C;		/* [rows][stride] */
	size_t stride;
};

/*
 * Any machine: fmaf rounds once, in hardware or not.  A panel's sums run side
 * by side, for the compiler to make vectors of where there is an instruction.
 */
static void
product_baseline(size_t m, size_t n, size_t k, const float *A,
    const float *packed, float *C)
{
	for (size_t p = 0; p < panels(n); p++)
		for (size_t i = 0; i < m; i++) {
			const float *w = packed + p * k * LANES;
			size_t left = n - p * LANES;
			float sum[LANES] = {0};

			for (size_t l = 0; l < k; l++, w += LANES)
				for (size_t j = 0; j < LANES; j++)
					sum[j] = fmaf(A[i * k + l], w[j],
					    sum[j]);
			memcpy(C + i * n + p * LANES, sum,
			    (left < LANES ? left : LANES) * sizeof *sum);
		}
}

#ifdef CPU_X86
#include <immintrin.h>

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4,prefer-vector-width=512")

/* rows and wide are constants where this is called, so sums are registers. */
static inline __attribute__((always_inline)) void
tile_v4(const struct tile *t, size_t rows, size_t wide)
{
	__m512 sum[8][3];
	size_t left = t->n < wide * LANES ? t->n % LANES : 0;

#pragma GCC unroll 8
	for (size_t r = 0; r < rows; r++)
#pragma GCC unroll 3
		for (size_t p = 0; p < wide; p++)
			sum[r][p] = _mm512_setzero_ps();
	for (size_t l = 0; l < t->k; l++) {
		__m512 w[3];

#pragma GCC unroll 3
		for (size_t p = 0; p < wide; p++)
			w[p] = _mm512_load_ps(t->panel + (p * t->k + l) *
			    LANES);
#pragma GCC unroll 8
		for (size_t r = 0; r < rows; r++) {
			__m512 a = _mm512_set1_ps(t->A[r * t->k + l]);

#pragma GCC unroll 3
			for (size_t p = 0; p < wide; p++)
				sum[r][p] = _mm512_fmadd_ps(a, w[p],
				    sum[r][p]);
		}
	}
#pragma GCC unroll 8
	for (size_t r = 0; r < rows; r++)
#pragma GCC unroll 3
		for (size_t p = 0; p < wide; p++) {
			float *to = t->C + r * t->stride + p * LANES;
			unsigned mask = p + 1 == wide && left > 0 ?
			    (1u << left) - 1 : 0xffffu;

			_mm512_mask_storeu_ps(to, (__mmask16)mask, sum[r][p]);
		}
}

static void
rows_v4(const struct tile *t, size_t rows, size_t wide)
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

#pragma GCC pop_options
#pragma GCC push_options
#pragma GCC target("arch=x86-64-v3")

/* One panel is two vectors; wide is 1. */
static inline __attribute__((always_inline)) void
tile_v3(const struct tile *t, size_t rows)
{
	__m256 sum[6][2];
	float last[LANES];

#pragma GCC unroll 6
	for (size_t r = 0; r < rows; r++)
		sum[r][0] = sum[r][1] = _mm256_setzero_ps();
	for (size_t l = 0; l < t->k; l++) {
		__m256 w0 = _mm256_load_ps(t->panel + l * LANES);
		__m256 w1 = _mm256_load_ps(t->panel + l * LANES + 8);

#pragma GCC unroll 6
		for (size_t r = 0; r < rows; r++) {
			__m256 a = _mm256_set1_ps(t->A[r * t->k + l]);

			sum[r][0] = _mm256_fmadd_ps(a, w0, sum[r][0]);
			sum[r][1] = _mm256_fmadd_ps(a, w1, sum[r][1]);
		}
	}
#pragma GCC unroll 6
	for (size_t r = 0; r < rows; r++) {
		float *to = t->n < LANES ? last : t->C + r * t->stride;

		_mm256_storeu_ps(to, sum[r][0]);
		_mm256_storeu_ps(to + 8, sum[r][1]);
		if (t->n < LANES)
			memcpy(t->C + r * t->stride, last,
			    t->n * sizeof *last);
	}
}

static void
rows_v3(const struct tile *t, size_t rows, size_t wide)
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

#pragma GCC pop_options

/* Tiles of at most rows times wide panels. */
static void
product_tiled(size_t m, size_t n, size_t k, const float *A,
    const float *packed, float *C, size_t rows, size_t wide,
    void (*multiply)(const struct tile *, size_t rows, size_t wide))
{
	for (size_t p = 0; p < panels(n); p += wide) {
		size_t w = panels(n) - p < wide ? panels(n) - p : wide;

		for (size_t i = 0; i < m; i += rows) {
			struct tile t = {k, n - p * LANES, A + i * k,
			    packed + p * k * LANES, C + i * n + p * LANES, n};

			multiply(&t, m - i < rows ? m - i : rows, w);
		}
	}
}
#endif

void
packed_product(size_t m, size_t n, size_t k, const float *A,
    const float *packed, float *C)
{
	switch (cpu_path()) {
#ifdef CPU_X86
	case CPU_V4:
		product_tiled(m, n, k, A, packed, C, 8, 3, rows_v4);
		return;
	case CPU_V3:
		product_tiled(m, n, k, A, packed, C, 6, 1, rows_v3);
		return;
#endif
	default:
		product_baseline(m, n, k, A, packed, C);
	}
}

void
packed_add(size_t m, size_t n, const float *b, float *C)
{
	for (size_t i = 0; i < m; i++, C += n)
		for (size_t j = 0; j < n; j++)
			C[j] += b[j];
}
