/* SPDX-License-Identifier: ISC */
/*
 * score_read: reads a score stream by documents or by runs (score_doc.h).
 *
 * Only one of them is in memory, and its rows have at most INPUT_LIMIT bytes.
 * Empty lines are skipped.
 *
 * A bad row is reported and makes its document (or run) bad: score_next returns
 * it without rows.  A malformed line may not even show its document.  It then
 * belongs to the document being read; but if that could end there, because a
 * logit row came before, it belongs to the document of the next row.
 */
#ifndef STREAM_SCORE_READ_H
#define STREAM_SCORE_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "stream/score_doc.h"

struct output;
struct score_reader;

struct score_reading {
	/*
	 * A document that is not whole (score_check_whole) is bad.  Without
	 * this, rows can be labels of spans, which may overlap and have no
	 * sums.
	 */
	bool whole;
	/* If it must be whole: so must its words (score_check_whole). */
	bool every_word;
	/*
	 * Return each run as a document of its own, as soon as its logit row
	 * has come.  Only a run that occurs twice in a row is then noticed.
	 */
	bool runs;
	/*
	 * A header line ends the document.  Without this it is skipped, and a
	 * document may go on after it.
	 */
	bool split;
	/*
	 * Without this, the first bad row, and the first file that cannot be
	 * read, ends the stream.
	 */
	bool keep_going;
	/* Flushed before the reader waits for input; may be NULL. */
	struct output *flush;
};

/* The operands are as for input_open. */
struct score_reader *score_reader_open(char *const operands[],
    struct score_reading);
void score_reader_close(struct score_reader *);

/*
 * Look at the first line, before any document.  Returns false with a message if
 * it is a comment: texts begin with one, scores do not.
 */
bool score_reader_check(struct score_reader *);

/* The next document, valid until the next call; false at the end. */
bool score_next(struct score_reader *, struct score_doc *);

/* The document returned last is bad, and its message was printed. */
void score_reader_bad(struct score_reader *);

/* The worst status so far. */
int score_reader_status(const struct score_reader *);

#endif
