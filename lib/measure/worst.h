/* SPDX-License-Identifier: ISC */
/*
 * worst: the texts whose wrong predictions are the most confident.
 *
 * Only as many as are wanted are in memory, each as a copy of the rows of one
 * run (score_doc.h).
 */
#ifndef MEASURE_WORST_H
#define MEASURE_WORST_H

#include <stddef.h>

struct score_row;
struct worst;

struct worst_text {
	struct score_row *row;	/* [n] */
	size_t n;
	double p;		/* of the predicted class */
};

/* Keeps at most this many texts. */
struct worst *worst_new(size_t most);
void worst_free(struct worst *);

/* Add a text, unless enough others have a higher p; of equal ones the first
 * stay. */
void worst_add(struct worst *, const struct score_row *row, size_t n,
    double p);

/* Returns the texts, [*n], the highest p first.  Nothing can be added then. */
const struct worst_text *worst_list(struct worst *, size_t *n);

#endif
