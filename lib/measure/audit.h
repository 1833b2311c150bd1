/* SPDX-License-Identifier: ISC */
/*
 * audit: the scores of each word beside its training texts, by class.
 *
 * A word can have scores that rest on few texts.  Rows are in the order in
 * which somebody who looks for such words should read them:
 *
 *     surprise = sum over classes c of n_c log2((n_c / n) / (N_c / N))
 *     weight   = surprise |mean score| texts
 *
 * with texts the scored texts that have the word, n of N training texts that
 * have it, and n_c of the N_c training texts of class c.  surprise is Dunning's
 * log-likelihood ratio in bits ("Accurate Methods for the Statistics of
 * Surprise and Coincidence", 1993): how much better the word's own shares of
 * the classes explain its texts than those of all texts.  Words are compared in
 * lower case.
 */
#ifndef MEASURE_AUDIT_H
#define MEASURE_AUDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct audit;
struct corpus;
struct dict;
struct score_doc;

/* A class, model and method of the scores. */
struct audit_group {
	struct text class, model, method;
};

/* A word's count in the training texts of a class. */
struct audit_count {
	size_t class, texts;
};

struct audit_row {
	size_t group;
	struct text word;

	/* in the scores */
	size_t texts, n;	/* texts with the word; scores */
	double mean, sd;	/* sd is 0 for one score */
	size_t same;		/* scores that have the sign of the mean */

	/* in the training texts */
	size_t train;		/* texts with the word */
	const struct audit_count *count;	/* [counts] its classes */
	size_t counts;
	double surprise, weight;
};

/* What is audited; all of it must outlive the audit. */
struct auditing {
	const struct corpus *train;
	const struct dict *words;	/* of train, in lower case */
	const struct dict *labels;
	const char *class;	/* of the scores, or NULL: all */
	const struct text *tag;	/* [tags] words with these tags; 0: all */
	size_t tags;
	size_t most;		/* training texts of a word */
};

struct audit *audit_new(const struct auditing *);
void audit_free(struct audit *);

/* Add the word rows of a document. */
void audit_add(struct audit *, const struct score_doc *);

/* True if a document had rows of the class, with or without words. */
bool audit_has_class(const struct audit *);

/*
 * The rows, group after group in the order in which they came first, each by
 * weight; of equal weights by training texts, then by the word's bytes.  Both
 * are the audit's.
 */
const struct audit_row *audit_rows(struct audit *, size_t *n);
const struct audit_group *audit_groups(const struct audit *, size_t *n);

#endif
