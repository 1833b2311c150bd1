/* SPDX-License-Identifier: ISC */
/*
 * transpose: the columns of a matrix become rows.
 *
 * Element by element, either what is read or what is written lies far apart,
 * and a line of the cache is fetched for one float.  So the matrix is cut into
 * blocks of 4 rows and 4 columns, which SSE turns in its registers.  The blocks
 * of 16 rows follow each other: they fill a line of each row of the result.
 *
 *     A    a b c d  . . .       to   a e i m     the next block of A is below
 *          e f g h  . . .            b f j n     this one, in to beside it
 *          i j k l  . . .            c g k o
 *          m n o p  . . .            d h l p
 */
#ifndef MATH_TRANSPOSE_H
#define MATH_TRANSPOSE_H

#include <stddef.h>

/* Set to[c * tall + r] = A[r * wide + c] for each row r and column c. */
void transpose(size_t rows, size_t columns, const float *A, size_t wide,
    float *to, size_t tall);

#endif
