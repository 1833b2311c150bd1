/* SPDX-License-Identifier: ISC */
/*
 * measure: how good explanations are.
 *
 * Letters: x a text, p its probability of the class c, S a span's score for c.
 *
 * A measure reads either score streams, perhaps with a truth before them, and
 * takes them a document, model and method at a time (rows.h); or tables of
 * predictions, of the whole texts first and then of what is left of them
 * (remainders.h).  The value of each text goes to a tally.
 *
 * A measure is a file that defines one struct measure; its essay stands there.
 */
#ifndef MEASURE_MEASURE_H
#define MEASURE_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct dict;
struct predictions;
struct remainder;
struct score_doc;
struct tally;
struct truth;

/* What a run measures, from the options; the same for every measure. */
struct measuring {
	const char *class;	/* -c: "predicted" or a label */
	const char *level;	/* -l */
	bool unchunked;		/* -u: words outside chunks are spans too */
	struct dict *positive, *negative;	/* -r */
	struct truth *truth;
	struct tally *tally;
	bool keep_going;	/* -k */
};

enum measure_reads {
	MEASURE_SCORES,
	MEASURE_TRUTH,		/* scores behind a truth */
	MEASURE_PREDICTIONS,
};

struct measure {
	const char *name;	/* as -a has it */
	const char *purpose;	/* half a line for -a list */
	const char *input;	/* what it reads, for -a list and messages */
	enum measure_reads reads;
	const char *class;	/* -c's default, or NULL: it takes no -c */
	bool level;		/* it takes -l, and reads that level alone */
	bool lexicons;		/* it needs -r */

	/*
	 * SCORES and TRUTH: take a document's rows of one model and method, at
	 * least one.  Returns false with a message if they are bad.
	 */
	bool (*take)(struct measuring *, const struct score_doc *);

	/*
	 * PREDICTIONS.  operands: returns what is wrong with the names of n
	 * remainders, whose tables are not read yet, or NULL.  predictions:
	 * take the predictions of the whole texts and of n remainders.  A text
	 * that a table lacks is bad; returns false if any is.
	 */
	const char *(*operands)(struct arena *, const struct remainder *,
	    size_t n);
	bool (*predictions)(struct measuring *, const struct predictions *,
	    const struct remainder *, size_t n);
};

extern const struct measure faithfulness, interpretability, completeness,
    agreement, sign, pointing, comprehensiveness, sufficiency, normalised;

/* All of them, then NULL, in the order of -a list. */
extern const struct measure *const measures[];

/* The measure with this name, or NULL. */
const struct measure *measure_find(const char *name);

#endif
