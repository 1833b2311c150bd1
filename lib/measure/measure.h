/* SPDX-License-Identifier: ISC */
/*
 * measure: how good explanations are.
 *
 * Letters: x a text, p its probability of the class c, S a span's score for c.
 *
 * A measure reads either score streams, perhaps with a truth before them, and
 * takes them a document, model and method at a time; or tables of predictions,
 * of the whole texts first and then of what is left of them.  What a text says
 * goes to a tally.
 *
 *   faithfulness       Du et al., eq 23: p(x) - p(x without the span that the
 *                      method ranks highest).  truth: reat-occlude -a omit -y,
 *                      whose scores are these differences.  Two rows beside:
 *                      "second", always the second span, and "best", the span
 *                      whose omission costs most: no method can do better.
 *   interpretability   Du et al., eq 24: of texts with one adjective (JJ*) of a
 *                      positive lexicon and one of a negative, the share where
 *                      S(the one) > S(the other) for class positive; a tie is
 *                      a mismatch.  A word of both lexicons counts as neither.
 *   completeness       |text + bias - logit| / sum of |S| over words
 *   agreement          Spearman's correlation of the spans' scores with those
 *                      of the truth, ties averaged; undefined where a text has
 *                      fewer than two spans, or all are equal
 *   sign               of the truth's spans with a score other than 0, the
 *                      share where the sum of S over their words has its sign
 *   pointing           Poerner et al. 2018: the share of texts whose highest
 *                      word lies in a span that the truth gives class c
 *   comprehensiveness  DeYoung et al. 2020 (ERASER): p(x) - p(x without the
 *                      top words); "aopc" is the mean over the shares given
 *   sufficiency        the same with only the top words left
 *   normalised         after Edin et al. 2024: (a - low) / (high - low), a the
 *                      aopc of comprehensiveness, low and high the smallest
 *                      and the largest of the text's among the orders given
 */
#ifndef MEASURE_MEASURE_H
#define MEASURE_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct dict;
struct predictions;
struct score_doc;
struct tally;
struct truth;

struct measuring {
	const char *class;	/* "predicted", or a class as it stands */
	const char *level;
	bool unchunked;		/* words outside chunks are spans too */
	struct dict *positive, *negative;
	struct truth *truth;
	struct tally *tally;
	bool keep_going;	/* after a bad text */
};

/* A table of predictions and what the command line calls it. */
struct remainder {
	struct text method, at;
	struct predictions *table;
	const char *path;	/* of the table */
};

enum measure_reads {
	MEASURE_SCORES,
	MEASURE_TRUTH,		/* scores behind a truth */
	MEASURE_PREDICTIONS,
};

struct measure {
	const char *name, *reads_help, *help;
	enum measure_reads reads;
	const char *class;	/* -c's default, or NULL: takes none */
	bool level;		/* takes -l, and its truth has that alone */
	bool lexicons;		/* needs -r */

	/*
	 * Take a document's rows of one model and method, which are not none;
	 * false with a message if they are bad.
	 */
	bool (*take)(struct measuring *, const struct score_doc *);

	/* What is wrong with the names of n remainders, or NULL; their tables
	 * are not read yet. */
	const char *(*operands)(struct arena *, const struct remainder *,
	    size_t n);

	/*
	 * Take all predictions: of the whole texts, and n remainders.  A text
	 * that not all tables have is bad; false if any is.
	 */
	bool (*predictions)(struct measuring *, const struct predictions *,
	    const struct remainder *, size_t n);
};

extern const struct measure measures[];	/* the last has name NULL */

const struct measure *measure_find(const char *name);	/* or NULL */

/* The rows in the table. */
bool measure_faithfulness(struct measuring *, const struct score_doc *);
bool measure_interpretability(struct measuring *, const struct score_doc *);
bool measure_completeness(struct measuring *, const struct score_doc *);
bool measure_agreement(struct measuring *, const struct score_doc *);
bool measure_sign(struct measuring *, const struct score_doc *);
bool measure_pointing(struct measuring *, const struct score_doc *);
const char *measure_drop_operands(struct arena *, const struct remainder *,
    size_t n);
const char *measure_normalised_operands(struct arena *,
    const struct remainder *, size_t n);
bool measure_drop(struct measuring *, const struct predictions *,
    const struct remainder *, size_t n);
bool measure_normalised(struct measuring *, const struct predictions *,
    const struct remainder *, size_t n);

#endif
