/* SPDX-License-Identifier: ISC */
/*
 * originals: the scores of words by the first model, kept to compare copies.
 *
 * The first model is that of the first row.
 */
#ifndef MEASURE_ORIGINALS_H
#define MEASURE_ORIGINALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

struct originals;

/* The scores of a text by a method. */
struct original {
	struct text method, doc;
	struct text class;	/* that is measured */
	struct place at;
	uint64_t words;		/* a hash of them */
	size_t first, T;	/* their scores, in originals_scores */
	double norm;		/* of the scores */
	double value;		/* so far, of the copies */
	size_t copies, valued;	/* valued: those that have a value */
};

struct originals *originals_new(void);
void originals_free(struct originals *);

/* True if this is the first model; the first call says which it is. */
bool originals_is_first(struct originals *, struct text model);
struct text originals_model(const struct originals *);

/* Add a text, with room for its T scores; the texts are copied.  It stays until
 * the next one is added. */
struct original *originals_add(struct originals *, const struct original *);
double *originals_scores(struct originals *, const struct original *);

/* Find a text, or NULL.  The same in the order of their coming. */
struct original *originals_find(struct originals *, struct text method,
    struct text doc);
size_t originals_size(const struct originals *);
struct original *originals_at(struct originals *, size_t i);

#endif
