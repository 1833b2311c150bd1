/* SPDX-License-Identifier: ISC */
/*
 * predictions: a table of reat-predict in memory, by document.
 */
#ifndef MEASURE_PREDICTIONS_H
#define MEASURE_PREDICTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct predictions;

/*
 * Read a whole file ("-": standard input).  Its header line names the columns:
 * doc, label, predicted, then the classes, then the logits.
 *
 * A bad row, and a second row of a document, is reported and sets *status.
 * With keep_going a bad row stays as a document without probabilities, and of
 * two rows the first stays; otherwise, and without a header or if the file
 * cannot be read, returns NULL.  path must outlive the table.
 */
struct predictions *predictions_read(const char *path, bool keep_going,
    int *status);
void predictions_free(struct predictions *);

/* True if both have the same classes in the same order. */
bool predictions_alike(const struct predictions *, const struct predictions *);

/* The documents in the order of the file. */
size_t predictions_size(const struct predictions *);
struct text predictions_doc(const struct predictions *, size_t i);

/* Find the number of a document.  Returns false if there is none. */
bool predictions_find(const struct predictions *, struct text doc, size_t *i);

/*
 * Find the number of the class predicted for document i.  Returns false if its
 * row was bad.
 */
bool predictions_class(const struct predictions *, size_t i, size_t *class);

/* The place of its row, and its label, "_" if it has none; not of a bad row. */
struct place predictions_place(const struct predictions *, size_t i);
struct text predictions_label(const struct predictions *, size_t i);

/* The number of classes. */
size_t predictions_classes(const struct predictions *);

/* True if the table has a class with this name. */
bool predictions_have(const struct predictions *, struct text class);

/* The name of a class. */
struct text predictions_name(const struct predictions *, size_t class);

/* The probability of a class, by its number, in document i. */
double predictions_probability(const struct predictions *, size_t i,
    size_t class);

/* True if the table has logits (reat-predict -g), and the logit of a class. */
bool predictions_have_logits(const struct predictions *);
double predictions_logit(const struct predictions *, size_t i, size_t class);

#endif
