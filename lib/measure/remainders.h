/* SPDX-License-Identifier: ISC */
/*
 * remainders: functions for the measures that read predictions.
 *
 * A remainder is the table of predictions for the texts that reat-erase wrote,
 * by the scores of one method and at one point (a share of words).
 */
#ifndef MEASURE_REMAINDERS_H
#define MEASURE_REMAINDERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct measuring;
struct predictions;

/* What most of these measures read. */
#define REMAINDERS_INPUT "predictions for the texts, then for the texts of " \
	"reat-erase"

/* An operand: METHOD@AT=PATH.  at is "_" without one. */
struct remainder {
	struct text method, at;
	struct predictions *table;
	const char *path;	/* of the table */
};

/*
 * Check the tables against the first one.  Returns false, after messages, if a
 * table has other classes, or a text that the first one lacks.  *able is false
 * if classes differ: then nothing can be computed.
 */
bool remainders_check(const struct measuring *, const struct predictions *whole,
    const struct remainder *left, size_t n, bool *able);

/* What a text x lost, for the class that is predicted for it. */
struct loss {
	double p, left;		/* p(x), p(remainder of x) */
	bool flipped;		/* another class is predicted */
};

/*
 * The losses of text i, loss [n].  Returns false if a table lacks the text
 * (prints a message) or its row was bad (a message was printed when it was
 * read).
 */
bool remainders_losses(const struct predictions *whole, size_t i,
    const struct remainder *left, size_t n, struct loss *loss);

/* p(x) - p(remainder of x) */
double remainders_lost(const struct loss *);

/* True if remainder k is the first one of its method. */
bool remainders_is_first(const struct remainder *left, size_t k);

/* The mean of a method's values, value [n]; *points is their number. */
double remainders_mean(const struct remainder *left, size_t n,
    struct text method, const double *value, size_t *points);

/*
 * The remainder of a method at this point, or NULL.  *n is the number of tables
 * of the method.
 */
const struct remainder *remainders_find(const struct remainder *left,
    size_t tables, struct text method, struct text at, size_t *n);

/*
 * Check the names of n remainders.  Returns a message in the arena if a name
 * occurs twice, or if methods with several points have different points: then
 * their means cannot be compared.  Otherwise returns NULL.
 */
const char *remainders_operands(struct arena *, const struct remainder *left,
    size_t n);

/* Add the value of a text to the tally. */
void remainders_add(struct measuring *, struct text method, struct text at,
    struct text doc, double value);

#endif
