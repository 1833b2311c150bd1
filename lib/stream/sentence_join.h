/* SPDX-License-Identifier: ISC */
/*
 * sentence_join: sentences of another program to a document of tok.
 *
 *     # sent_id = 1                     # sent_id = doc
 *     # text = No fun.                  # text = No fun. None.
 *     1  No    2  SpaceAfter..          # reat.sentences = 2 doc
 *     2  fun   0                        # reat.sentence.1.1 = # sent_id = 1
 *     3  .     2                        # reat.sentence.1.2 = text
 *                                  ->   # reat.sentence.2.1 = # sent_id = 2
 *     # sent_id = 2                     # reat.sentence.2.2 = text
 *     # text = None.                    1  No    2  TokenRange=0:2|sentence=B-S
 *     1  None  0                        ...
 *     2  .     1                        4  None  0  TokenRange=8:12|...
 *
 * sentence_notes.h has the form of these notes.  From them sentence_split.h
 * writes the sentences with the bytes that they had.
 *
 * Offsets place the words in the document's text; characters between them are
 * blanks.  Without offsets, one blank is between sentences, and none after a
 * word with SpaceAfter=No.  Offsets that begin again, in another file or in
 * each sentence, continue there.
 */
#ifndef STREAM_SENTENCE_JOIN_H
#define STREAM_SENTENCE_JOIN_H

#include <stdbool.h>

#include "base/text.h"

struct block;
struct output;
struct sentence_join;

struct sentence_join *sentence_join_new(void);
void sentence_join_free(struct sentence_join *);

/* Begin a document.  The id, a valid sent_id, is copied. */
void sentence_join_begin(struct sentence_join *, struct text id);

/*
 * Add a sentence, from conllu_parse_sentence, which is changed.  Returns false
 * with a message if it cannot be: its text is not that of its words, offsets go
 * back, a head is not in it, labels differ, or the document has more than 64
 * MiB.  Then the document is not to be written.
 */
bool sentence_join_add(struct sentence_join *, struct block *sentence);

/* Write the document. */
void sentence_join_write(const struct sentence_join *, struct output *);

#endif
