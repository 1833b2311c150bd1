/* SPDX-License-Identifier: ISC */
/*
 * remainders: functions for the measures that read predictions.
 *
 * A remainder is what is left of a text without its top words, or these alone.
 * A table of predictions has the texts and their remainders by the scores of
 * one method, at one or more points: amounts of words (reat-erase -K top).
 *
 *     name        p      point   remainder
 *     7           .9             the whole text
 *     7~-10%~3    .7     10      without the top 10 %
 *     7~+10%~1-2  .8     10      these alone
 *     7~-20%~3-4  .6     20
 */
#ifndef MEASURE_REMAINDERS_H
#define MEASURE_REMAINDERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct measuring;
struct variants_table;

/* What these measures read. */
#define REMAINDERS_INPUT "predictions for the texts of reat-erase -K top"

/* The table of a method: an operand METHOD=PATH. */
struct remainder {
	struct text method;
	const char *path;
	struct variants_table *table;
};

/* A point: its value, and that in letters, which is the column "at". */
struct remainder_point {
	struct text name;
	double at;
};

struct remainders {
	const struct remainder *of;	/* [n] */
	size_t n;
	struct remainder_point *point;	/* [points] in the order of the file,
					 * freed by who made the struct */
	size_t points, cap;
	bool percent;		/* the points are percentages */
	bool alone;		/* the remainders are the top words alone */
};

/*
 * Check that the tables have the same classes, and set the points to those of
 * the first text.  Then check that no table has a text that the first one
 * lacks.  Returns false, after messages.  *able is false if nothing can be
 * computed, also with -k.
 */
bool remainders_check(const struct measuring *, struct remainders *,
    bool *able);

/* The number of texts of the first table, and their names. */
size_t remainders_texts(const struct remainders *);
struct text remainders_doc(const struct remainders *, size_t i);

/* What a text x lost, for the class that is predicted for it. */
struct loss {
	double p, left;		/* p(x), p(remainder of x) */
	bool flipped;		/* another class is predicted */
};

/*
 * The losses of text i, loss [n][points].  Returns false if a table lacks the
 * text or one of its remainders (prints a message), or a row was bad (a message
 * was printed when it was read).
 */
bool remainders_losses(const struct remainders *, size_t i,
    struct loss *loss);

/* p(x) - p(remainder of x) */
double remainders_lost(const struct loss *);

/* Add the value of a text to the tally. */
void remainders_add(struct measuring *, struct text method, struct text at,
    struct text doc, double value);

#endif
