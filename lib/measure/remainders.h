/* SPDX-License-Identifier: ISC */
/*
 * remainders: what the measures have in common that read predictions.
 *
 * A remainder is what reat-erase leaves of the texts by one method at one point
 * (a share of words).  Its loss in a text is p(x) - p(remainder), for the class
 * that the whole text x is predicted to have.
 */
#ifndef MEASURE_REMAINDERS_H
#define MEASURE_REMAINDERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct measuring;
struct predictions;

/* A table of predictions and what the command line calls it. */
struct remainder {
	struct text method, at;
	struct predictions *table;
	const char *path;	/* of the table */
};

/*
 * The tables have the classes of the first one: else *able is false, and
 * nothing can be computed.  Returns false too, after messages, if a table has a
 * text that the first one lacks.
 */
bool remainders_check(const struct measuring *, const struct predictions *whole,
    const struct remainder *left, size_t n, bool *able);

/*
 * The losses of text i, [n].  Returns false if a table lacks the text (with a
 * message) or its row was bad (a message was printed when it was read).
 */
bool remainders_losses(const struct predictions *whole, size_t i,
    const struct remainder *left, size_t n, double *loss);

/* True if remainder k is the first one of its method. */
bool remainders_is_first(const struct remainder *left, size_t k);

/* The mean of a method's losses; *points is how many there are. */
double remainders_mean(const struct remainder *left, size_t n,
    struct text method, const double *loss, size_t *points);

/*
 * A method's table at this point, or NULL; *n is how many tables the method
 * has.
 */
const struct remainder *remainders_find(const struct remainder *left,
    size_t tables, struct text method, struct text at, size_t *n);

/*
 * What is wrong with the names, in the arena, or NULL: a table that is named
 * twice, or methods with several points that are not the same points, whose
 * means could not be compared.
 */
const char *remainders_operands(struct arena *, const struct remainder *left,
    size_t n);

/* Add a text's value to the tally. */
void remainders_add(struct measuring *, struct text method, struct text at,
    struct text doc, double value);

#endif
