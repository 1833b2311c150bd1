/* SPDX-License-Identifier: ISC */
/*
 * score: rows of the score stream (reat-score(5)).
 *
 *     doc class level first last model method tag prob score text
 *
 * There is a row for each span and class.  The rows of a document are
 * contiguous, and so are the rows of one class, model and method within it.  A
 * reader skips each line that equals the header, so that outputs of parallel
 * jobs can be joined with cat.
 */
#ifndef STREAM_SCORE_H
#define STREAM_SCORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct arena;
struct output;

/* The finite numbers of single precision, for messages. */
#define SCORE_RANGE "-3.4028235e38 to 3.4028235e38"

/*
 * The levels.  The first SCORE_SUMS are sums: their rows have no word ids.  All
 * names but those of layers are reserved: no layer can have them.
 */
enum score_level {
	SCORE_TEXT,		/* the sum of the words */
	SCORE_BIAS,
	SCORE_LOGIT,
	SCORE_SUMS,
	SCORE_WORD = SCORE_SUMS,
	SCORE_SPAN,		/* any spans; only these may overlap */
	SCORE_LAYER,		/* every other name */
};

/* The reserved names: text, bias, logit, word, span, NULL. */
extern const char *const score_levels[SCORE_LAYER + 1];

/* The other name of the level logit, if a probability is explained; it is
 * reserved, too. */
#define SCORE_PROBABILITY "probability"

struct score_row {
	struct text doc;	/* sent_id */
	struct text class;
	struct text level;	/* word, span, a layer, text, bias or logit */
	size_t first, last;	/* word ids from 1, inclusive; 0: "_" */
	struct text model, method;
	struct text tag;	/* XPOS, the tag of the chunk, or "_" */
	float prob;		/* the model's probability of class */
	float score;
	struct text text;	/* the words of the span, joined by blanks */

	/* set by score_parse, ignored by score_write */
	enum score_level kind;	/* score_level(level) */
	struct text line;
	struct place at;
};

enum score_level score_level(struct text name);

/*
 * Column text of a row "text" whose score is that of the whole text, because
 * the words of the method do not add up; score_is_sum is then false.
 */
#define SCORE_NOT_A_SUM "the whole text, not a sum"

bool score_is_sum(const struct score_row *);

/* True if a column has a value: it is neither empty nor "_". */
bool score_says(struct text field);

void score_write_header(struct output *);
bool score_is_header(struct text line);

/*
 * What rows of one document and class share, ready to be written: doc, class,
 * model, method and prob.  The texts are in the arena.
 */
struct score_shared {
	struct arena *arena;
	struct text class, method, prob;
};

struct score_shared score_shared(struct arena *, const struct score_row *);

/* Write a row; what it shares is not read.  Tabs and newlines in texts become
 * blanks. */
void score_write(struct output *, const struct score_shared *,
    const struct score_row *);

/*
 * Parse a line that is not the header; the row keeps slices of it.  Returns
 * false with a message for: a wrong number of columns; a first or last that is
 * neither a word id nor "_"; last before first; a prob outside 0..1; a score
 * outside SCORE_RANGE; an empty doc, class or level.
 */
bool score_parse(struct text line, struct place at, struct score_row *row);

/*
 * The key columns of a line that can be malformed: doc and class if they are
 * not empty and the line has at least three columns; model and method if it
 * then has all columns.  Unknown columns are without s.  Prints no message.
 */
void score_key(struct text line, struct score_row *key);

#endif
