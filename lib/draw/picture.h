/* SPDX-License-Identifier: ISC */
/*
 * picture: what is drawn of a run of score rows (score_read.h).
 *
 * In every format these are its levels, their spans in the order of the text,
 * its sums and its scales.  If spans of the level "span" overlap, it becomes
 * several levels of this name, in which they do not.  Double quotes, which the
 * rows have as `` and '', are drawn as they are typed (quotes.h).
 */
#ifndef DRAW_PICTURE_H
#define DRAW_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "stream/quotes.h"
#include "stream/remark.h"
#include "stream/score.h"

struct arena;
struct span_tree;

enum { PICTURE_LEVELS = 64 };

struct picture_level {
	struct text name;
	const struct score_row **span;	/* [n], in the order of the text */
	size_t n;
};

/*
 * The scores of words are often much smaller than those of clauses.  So the
 * level "word" has a scale of its own, and the other levels share one, unless
 * the smaller of both largest scores is at least 4/5 of the other.
 */
struct picture_scale {
	const char *of;		/* "word", "others"; NULL: all levels */
	double full;		/* the score of full colour, > 0 */
	double unit;		/* numbers have the decimals with which this
				 * has three digits */
};

enum { PICTURE_SCALES = 2 };

struct picture {
	struct arena *arena;
	const struct score_row *row;	/* [n] the run; the caller's */
	size_t n;
	struct picture_level *level;	/* [levels], in the order to draw */
	size_t levels;
	const struct score_row *sum[SCORE_SUMS];	/* or NULL */
	double rest;		/* logit - text - bias; 0 if it is rounding */
	struct remark remark;	/* of the run; its texts are the caller's */
	struct quote *quote;	/* [quotes] the remark's */
	size_t quotes;
	size_t *unknown;	/* [unknowns] words the model does not know, by
				 * id, in ascending order */
	size_t unknowns;
	bool marked;		/* one of them is in a span that is drawn */
	struct picture_scale scale[PICTURE_SCALES];
	size_t scales;		/* 0 if all scores are 0 */
	const char *same;	/* the levels left out, as "sentence = clause";
				 * empty without */
	struct span_tree *tree;	/* of span_tree_make; NULL: draw levels */
};

/*
 * The levels to draw, in order; NULL: word, phrase, clause, sentence, then the
 * others in the order of the stream, without those that repeat one before: the
 * same spans with the same scores.  For a tree these are "word" and the levels
 * whose names end with a number, if there are any, otherwise all, in the order
 * of the stream: other levels need not nest.
 */
struct picture_choice {
	struct text *level;	/* [n] */
	size_t n;
	bool tree;
	bool repeats;		/* also levels that repeat another */
	bool one_scale;		/* for all levels */
	double full;		/* of that scale; 0: the largest |score| */
};

void picture_init(struct picture *);
void picture_free(struct picture *);

/*
 * Make the picture of the n rows of a run, from a whole document.  The rows
 * must outlive the picture; all else lies in its arena, until the next call.
 * Returns false with a message if there are more than PICTURE_LEVELS levels, or
 * lines of overlapping spans.
 */
bool picture_make(struct picture *, const struct score_row *, size_t n,
    const struct picture_choice *);

/* A number below the picture, and its name. */
struct picture_total {
	const char *name, *number;
};

enum { PICTURE_TOTALS = SCORE_SUMS + 1 };

/*
 * The sums that the run has, then "rest" if it is not 0; returns how many.  A
 * text that is not a sum (score_is_sum) has the name "whole text".
 */
size_t picture_totals(const struct picture *,
    struct picture_total to[PICTURE_TOTALS]);

/* True if the model does not know the word with this id. */
bool picture_unknown(const struct picture *, size_t id);

/* What views say about such a word, in a legend. */
#define PICTURE_UNKNOWN "a word that the model does not know"

/* What the label of the document says about the prediction. */
enum remark_outcome picture_outcome(const struct picture *);

/* remark_verdict of the run. */
struct text picture_verdict(const struct picture *);

/* The scale of a row: that of a sum is the last one.  NULL: there is none. */
const struct picture_scale *picture_scale(const struct picture *,
    const struct score_row *);

/* A score as a share of full colour. */
double picture_share(const struct picture *, const struct score_row *);

/* A number with the decimals of a scale, which may be NULL, and the number of a
 * row's score. */
const char *picture_number(const struct picture *,
    const struct picture_scale *, double v);
const char *picture_score(const struct picture *, const struct score_row *);

/* True if the picture shows the row: it is a sum, or of a level drawn. */
bool picture_shows(const struct picture *, const struct score_row *);

#endif
