/* SPDX-License-Identifier: ISC */
/*
 * tally: collects the values of texts and computes statistics and comparisons.
 *
 * A series is a model, a method and a point (column at: a share of words or a
 * level; "_" if the measure has no points).  Two methods are compared if model
 * and point are the same, over the texts that have a value in both.  Memory is
 * the numbers of the statistic (resample.h) for each text and series.
 */
#ifndef MEASURE_TALLY_H
#define MEASURE_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "math/resample.h"

struct output;
struct tally;

/* The values of all series are of this statistic. */
struct tally *tally_new(const struct statistic *);
void tally_free(struct tally *);

/*
 * Every method is compared with every other one, so the time is quadratic in
 * the number of series.
 */
enum { TALLY_SERIES = 1000 };	/* at most */

enum tally_got {
	TALLY_ADDED,
	TALLY_AGAIN,	/* the series has an entry for this text */
	TALLY_FULL,	/* it would be one series too many */
};

/*
 * Add the entry of a text to a series: sum [statistic->sums], whose weight,
 * sum[0], is 0 if the text has no value.  Prints no message.
 */
enum tally_got tally_add(struct tally *, struct text model, struct text method,
    struct text at, struct text doc, const double *sum);

/* Replace an entry that was added. */
void tally_replace(struct tally *, struct text model, struct text method,
    struct text at, struct text doc, const double *sum);

/*
 * True if every model and method has an entry for this text at any point, also
 * one without a value.  Otherwise *model and *method name one that has none.
 */
bool tally_has(const struct tally *, struct text doc, struct text *model,
    struct text *method);

/* True if there is no series. */
bool tally_is_empty(const struct tally *);

void tally_write_header(struct output *);

/*
 * Write a row for each series, in the order of tally_add, then, with pairs, one
 * for each pair A:B of methods with the same model and point, whose value is A
 * minus B:
 *
 *     measure at model method texts value low high p
 *
 * A series without values has "_" for its numbers; only pairs have a p.  rounds
 * and seed are those of resample.h.
 */
void tally_write(const struct tally *, const char *measure, bool pairs,
    size_t rounds, uint64_t seed, struct output *);

#endif
