/* SPDX-License-Identifier: ISC */
/*
 * predictions: a table that reat-predict printed, by document.
 */
#ifndef MEASURE_PREDICTIONS_H
#define MEASURE_PREDICTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct predictions;

/*
 * All of a file ("-": standard input).  Its header line names the columns: doc,
 * label, predicted, then the classes up to the logits.
 *
 * A row that is bad, or of a document that was there, sets *status, with a
 * message.  With keep_going it stays as a document without probabilities, the
 * second time as the first; else, and without a header or if the file can't be
 * read, there is no table: NULL.
 */
struct predictions *predictions_read(const char *path, bool keep_going,
    int *status);
void predictions_free(struct predictions *);

/* The same classes in the same order. */
bool predictions_alike(const struct predictions *, const struct predictions *);

/* The documents, in the file's order. */
size_t predictions_size(const struct predictions *);
struct text predictions_doc(const struct predictions *, size_t i);

/* A document's number; false if there is none of this name. */
bool predictions_find(const struct predictions *, struct text doc, size_t *i);

/*
 * The number of the class predicted for document i; false if its row was bad.
 */
bool predictions_class(const struct predictions *, size_t i, size_t *class);

/* The probability of a class, by number. */
double predictions_probability(const struct predictions *, size_t i,
    size_t class);

#endif
