/* SPDX-License-Identifier: ISC */
/*
 * summary: a model as a whole, from its scores of labelled texts.
 *
 * The remark of a text (remark.h) has its label, the predicted class and the
 * words that the model does not know; its rows have the scores of words.  From
 * these a summary counts right and wrong predictions by class, length, unknown
 * words and probability, finds the words with the strongest scores, and keeps
 * the texts whose wrong predictions were the most confident.
 *
 * Memory: 24 bytes a text, about 200 a distinct word and class, and the rows of
 * the texts that are kept.
 */
#ifndef MEASURE_SUMMARY_H
#define MEASURE_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "math/resample.h"
#include "measure/audit.h"
#include "measure/strangers.h"

struct score_doc;
struct summing;
struct worst_text;

/* Labelled texts of one kind. */
struct summary_part {
	struct text name;	/* "5-9" */
	size_t n, right;
	double p;		/* the sum of the predicted classes' p */
	double low, high;	/* of right / n, by the bootstrap; n > 0 */
};

/* Texts with this label and prediction. */
struct summary_cell {
	size_t gold, predicted, n;
};

struct summary_class {
	struct text name;
	size_t gold, predicted, both;
};

/* The words of a class, the strongest first. */
struct summary_words {
	struct audit_group group;
	size_t different;	/* words in all */
	struct summary_word *for_it, *against;	/* [fors], [againsts] */
	size_t fors, againsts;
};

struct summary {
	struct text model, method;	/* without s if there is no text */
	size_t texts, words;		/* of the stream */
	size_t labelled;		/* texts with label and prediction */
	size_t unknown, unknown_texts;	/* words, and texts with one */
	struct estimate accuracy;	/* if labelled > 0 */
	double macro_f1, calibration;
	struct summary_class *class;	/* [C] in labels or predictions */
	size_t C;
	struct summary_cell *cell;	/* [cells] most texts first */
	size_t cells;
	struct summary_part *length, *rare, *bin;	/* rare: by unknown
							 * words */
	size_t lengths, rares, bins;
	struct summary_words *group;	/* [groups] */
	size_t groups;
	const struct summary_word *stranger;	/* [strangers] unknown words */
	size_t strangers, different_strangers;
	const struct worst_text *error;	/* [errors] most confident first */
	size_t errors, wrong;		/* wrong: of the stream */
};

/* most: how many words of a kind, and how many errors. */
struct summing *summary_new(size_t most);
void summary_free(struct summing *);

/*
 * Add a document.  Returns false with a message if its model or method is
 * another than that of the documents before.
 */
bool summary_add(struct summing *, const struct score_doc *);

/* The summary of what was added; it belongs to the summing. */
const struct summary *summary_of(struct summing *, size_t rounds);

#endif
