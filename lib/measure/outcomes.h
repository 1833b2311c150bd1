/* SPDX-License-Identifier: ISC */
/*
 * outcomes: measures of models, from tables of predictions with labels.
 *
 * Each table is of one model.  A measure adds the values of each text to the
 * tally, where the model's name is the method; so models are compared on the
 * texts that both tables have.
 */
#ifndef MEASURE_OUTCOMES_H
#define MEASURE_OUTCOMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct measure;
struct measuring;
struct outcome;
struct predictions;

/* An operand: MODEL=PATH or PATH. */
struct outcome_table {
	struct text model;
	const char *path;
	struct predictions *table;
};

/*
 * The bins of a calibration error, of equal width (Guo et al. 2017): bin b has
 * the probabilities in (b / BINS, (b + 1) / BINS], and the first has 0.
 */
enum { OUTCOME_BINS = 15 };

size_t outcome_bin(double p);
const char *outcome_bin_name(struct arena *, size_t bin);

/* Returns the classes of all n tables, [*C], in the arena. */
const struct text *outcomes_classes(struct arena *,
    const struct outcome_table *, size_t n, size_t *C);

/*
 * Measure the texts of all tables.  class is [C], of outcomes_classes.  Returns
 * false, after messages, if a text has no label, one that is no class of its
 * table, or another one than in the first table.
 */
bool outcomes_measure(struct measuring *, const struct measure *,
    const struct outcome_table *, size_t n, const struct text *class,
    size_t C);

/* Add the numbers of a text at this point.  Returns false with a message if
 * there are too many series. */
bool outcomes_add(struct measuring *, const struct outcome *, struct text at,
    const double *sum);

#endif
