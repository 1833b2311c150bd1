/* SPDX-License-Identifier: ISC */
#include "math/transpose.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
	SIDE = 4,		/* of a block */
	DOWN = 16,		/* rows whose blocks follow each other */
};

/* The same for a few rows and columns. */
static void
transpose_plain(size_t rows, size_t columns, const float *A, size_t wide,
    float *to, size_t tall)
{
	for (size_t c = 0; c < columns; c++)
		for (size_t r = 0; r < rows; r++)
			to[c * tall + r] = A[r * wide + c];
}

static void
transpose_block(const float *A, size_t wide, float *to, size_t tall)
{
#ifdef __SSE2__
	__m128 a = _mm_loadu_ps(A), b = _mm_loadu_ps(A + wide);
	__m128 c = _mm_loadu_ps(A + 2 * wide), d = _mm_loadu_ps(A + 3 * wide);

	_MM_TRANSPOSE4_PS(a, b, c, d);
	_mm_storeu_ps(to, a);
	_mm_storeu_ps(to + tall, b);
	_mm_storeu_ps(to + 2 * tall, c);
	_mm_storeu_ps(to + 3 * tall, d);
#else
	transpose_plain(SIDE, SIDE, A, wide, to, tall);
#endif
}

void
transpose(size_t rows, size_t columns, const float *A, size_t wide,
    float *to, size_t tall)
{
	size_t whole = columns - columns % SIDE;

	for (size_t first = 0; first < rows; first += DOWN) {
		size_t end = rows - first < DOWN ? rows : first + DOWN;
		size_t last = end - end % SIDE;

		for (size_t c = 0; c < whole; c += SIDE) {
			for (size_t r = first; r < last; r += SIDE)
				transpose_block(A + r * wide + c, wide,
				    to + c * tall + r, tall);
			transpose_plain(end - last, SIDE, A + last * wide + c,
			    wide, to + c * tall + last, tall);
		}
		transpose_plain(end - first, columns - whole,
		    A + first * wide + whole, wide, to + whole * tall + first,
		    tall);
	}
}
