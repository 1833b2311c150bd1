/* SPDX-License-Identifier: ISC */
/*
 * score_find: a score stream kept in step with a stream of texts.
 *
 * Each text asks for its scores, in the order of the texts.  Documents stand
 * in the scores in that order too, and the scores may have more of them, which
 * are passed over.  So a text that the scores lack is known at their end, and
 * not before.
 *
 * If texts behind it are to find theirs, what was passed over on the way to
 * that end waits in a temporary file (output_temporary), and every later text
 * is looked for there, from the last one found on.  Names that are not in the
 * file are known by a table of hashes (a Bloom filter), so that texts without
 * scores don't cost a walk through the file each.  Memory is a document and
 * that table, whatever the streams.
 *
 * So each text finds its scores if both streams have one order and neither has
 * a name twice; else it may be one without.
 */
#ifndef SCORE_FIND_H
#define SCORE_FIND_H

#include <stdbool.h>

#include "score_read.h"

struct score_finder;

/*
 * path is that of the scores, "-" for standard input.  resume: after a text
 * without scores there may be others with.
 */
struct score_finder *score_finder_open(char *path, bool resume);

/* Close it; returns status, or that of the scores, whichever is worse. */
int score_finder_close(struct score_finder *, int status);

/*
 * The scores of a text, good until the next call.  False, with a message for
 * the place that asks, if there are none; false if they are bad, of which
 * their own message has told.
 */
bool score_find(struct score_finder *, struct text doc, struct place at,
    struct score_doc *);

#endif
