/* SPDX-License-Identifier: ISC */
/*
 * blas: matrix products (OpenBLAS, one thread).
 *
 * The one user of cblas.h.  OpenBLAS is loaded at the first product: a
 * process that multiplies nothing does not pay its 5 ms, and the kernels can be
 * chosen first.  Debian 12's 0.3.21 takes CPUs that are younger than itself for
 * a Prescott of 2004 and runs at a quarter of their speed (measured on an
 * Emerald Rapids: 24 GFLOP/s, and 101 with OPENBLAS_CORETYPE=SkylakeX), so we
 * name the kernels by what the CPU says it can do.  A user's own
 * OPENBLAS_CORETYPE is left alone.  All matrices are row-major.
 *
 * A BLAS gives other last bits for another number of rows, so it is for
 * training alone, where a batch is what it is.  What a text's numbers depend
 * on is multiplied by packed.h.
 */
#ifndef BLAS_H
#define BLAS_H

#include <stddef.h>

/*
 * In one call each:
 *     C[m][n] = beta C + A[m][k] B[k][n]
 *     C[m][n] = beta C + A[m][k] B[n][k]^T
 *     C[m][n] = beta C + A[k][m]^T B[k][n]
 */
void blas_nn(size_t m, size_t n, size_t k, const float *A, const float *B,
    float beta, float *C);
void blas_nt(size_t m, size_t n, size_t k, const float *A, const float *B,
    float beta, float *C);
void blas_tn(size_t m, size_t n, size_t k, const float *A, const float *B,
    float beta, float *C);

#endif
