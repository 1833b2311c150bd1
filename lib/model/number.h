/* SPDX-License-Identifier: ISC */
/*
 * number: the number types of a file: F32, F16, BF16, F64.
 *
 * They are IEEE-754 single and half precision, bfloat16 and double precision,
 * little-endian.  F64 is only read, and rounded to floats once.
 */
#ifndef MODEL_NUMBER_H
#define MODEL_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum number_type {
	NUMBER_F32,
	NUMBER_F16,
	NUMBER_BF16,
	NUMBER_F64,
	NUMBERS_WRITTEN = NUMBER_F64,	/* types before it are written, too */
	NUMBER_OTHER,		/* integers and others: never read */
};

/* The types that are written: "F32", "F16", "BF16", NULL. */
extern const char *const number_names[];
extern const size_t number_sizes[];	/* bytes of each type */

/* The type of this name, or NUMBER_OTHER. */
enum number_type number_type_of(struct text name);

/* Convert the n numbers at p, which need not be aligned, to floats. */
void number_read(enum number_type, const unsigned char *p, size_t n,
    float *to);

/* The same as doubles, which is exact. */
void number_read_double(enum number_type, const unsigned char *p, size_t n,
    double *to);

/*
 * Set to [n] to the bytes of numbers in a file of a type that is written:
 * rounded to nearest, ties to even; infinity if one is too large for the type.
 */
void number_write(enum number_type, const float *x, size_t n,
    unsigned char *to);

/*
 * Round n numbers to the type and back: to what a reader gets.  Returns false
 * if one is then not finite.
 */
bool number_round(enum number_type, size_t n, float *x);

#endif
