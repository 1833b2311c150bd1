/* SPDX-License-Identifier: ISC */
/*
 * score_doc: the score rows of a document.
 *
 * A document is all contiguous rows with one sent_id.  A run is all rows of one
 * class, model and method in it:
 *
 *     doc  class  level   first last  ...  score
 *     7    pos    word    1     1          0.3     a run
 *     7    pos    word    2     2          0.1
 *     7    pos    phrase  1     2          0.4
 *     7    pos    text    _     _          0.4
 *     7    pos    bias    _     _          0.2
 *     7    pos    logit   _     _          0.6     its last row
 *     7    neg    word    1     1         -0.2     the next run
 *     ...
 */
#ifndef STREAM_SCORE_DOC_H
#define STREAM_SCORE_DOC_H

#include <stdbool.h>
#include <stddef.h>

#include "stream/score.h"

struct arena;

struct score_doc {
	struct text doc;
	struct score_row *row;	/* [n] */
	size_t n;
	struct place at;	/* of the first row */
	bool bad;		/* a message was printed, and n is 0 */
};

/* Returns the row after the last row of the run that begins at row i. */
size_t score_run(const struct score_doc *, size_t i);

/*
 * Find a class among the rows of a model and method.  which is the class, or
 * "predicted" for the one with the highest probability, the first if several
 * have it.  Returns a text without s if there is no such row.
 */
struct text score_class(const struct score_doc *, struct text model,
    struct text method, const char *which);

/* True if the row is the logit row, the last of a run. */
bool score_is_logit(const struct score_row *);

/*
 * Returns true if the document is whole:
 *
 *     - each run ends with its logit row, and no run occurs twice;
 *     - the rows of a run have one probability;
 *     - sums have no word ids and occur once in a run;
 *     - spans have word ids, and those of a level do not overlap, in whatever
 *       order they are; those of the level "span" may, but each occurs once;
 *     - with every_word, the words of a run, if it has any, are 1, 2, 3, ...
 *
 * Otherwise it prints a message with the place of the row and returns false.
 * The arena is for its own use.
 */
bool score_check_whole(const struct score_doc *, bool every_word,
    struct arena *);

/*
 * Put the rows of a whole document in order, since those of a level may come in
 * any: in each run the levels in the order of their first rows, the rows of a
 * level by their first words, then by their last.  What reads the rows then
 * does not depend on the order of the stream, also where scores are equal.
 */
void score_order(struct score_doc *, struct arena *);

/* Report a row that comes after the logit row of its run; returns false. */
bool score_bad_order(const struct score_row *key, struct place at);

#endif
