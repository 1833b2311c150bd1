/* SPDX-License-Identifier: ISC */
/*
 * truth: the score stream that all others are compared with, in memory.
 *
 * It holds true omissions, labelled phrases of trees, or the parts of documents
 * that were joined from several.
 */
#ifndef MEASURE_TRUTH_H
#define MEASURE_TRUTH_H

#include <stdbool.h>
#include <stddef.h>

struct score_doc;
struct score_row;
struct text;
struct truth;

/*
 * Read a whole file ("-": standard input).  With a level: keep the rows of this
 * level and the logit; documents must be whole (score_doc.h).  If level is
 * NULL: keep the spans of all levels, which may overlap, and no sums.
 *
 * A bad document, and one whose rows come again, is reported and sets *status.
 * With keep_going the bad document stays without rows, and of two documents the
 * first stays; otherwise, and if the file cannot be read, returns NULL.
 */
struct truth *truth_read(const char *path, const char *level, bool keep_going,
    int *status);
void truth_free(struct truth *);

/* The documents in the order of the file. */
size_t truth_size(const struct truth *);
const struct score_doc *truth_doc(const struct truth *, size_t i);

/* The document of this name, or NULL. */
const struct score_doc *truth_find(const struct truth *, struct text doc);

/*
 * Find the row with the level, span, class and model of another row, or NULL.
 * The search begins at *at, which is 0 for the first call, and sets it to the
 * row after the one found: both streams usually have text order.
 */
const struct score_row *truth_row(const struct score_doc *,
    const struct score_row *, size_t *at);

#endif
