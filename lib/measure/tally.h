/* SPDX-License-Identifier: ISC */
/*
 * tally: collects a value for each text and computes averages and comparisons.
 *
 * A series is a model, a method and a point (column at: a share of words or a
 * level; "_" if the measure has no points).  Two methods are compared if model
 * and point are the same, over the texts that have a value in both.  Memory is
 * two numbers for each text and series.
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

struct tally *tally_new(void);
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
 * Add the entry of a text to a series; den is 0 if the text has no value.
 * Prints no message.
 */
enum tally_got tally_add(struct tally *, struct text model, struct text method,
    struct text at, struct text doc, struct sample);

/*
 * True if every model and method has an entry for this text at any point, also
 * one with den 0.  Otherwise *model and *method name one that has none.
 */
bool tally_has(const struct tally *, struct text doc, struct text *model,
    struct text *method);

/* True if there is no series. */
bool tally_is_empty(const struct tally *);

void tally_write_header(struct output *);

/*
 * Write a row for each series, in the order of tally_add, then one for each
 * pair A:B of methods with the same model and point, whose value is A minus B:
 *
 *     measure at model method texts value low high p
 *
 * A series without values has "_" for its numbers; only pairs have a p.  rounds
 * and seed are those of resample.h.
 */
void tally_write(const struct tally *, const char *measure, size_t rounds,
    uint64_t seed, struct output *);

#endif
