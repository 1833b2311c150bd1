/* SPDX-License-Identifier: ISC */
/*
 * product: matrix products for training, where both matrices change.
 *
 * Each call packs B (and transposes A if needed) for packed.h.  Sums over more
 * than 1024 terms (tn) are cut into pieces, so that the packed piece stays in
 * the cache.  As with packed.h, the bits are the same on every machine.  All
 * matrices are row-major.
 */
#ifndef MATH_PRODUCT_H
#define MATH_PRODUCT_H

#include <stddef.h>

struct product;

struct product *product_new(void);
void product_free(struct product *);

/*
 *     nn:  C[m][n] = A[m][k] B[k][n]
 *     nt:  C[m][n] = A[m][k] B[n][k]^T
 *     tn:  C[m][n] = A[k][m]^T B[k][n]
 */
void product_nn(struct product *, size_t m, size_t n, size_t k,
    const float *A, const float *B, float *C);
void product_nt(struct product *, size_t m, size_t n, size_t k,
    const float *A, const float *B, float *C);
void product_tn(struct product *, size_t m, size_t n, size_t k,
    const float *A, const float *B, float *C);

#endif
