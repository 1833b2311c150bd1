/* SPDX-License-Identifier: ISC */
/*
 * product: matrix products for training, where both matrices change.
 *
 * Each call packs B (and transposes A if needed) for packed.h.  Sums over more
 * than 1024 terms (tn) are cut into pieces, so that the packed piece stays in
 * the cache.  As with packed.h, the bits are the same on every machine.  They
 * are the same for any number of threads, too: a thread computes rows of C of
 * its own.  All matrices are row-major.
 */
#ifndef MATH_PRODUCT_H
#define MATH_PRODUCT_H

#include <stddef.h>

struct crew;
struct product;

/* The crew stays the caller's; NULL is one thread. */
struct product *product_new(struct crew *);
void product_free(struct product *);

/*
 *     nn:  C[m][n] = A[m][k] B[k][n]
 *     nt:  C[m][n] = A[m][k] B[n][k]^T, and b [n] is added to each row; or NULL
 *     tn:  C[m][n] = A[k][m]^T B[k][n], and each column of A is added to an
 *          element of a [m], row by row; or NULL
 */
void product_nn(struct product *, size_t m, size_t n, size_t k,
    const float *A, const float *B, float *C);
void product_nt(struct product *, size_t m, size_t n, size_t k,
    const float *A, const float *B, const float *b, float *C);
void product_tn(struct product *, size_t m, size_t n, size_t k,
    const float *A, const float *B, float *a, float *C);

/* The same as nt, with B packed (packed.h), by that crew. */
void product_packed(struct crew *, size_t m, size_t n, size_t k,
    const float *A, const float *packed, const float *b, float *C);

#endif
