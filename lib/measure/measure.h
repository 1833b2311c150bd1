/* SPDX-License-Identifier: ISC */
/*
 * measure: how good explanations, and models, are.
 *
 * Letters: x a text, p(x) the probability of class c, S the score of a span for
 * c.
 *
 * A measure reads one of four kinds of input:
 *
 *     score streams          by document, model and method (rows.h); the first
 *                            stream may be a truth (truth.h), or a table of
 *                            predictions for variants (variants_table.h)
 *     tables of predictions  for texts and what is left of them
 *                            (remainders.h), one for each method
 *     tables with labels     of one or more models (outcomes.h): how good the
 *                            models are
 *     rows of attacks        of one or more methods (attacks.h)
 *
 * It adds a value for each text to the tally (tally.h).
 *
 * A measure is a file that defines one struct measure, with its equation in a
 * comment at the top.
 */
#ifndef MEASURE_MEASURE_H
#define MEASURE_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "math/resample.h"

struct arena;
struct dict;
struct originals;
struct pairs;
struct remainders;
struct score_doc;
struct tally;
struct truth;
struct variants_table;

/* The options and the data of a run; the same for every measure. */
struct measuring {
	const char *class;	/* -c: "predicted" or a label */
	const char *level;	/* -l */
	bool unchunked;		/* -u: words outside chunks are spans too */
	struct dict *positive, *negative;	/* -r */
	struct truth *truth;
	struct variants_table *variants;
	struct tally *tally;
	struct pairs *pairs;	/* of measures that collect spans */
	struct originals *originals;	/* of those that compare models */
	bool keep_going;	/* -k */
};

enum measure_reads {
	MEASURE_SCORES,
	MEASURE_TRUTH,		/* a truth, then scores */
	MEASURE_VARIANTS,	/* a table of variants, then scores */
	MEASURE_REMAINDERS,
	MEASURE_OUTCOMES,
	MEASURE_ATTACKS,
};

/* What a model made of a labelled text. */
struct outcome {
	struct text model, doc;
	const struct text *class;	/* [C] of all models */
	size_t C;
	size_t gold, predicted;		/* classes */
	double p_gold, p_predicted;	/* their probabilities */
	bool first;			/* the first text of its model */
	struct arena *arena;		/* until the next text */
};

struct measure {
	const char *name;	/* for -a */
	const char *purpose;	/* half a line for -a list */
	const char *input;	/* what it reads, for -a list and messages */
	enum measure_reads reads;
	const char *class;	/* the default of -c; NULL: it takes no -c */
	bool level;		/* it takes -l and reads only that level */
	const char *layer;	/* it takes -l, a layer with this default,
				 * beside the words; NULL: it has none */
	bool lexicons;		/* it needs -r */
	bool alone;		/* of REMAINDERS: the top words alone */
	size_t least;		/* of REMAINDERS: how many methods it needs;
				 * 0 means 1 */
	bool unpaired;		/* methods are not compared: a point has
				 * other texts for each */
	const struct statistic *statistic;	/* NULL: statistic_mean */

	/*
	 * For SCORES, TRUTH and VARIANTS.  take: measure the rows of one
	 * document, model and method; there is at least one.  Returns false
	 * with a message if they are bad.
	 */
	bool (*take)(struct measuring *, const struct score_doc *);

	/* Called when all documents were taken; may be NULL.  Returns false
	 * with a message if some are missing. */
	bool (*finish)(struct measuring *);

	/*
	 * For REMAINDERS: measure all texts.  Sets the points.  Returns false,
	 * after messages, if a table lacks a text or a remainder.
	 */
	bool (*remainders)(struct measuring *, struct remainders *);

	/*
	 * For OUTCOMES.  outcome: add the values of a text; returns false with
	 * a message if there are too many series.  statistic_of: the statistic
	 * for C classes, if it depends on them; otherwise NULL.
	 */
	bool (*outcome)(struct measuring *, const struct outcome *);
	struct statistic (*statistic_of)(size_t C);
};

extern const struct measure faithfulness, interpretability, completeness,
    agreement, correlation, sign, pointing, infidelity, sensitivity, stability,
    token_f1, iou_f1, auprc, comprehensiveness, sufficiency, normalised,
    log_odds, log_probability, flip, monotonicity, accuracy, confusion,
    precision, recall, f1, macro_f1, cross_entropy, calibration, reliability,
    attack;

/* All measures in the order of -a list, then NULL. */
extern const struct measure *const measures[];

/* The measure with this name, or NULL. */
const struct measure *measure_find(const char *name);

#endif
