/* SPDX-License-Identifier: ISC */
/*
 * sentence_split: a document of tok to blocks of one sentence.
 *
 * The sentences are those of the layer "sentence".  If sentence_join.h made the
 * document, they have their ids, comments, offsets and bytes again; what other
 * filters changed since then, and their keys and comments, stay.  Otherwise,
 * and if there are more or fewer sentences now, their comments are
 *
 *     # newdoc id = DOC      of the first one, with the document's own comments
 *     # sent_id = DOC-1
 *     # text = ...           the document's text from first to last word
 *
 * A document with another sent_id than it was joined with has other ids in its
 * sentences: DOC~1, a variant of DOC, has "# newdoc id = DOC~1", and "~1"
 * behind each sent_id.
 */
#ifndef STREAM_SENTENCE_SPLIT_H
#define STREAM_SENTENCE_SPLIT_H

#include <stdbool.h>

struct block;
struct output;

/*
 * Write the sentences of a block.  Returns false with a message, before a byte
 * is written, if the layer or the comments of the join are malformed, a range
 * is in two sentences, or a head in another one.  *changed becomes true if the
 * document was joined from another number of sentences.
 */
bool sentence_split(struct block *, struct output *, bool *changed);

#endif
