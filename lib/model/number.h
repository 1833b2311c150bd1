/* SPDX-License-Identifier: ISC */
/*
 * number: the floats of a file: IEEE-754 single and half, and bfloat16.
 *
 * In a file the lowest byte is the first.
 */
#ifndef MODEL_NUMBER_H
#define MODEL_NUMBER_H

#include <stddef.h>
#include <stdint.h>

enum number_type {
	NUMBER_F32,
	NUMBER_F16,
	NUMBER_BF16,
	NUMBER_OTHER,		/* integers and the like: never read */
};

extern const char *const number_names[];	/* "F32", "F16", "BF16", NULL */
extern const size_t number_sizes[];		/* bytes of each of these */

/* The n numbers at p, which need not be aligned, as floats. */
void number_read(enum number_type, const unsigned char *p, size_t n,
    float *to);

/*
 * A float's bits in a file: to nearest, ties to even; what is too large for
 * the type is infinity.
 */
uint32_t number_bits(enum number_type, float);

/* A float rounded to the type and back: what a reader will see. */
float number_rounded(enum number_type, float);

#endif
