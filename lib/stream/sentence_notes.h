/* SPDX-License-Identifier: ISC */
/*
 * sentence_notes: what a joined document says of its sentences.
 *
 *     # reat.sentences = 2 doc
 *     # reat.sentence.1.1 = TokenRange 7
 *     # reat.sentence.1.2 = # newdoc id = doc
 *     # reat.sentence.1.3 = text
 *     # reat.sentence.2.1 = empty
 *     # reat.sentence.2.2 = # unknown
 *
 * The first line has the number of sentences and the document's sent_id.  The
 * other keys have the number of the sentence and that of the note: programs
 * that keep one comment of a key keep all.  A value is
 *
 *     # COMMENT          a comment of the sentence
 *     text               its "# text": what the document's text has for it
 *     empty              it has no words
 *     TokenRange N       it has TokenRange=; N was subtracted from all offsets
 *     start_char N       it has only start_char= and end_char=, the same
 */
#ifndef STREAM_SENTENCE_NOTES_H
#define STREAM_SENTENCE_NOTES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct block;

#define SENTENCES_KEY "reat.sentences"
/* the key is this, the sentence, a dot and the note */
#define SENTENCE_KEY "reat.sentence."

struct sentence_note {
	struct text *comment;	/* [comments] with "#", or "text" */
	size_t comments, cap;
	bool empty;
	struct text offsets;	/* TokenRange or start_char; without s: none */
	size_t base;		/* N, modulo 2^64 */
};

struct sentence_notes {
	struct sentence_note *of;	/* [n], or NULL: it was not joined */
	size_t n;
	struct text id;		/* the document's sent_id then */
};

/*
 * Read the notes of a block that was just parsed; they are in its arena.
 * Returns false with a message if they are malformed.
 */
bool sentence_notes_read(const struct block *, struct sentence_notes *);

#endif
