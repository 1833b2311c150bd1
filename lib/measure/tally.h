/* SPDX-License-Identifier: ISC */
/*
 * tally: what each text said of each method, to averages and comparisons.
 *
 * A series is a model, a method and a point ("at": a share of words, a level;
 * "_" if there are none).  Methods are compared where model and point are the
 * same, over the texts that both have.  Memory is two numbers a text and
 * series.
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
 * Add a text's result; a den of 0 says that the text tells nothing.  False, and
 * nothing is said, if the series has this text already.
 */
bool tally_add(struct tally *, struct text model, struct text method,
    struct text at, struct text doc, struct sample);

/*
 * Whether each model and method has a result, if only that it tells nothing, of
 * this text at some point; else the last that has not.
 */
bool tally_has(const struct tally *, struct text doc, struct text *model,
    struct text *method);
bool tally_is_empty(const struct tally *);

void tally_write_header(struct output *);

/*
 * Write a row for each series, in the order of their first text, and for each
 * pair A:B of its methods (A less B):
 *
 *     measure at model method texts value low high p
 *
 * A series that no text tells of has "_" for its numbers; p is "_" but in
 * pairs.
 */
void tally_write(const struct tally *, const char *measure, size_t rounds,
    uint64_t seed, struct output *);

#endif
