/* SPDX-License-Identifier: ISC */
/*
 * vector: floats as text (reat-trace(5), VECTOR).
 *
 * Either "x" and then 8 hexadecimal digits for each float, IEEE 754 single,
 * most significant digit first, which is exact and fast; or decimals joined by
 * commas.  vector_read takes both.
 */
#ifndef EXPLAIN_VECTOR_H
#define EXPLAIN_VECTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct arena;
struct output;

void vector_write(struct output *, const float *v, size_t n, bool decimals);

/* The number of floats in the text if it is well-formed. */
size_t vector_length(struct text);

/*
 * Read n floats into v.  Returns false with a message, in which name stands for
 * the vector, unless there are exactly n and all are finite.
 */
bool vector_read(struct text, struct place at, const char *name, size_t n,
    float *v);

#endif
