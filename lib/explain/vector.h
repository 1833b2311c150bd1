/* SPDX-License-Identifier: ISC */
/*
 * vector: floats as text (reat-trace(5), VECTOR).
 *
 * Either "x" and 8 hexadecimal digits a float, IEEE-754 single, most
 * significant digit first, which is exact and fast; or decimals joined by
 * commas.  Readers take both.
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

/* How many floats the text holds, if it is well-formed. */
size_t vector_length(struct text);

/*
 * Read exactly n floats, all finite, into v.  False with a message that calls
 * the vector by name.
 */
bool vector_read(struct text, struct place at, const char *name, size_t n,
    float *v);

#endif
