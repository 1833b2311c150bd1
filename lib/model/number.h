/* SPDX-License-Identifier: ISC */
/*
 * number: the number types of a file: F32, F16, BF16.
 *
 * They are IEEE-754 single and half precision, and bfloat16, little-endian.
 */
#ifndef MODEL_NUMBER_H
#define MODEL_NUMBER_H

#include <stddef.h>
#include <stdint.h>

enum number_type {
	NUMBER_F32,
	NUMBER_F16,
	NUMBER_BF16,
	NUMBER_OTHER,		/* integers and others: never read */
};

extern const char *const number_names[];	/* "F32", "F16", "BF16", NULL */
extern const size_t number_sizes[];		/* bytes of each type */

/* Convert the n numbers at p, which need not be aligned, to floats. */
void number_read(enum number_type, const unsigned char *p, size_t n,
    float *to);

/*
 * The bits of a float in a file: rounded to nearest, ties to even; infinity if
 * it is too large for the type.
 */
uint32_t number_bits(enum number_type, float);

/* A float rounded to the type and back: the value that a reader gets. */
float number_rounded(enum number_type, float);

#endif
