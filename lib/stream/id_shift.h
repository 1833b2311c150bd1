/* SPDX-License-Identifier: ISC */
/*
 * id_shift: ids of a sentence to those of its document, and back.
 *
 *     a sentence of 3 words after 10 words, the last with an empty node 10.1
 *
 *     sentence   0.1   1    1-2    2    2.1   3
 *     document  10.2  11  11-12   12   12.1  13
 *
 * The head 0 of a root stays 0.  An empty node 0.1 before the first word takes
 * a number after those of the word before it.
 */
#ifndef STREAM_ID_SHIFT_H
#define STREAM_ID_SHIFT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct arena;

struct id_shift {
	size_t before;	/* words of the document before the sentence */
	size_t empty;	/* the last of the empty nodes of these, .K; or 0 */
	size_t T;	/* words of the sentence */
	bool back;	/* from the document to the sentence */
};

/*
 * Change ID, HEAD and DEPS of a line.  A head that is no id is left as it is.
 * Returns false with a message if an id is none of the sentence.
 */
bool id_shift_line(const struct id_shift *, struct arena *,
    struct text column[], struct place at);

/* True if id is an empty node, *word.*k. */
bool id_empty(struct text id, size_t *word, size_t *k);

#endif
