/* SPDX-License-Identifier: ISC */
/*
 * score_read: a score stream, a document at a time.
 *
 * The rows of a document are those that stand together, of whatever classes,
 * models and methods.  Only one document is in memory, and it has at most
 * INPUT_LIMIT bytes.  Headers and empty lines are passed over.
 *
 * A bad row is reported and makes its document bad: that comes with bad set and
 * without rows.  So does, where documents are to be whole, what reat-score(5)
 * rules out: rows of a class, model and method that end without their logit
 * row, as those of a stream that was cut do; spans of a level that overlap, or
 * a sum twice; words that are not those from 1 on, each once, in any order.
 */
#ifndef STREAM_SCORE_READ_H
#define STREAM_SCORE_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "stream/score.h"

struct score_doc {
	struct text doc;
	struct score_row *row;	/* [n] */
	size_t n;
	struct place at;	/* of the first row */
	bool bad;
};

struct score_reader;

/*
 * As input_open: operands are not copied.  Not whole are labels of spans, which
 * may overlap and have no sums.
 */
struct score_reader *score_reader_open(char *const operands[], bool whole);
void score_reader_close(struct score_reader *);

/*
 * Look at the first line, before any document.  False with a message if it is
 * a comment, with which texts begin and scores do not.
 */
bool score_reader_check(struct score_reader *);

/* The next document, good until the next call; false at the end. */
bool score_next(struct score_reader *, struct score_doc *);

/* What was read so far: STATUS_OK, or that of the worst of it. */
int score_reader_status(const struct score_reader *);

/*
 * The class, among the rows of a model and method, that which names: for
 * "predicted" the likeliest, of equals the first; else which itself.  None if
 * there is no such row.
 */
struct text score_class(const struct score_doc *, struct text model,
    struct text method, const char *which);

#endif
