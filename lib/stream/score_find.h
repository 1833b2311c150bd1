/* SPDX-License-Identifier: ISC */
/*
 * score_find: the scores of each text, for a filter that reads both streams.
 *
 *     scores, by document    1 1 1  2 2 2 2  3 3  4 4 4  5 5
 *     texts, by sent_id      1               3    4
 *
 * Each text reads on in the scores to its document, and skips those before it.
 * Without keep_going both streams must have the same order, and memory is one
 * document.  The first bad document, and the first text without scores, ends
 * the run.
 *
 * With keep_going the documents that are skipped stay in memory, and each text
 * looks there first, so the order is free.  The first text without scores
 * reads the whole stream into memory: about as many bytes as the file has.
 *
 * The rows of a document are contiguous.  If rows of a document come again
 * later, for example because two score files were joined with cat, this is bad
 * data.  Therefore all scores are read, also those after the last text's.
 * With keep_going all names are checked; without it, the first and the last
 * document found: enough to notice that a whole file follows another.  A name
 * may occur twice if it does so in both streams, in the same order.
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
 * Prints the usage and exits with 2 if there is no operand for the scores, or
 * if scores and texts are both the standard input.
 */
void score_find_operands(const struct options *, char *const operands[]);

/*
 * Run the filter over the texts; the first operand is the score stream, all
 * others are texts.  *finder is valid in the filter's hooks.  Returns the exit
 * status.
 */
int score_find_run(struct score_finder **finder, const struct filter *,
    char *operands[], struct output *);

/*
 * The scores of the next text, valid until the next call; at is the text's
 * place.  Returns false if it has none (prints a message) or they are bad (a
 * message was printed when they were read).
 */
bool score_find(struct score_finder *, struct text doc, struct place at,
    struct score_doc *);

#endif
