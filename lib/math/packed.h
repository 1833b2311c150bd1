/* SPDX-License-Identifier: ISC */
/*
 * packed: products with weights that are used again and again.
 *
 * A weight matrix is packed once into panels of 16 columns; then
 *
 *     C[i][j] = fma(A[i][k-1], W[j][k-1], ... fma(A[i][0], W[j][0], 0) ...)
 *
 * one chain of fused multiply-adds over k for each element, in order.  So an
 * element's bits depend on its row of A and its row of W and on nothing else:
 * not on how many rows are multiplied together, not on the CPU path (fma is
 * exact), not on the machine.  A BLAS promises none of these, and packs the
 * weights anew at each call.
 */
#ifndef MATH_PACKED_H
#define MATH_PACKED_H

#include <stddef.h>

enum { PACKED_LANES = 16 };

/* How many panels n columns take, and the floats of a packed [n][k] matrix. */
static inline size_t
packed_panels(size_t n)
{
	return (n + PACKED_LANES - 1) / PACKED_LANES;
}


size_t packed_size(size_t n, size_t k);

/* Pack W [n][k], a PyTorch weight; to is aligned to 64 bytes. */
void packed_make(size_t n, size_t k, const float *W, float *to);

/* The same for the transpose of W [k][n]: C = A W. */
void packed_make_transposed(size_t n, size_t k, const float *W, float *to);

/* C [m][n] = A [m][k] W^T, from W packed. */
void packed_product(size_t m, size_t n, size_t k, const float *A,
    const float *packed, float *C);

/* b [n] is added to each row of C [m][n]: a layer's bias. */
void packed_add(size_t m, size_t n, const float *b, float *C);

#endif
