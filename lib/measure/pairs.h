/* SPDX-License-Identifier: ISC */
/*
 * pairs: scores and true scores of spans, kept until all texts are read.
 *
 * A correlation over the spans of all texts needs the ranks, and the scale, of
 * all of them.  pairs_tally then gives each text the sums of its pairs
 * (statistic_correlation), at the points "pearson" and "spearman".  Scores are
 * divided by their standard deviation within model and method, which changes no
 * correlation, so that the scores of two methods can be exchanged in a test.
 * The ranks are those of all texts also in a resample.
 */
#ifndef MEASURE_PAIRS_H
#define MEASURE_PAIRS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct pairs;
struct tally;

struct pairs *pairs_new(void);
void pairs_free(struct pairs *);

/* Add the n pairs of a text, x [n] and y [n]; all are copied. */
void pairs_add(struct pairs *, struct text model, struct text method,
    struct text doc, const double *x, const double *y, size_t n);

extern const char *const pairs_points[2];	/* "pearson", "spearman" */

/*
 * Replace the entries of all texts that were added in the tally, which has them
 * at both points.  A text without pairs has no value; nor has any text if all x
 * or all y of its model and method are equal.
 */
void pairs_tally(struct pairs *, struct tally *);

#endif
