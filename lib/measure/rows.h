/* SPDX-License-Identifier: ISC */
/*
 * rows: functions for the measures that read scores.
 *
 * d is the rows of one document, model and method; truth is the document of the
 * same name in the first stream.  Functions that return false have printed a
 * message.
 */
#ifndef MEASURE_ROWS_H
#define MEASURE_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct measuring;
struct score_doc;
struct score_row;

/* False with a message if the document's value does not fit into a float. */
bool rows_fit(const struct score_doc *, double value);

/*
 * Add the document's value, num / den, to the tally; a den of 0 means that it
 * has no value.  Returns false if the value does not fit into a float, if the
 * series has this document already, or if it is one series too many.
 */
bool rows_add(struct measuring *, const struct score_doc *d,
    struct text method, struct text at, double num, double den);

/* The same with the numbers of the measure's statistic (tally.h). */
bool rows_enter(struct measuring *, const struct score_doc *d,
    struct text method, struct text at, const double *sum);

/* Find the class that is measured (-c).  Returns false if it has no rows. */
bool rows_class(const struct measuring *, const struct score_doc *d,
    struct text *class);

/* The first row from i on of a class and level, or d->n. */
size_t rows_next(const struct score_doc *d, struct text class,
    const char *level, size_t i);

/*
 * True if a row is to be measured: a word, a chunk, a span of the level "span",
 * or with -u any span.
 */
bool rows_is_span(const struct measuring *, const struct score_row *);

/*
 * Find this document in the first stream.  Returns false if it is missing
 * (prints a message) or was bad (a message was printed when it was read).
 */
bool rows_truth(const struct measuring *, const struct score_doc *d,
    const struct score_doc **truth);

/*
 * The score of the truth for a row of d.  *at is where the search begins, 0 for
 * the first call.  Returns false if there is no such row or its text differs.
 */
bool rows_true_score(const struct score_doc *d, const struct score_doc *truth,
    const struct score_row *, size_t *at, double *score);

/*
 * Returns false if d has no spans of the level although it has words, or fewer
 * than the truth has.  Of the level "span" neither needs to have any.
 */
bool rows_check_spans(const struct measuring *, const struct score_doc *d,
    const struct score_doc *truth, struct text class);

/* The spans of the measured class and level, and their scores. */
struct spans {
	size_t n;
	double *score, *truth;	/* [n] */
};

/* Find them, in the arena; the functions above find what is wrong. */
bool rows_spans(const struct measuring *, const struct score_doc *d,
    struct arena *, struct spans *);

/* The number of the last word that a row of the truth covers. */
size_t rows_last_word(const struct score_doc *truth);

#endif
