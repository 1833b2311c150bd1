/* SPDX-License-Identifier: ISC */
/*
 * mark: two lines that tell a whole stream from one that ended early.
 *
 *     # reat.mark = 1
 *     ... the stream ...
 *     # reat.end = lines=120 blocks=7 bytes=4410 xxh64=44bc2cf5ad770999
 *
 * The numbers are those of the bytes between the two lines.  Each block ends
 * with an empty line, and blocks is the number of these.  After the first line
 * the last one must follow.  Input checks it and takes both away, so a reader
 * sees the stream alone.  Streams with marks can be joined by cat.
 *
 * Output writes the marks if that was chosen.  The last one is written only if
 * the run came to its end and no input ended early, so a mark holds for all
 * filters before it.
 */
#ifndef BASE_MARK_H
#define BASE_MARK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/err.h"
#include "base/text.h"

struct mark_sum {
	struct digest digest;
	uint64_t lines, blocks;
	char last;		/* byte */
};

/*
 * What this process does.  ignore: its input is text, in which such a line is
 * no mark.  demand: input without marks is bad.  write: standard output gets
 * marks.  keep_going: also if bad records were dropped.
 */
struct mark_choice {
	bool ignore, demand, write, keep_going;
};

void mark_choose(struct mark_choice);

/* ---- input: an operand ---- */

enum mark_state {
	MARK_START,		/* nothing was read since a mark, or at all */
	MARK_PLAIN,		/* outside marks */
	MARK_INSIDE,		/* after the first mark */
};

struct mark_reader {
	enum mark_state state;
	bool seen;		/* there was a mark */
	bool lost;		/* not all bytes were added */
	struct mark_sum sum;	/* since the first mark */
};

enum mark_got {
	MARK_NONE,		/* a line of the stream */
	MARK_TAKEN,		/* a mark, to be taken away */
	MARK_BAD,		/* so, but it is wrong: message printed */
	MARK_MISSING,		/* a line of the stream where a mark was
				 * demanded: message printed; the operand
				 * is not to be read */
};

/* Look at the first line of a record, without its newline, at this place. */
enum mark_got mark_look(struct mark_reader *, struct text line,
    struct place at);

/* Bytes were taken from the input. */
void mark_took(struct mark_reader *, const char *p, size_t n);

/*
 * The operand ends at this place.  Returns false with a message if a mark
 * should be there.
 */
bool mark_ends(struct mark_reader *, struct place at);

/* Some input was not read to its end: no last mark is written. */
void mark_broken(void);

/* ---- standard output ---- */

/*
 * n bytes are about to be written.  Returns what is to be written before them,
 * which may be empty.
 */
struct text mark_before(const char *p, size_t n);

/* The run ends with this status.  Returns the last bytes, or none. */
struct text mark_after(int status);

#endif
