/* SPDX-License-Identifier: ISC */
/*
 * remark: what the logit row of a run says about its document.
 *
 * It is in column text of that row, key=value pairs separated by "|":
 *
 *     predicted=negative|predicted_p=0.97|label_p=0.03|unknown=3,7|label=good
 *
 * A pair is left out if there is nothing to say; a row without pairs has "_".
 * The label is the last pair and goes up to the end of the column: it is any
 * text, while the classes of a model contain no "|" (label.h).
 */
#ifndef STREAM_REMARK_H
#define STREAM_REMARK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;

struct remark {
	struct text predicted;	/* the predicted class; without s: not said */
	struct text label;	/* the gold class; without s: none */
	/* the probabilities of both, or -1: the class is that of the run, or
	 * the model has no such class */
	float predicted_p, label_p;
	struct text unknown;	/* words the model does not know, as ids from
				 * 1, joined by commas; without s: none */
	struct text quotes;	/* how they are typed (quotes.h); without s:
				 * as " */
};

/* A remark that says nothing. */
extern const struct remark remark_none;

/* The ids of the words that are set in marks [T]; without s if none is. */
struct text remark_ids(struct arena *, const bool *marks, size_t T);

/* Returns the column, in the arena. */
struct text remark_write(struct arena *, const struct remark *);

/*
 * Read the column; the remark keeps slices of it.  Any text is accepted: other
 * keys and values that are not of this form are ignored.
 */
struct remark remark_read(struct text column);

/* What the label says about the prediction. */
enum remark_outcome {
	REMARK_OPEN,		/* there is no label, or no prediction */
	REMARK_RIGHT,
	REMARK_WRONG,
	REMARK_FOREIGN,		/* the label is no class of the model */
};

/* The outcome by the remark of a run of this class. */
enum remark_outcome remark_outcome(const struct remark *, struct text class);

/*
 * What such a run says about its document, for a heading, in the arena; empty
 * if it says nothing.
 *
 *     predicted, wrong: label negative
 *     predicted, label spam (not a class of the model)
 */
struct text remark_verdict(struct arena *, const struct remark *,
    struct text class);

/*
 * Returns the ids of the unknown words, [*n], in ascending order; what is no id
 * is left out.
 */
size_t *remark_words(struct arena *, const struct remark *, size_t *n);

#endif
