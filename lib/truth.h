/* SPDX-License-Identifier: ISC */
/*
 * truth: a score stream that others are measured against, by document.
 *
 * Its rows are kept in memory, of sums only the logit: true omissions, labelled
 * phrases of trees, the parts of documents put together from several.
 */
#ifndef TRUTH_H
#define TRUTH_H

struct score_doc;
struct text;
struct truth;

/*
 * All of a file ("-": standard input): of one level and the logit, from whole
 * documents (score_read.h), or if that is NULL all levels without sums.  NULL
 * with a message, and *status set, if any of it is bad or a document comes
 * twice.
 */
struct truth *truth_read(const char *path, const char *level, int *status);
void truth_free(struct truth *);

/* The document of this name, or NULL. */
const struct score_doc *truth_find(const struct truth *, struct text doc);

#endif
