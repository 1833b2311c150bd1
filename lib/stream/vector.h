/* SPDX-License-Identifier: ISC */
/*
 * vector: floats as text (reat-trace(5), VECTOR).
 *
 * "x" and then 8 hexadecimal digits for each float, IEEE 754 single, most
 * significant digit first, which is exact and fast; "h" and 4 digits for each,
 * IEEE 754 half, which is half as long; or decimals joined by commas.
 * vector_read takes all three, vector_write writes no halves.
 */
#ifndef STREAM_VECTOR_H
#define STREAM_VECTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct arena;
struct block;
struct output;

/* The MISC key of a word's own vector, for models without a vocabulary. */
#define VECTOR_KEY "E"

void vector_write(struct output *, const float *v, size_t n, bool decimals);

/* The number of floats in the text if it is well-formed. */
size_t vector_length(struct text);

/*
 * Read n floats into v.  Returns false with a message, in which name stands for
 * the vector, unless there are exactly n and all are finite.
 */
bool vector_read(struct text, struct place at, const char *name, size_t n,
    float *v);

/*
 * Read the vectors [D] of a block's words, their VECTOR_KEY, into the arena; if
 * D is 0, it becomes the first one's length.  Returns [T] of them; NULL with a
 * message if a word has none or it is not good.  why they must be there is for
 * the message: "the recipe has ...".
 */
const float **vector_words(struct arena *, const struct block *, size_t *D,
    const char *why);

#endif
