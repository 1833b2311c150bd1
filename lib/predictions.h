/* SPDX-License-Identifier: ISC */
/*
 * predictions: a table that reat-predict printed, by document.
 */
#ifndef PREDICTIONS_H
#define PREDICTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "text.h"

struct predictions;

/*
 * All of a file ("-": standard input).  Its header line names the columns: doc,
 * label, predicted, then the classes up to the logits.  NULL with a message,
 * and *status set, if any of it is bad or a document comes twice.
 */
struct predictions *predictions_read(const char *path, int *status);
void predictions_free(struct predictions *);

/* The documents, in the file's order. */
size_t predictions_size(const struct predictions *);
struct text predictions_doc(const struct predictions *, size_t i);
bool predictions_has(const struct predictions *, struct text doc);

/* The class predicted for document i, and the probability of a class. */
struct text predictions_class(const struct predictions *, size_t i);
bool predictions_probability(const struct predictions *, struct text doc,
    struct text class, double *p);

#endif
