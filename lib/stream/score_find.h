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
 * a name twice; else it may be one without.  Rows of a document that come again
 * behind others, as those of a second method do where two streams were joined
 * with cat, are no text's: when they are passed over, also behind the last
 * text's, that is bad.  It is seen by hashes of the last 16384 names, or so.
 */
#ifndef STREAM_SCORE_FIND_H
#define STREAM_SCORE_FIND_H

#include <stdbool.h>

#include "stream/score_read.h"

struct filter;
struct options;
struct output;
struct score_finder;

/*
 * Wrong usage, exit 2, if there is no operand for the scores, or they and the
 * texts are both the standard input.
 */
void score_find_operands(const struct options *, char *const operands[]);

/*
 * filter_run over the texts, all operands but the first, which is that of the
 * scores.  The finder is there for the filter's hooks while it runs.  Under
 * keep_going there may be texts with scores after one without.
 */
int score_find_run(struct score_finder **, const struct filter *,
    char *operands[], struct output *);

/*
 * The scores of a text, good until the next call.  False, with a message for
 * the place that asks, if there are none; false if they are bad, of which
 * their own message has told.
 */
bool score_find(struct score_finder *, struct text doc, struct place at,
    struct score_doc *);

#endif
