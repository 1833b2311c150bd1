/* SPDX-License-Identifier: ISC */
/*
 * score: rows of the score stream (reat-score(5)).
 *
 *     doc class level first last model method tag prob score text
 *
 * One row a span and class.  Rows of a document are contiguous, and of a class
 * within it.  Readers skip any line that equals the header, so that parallel
 * jobs can be concatenated.
 */
#ifndef STREAM_SCORE_H
#define STREAM_SCORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct output;

/* The finite numbers of single precision, as the shortest decimals say them. */
#define SCORE_RANGE "-3.4028235e38 to 3.4028235e38"

struct score_row {
	struct text doc;	/* sent_id */
	struct text class;
	struct text level;	/* word, a layer, text, bias or logit */
	size_t first, last;	/* word ids from 1, inclusive; 0: "_" */
	struct text model, method;
	struct text tag;	/* XPOS or the chunk's tag, "_" if none */
	float prob;		/* the model's probability of class */
	float score;
	struct text text;	/* the span's words, a blank between */
};

/* True if a column says something: it is neither empty nor "_". */
bool score_says(struct text field);

void score_write_header(struct output *);
bool score_is_header(struct text line);

/* Tabs and newlines in texts become blanks. */
void score_write(struct output *, const struct score_row *);

/*
 * Parse a line that is not the header; the row keeps slices of it.  False with
 * a message for: a wrong number of columns, first or last that are neither a
 * number nor "_" or out of order, a prob outside 0..1, a score outside
 * SCORE_RANGE, an empty doc, class or level.
 */
bool score_parse(struct text line, struct place at, struct score_row *row);

/*
 * What a line that score_parse refused still tells of its row: doc and class
 * if it has three columns, model and method too if it has all; the others are
 * none.  No message.
 */
void score_key(struct text line, struct score_row *row);

#endif
