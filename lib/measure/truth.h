/* SPDX-License-Identifier: ISC */
/*
 * truth: a score stream that others are measured against, by document.
 *
 * Its rows are kept in memory, of sums only the logit: true omissions, labelled
 * phrases of trees, the parts of documents put together from several.
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
 * All of a file ("-": standard input): of one level and the logit, from whole
 * documents (score_read.h), or if that is NULL all levels without sums.
 *
 * A document that is bad or comes twice sets *status, with a message.  With
 * keep_going it stays as a bad one without rows, the second time as the first;
 * else, and if the file can't be read, there is no truth: NULL.
 */
struct truth *truth_read(const char *path, const char *level, bool keep_going,
    int *status);
void truth_free(struct truth *);

/* The documents, in the file's order. */
size_t truth_size(const struct truth *);
const struct score_doc *truth_doc(const struct truth *, size_t i);

/* The document of this name, or NULL. */
const struct score_doc *truth_find(const struct truth *, struct text doc);

/*
 * The row of such a document for the level, span, class and model of another
 * row, or NULL.  The search goes on from *at, 0 at first, as rows are asked for
 * in text order as a rule.
 */
const struct score_row *truth_row(const struct score_doc *,
    const struct score_row *, size_t *at);

#endif
