/* SPDX-License-Identifier: ISC */
/*
 * packed: products with weights that are packed once and used many times.
 *
 * A weight matrix is packed into panels of 16 columns.  Then
 *
 *     C[i][j] = fma(A[i][k-1], W[j][k-1], ... fma(A[i][0], W[j][0], 0) ...)
 *
 * Each element is one chain of fused multiply-adds over k, in order.  So its
 * bits depend only on its row of A and its row of W: not on how many rows are
 * multiplied together, not on the CPU path (fma rounds once everywhere), not on
 * the machine.  A BLAS guarantees none of this, and packs the weights again at
 * each call.
 */
#ifndef MATH_PACKED_H
#define MATH_PACKED_H

#include <stddef.h>

enum { PACKED_LANES = 16 };

/* Returns how many panels n columns take. */
static inline size_t
packed_panels(size_t n)
{
	return (n + PACKED_LANES - 1) / PACKED_LANES;
}

/* Returns how many floats a packed [n][k] matrix takes. */
size_t packed_size(size_t n, size_t k);

/* Pack W [n][k], a PyTorch weight, into to, which is aligned to 64 bytes. */
void packed_make(size_t n, size_t k, const float *W, float *to);

/* Pack the transpose of W [k][n]: the product is then C = A W. */
void packed_make_transposed(size_t n, size_t k, const float *W, float *to);

/* The same, but only panels from first to last - 1, in their places in to. */
void packed_make_panels(size_t first, size_t last, size_t n, size_t k,
    const float *W, float *to);
void packed_make_panels_transposed(size_t first, size_t last, size_t n,
    size_t k, const float *W, float *to);

/* Set to [k] to row j of W. */
void packed_row(size_t k, const float *packed, size_t j, float *to);

/* Set C [m][n] = A [m][k] W^T, from W packed. */
void packed_product(size_t m, size_t n, size_t k, const float *A,
    const float *packed, float *C);

/* Add b [n], a layer's bias, to each row of C [m][n]. */
void packed_add(size_t m, size_t n, const float *b, float *C);

#endif
