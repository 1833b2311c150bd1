/* SPDX-License-Identifier: ISC */
/*
 * surface: where the words of a sentence stand in its text.
 *
 *     # text = I don't know.
 *
 *     1    I        ""    "I"
 *     2-3  don't    " "   "don't"     a range stands for its words
 *     4    know     " "   "know"
 *     5    .        ""    "."
 *
 * Blanks of a form stand for any blanks of the text.  A form that is not in the
 * text, as a quote that became ``, stands for as many characters as its offsets
 * have; they can count from the start of a file.
 */
#ifndef STREAM_SURFACE_H
#define STREAM_SURFACE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct block;

struct surface {
	size_t line;		/* of the block: a word, or a range */
	struct text gap;	/* the blanks before it in the text */
	struct text form;	/* what stands in the text */
};

/*
 * Find all of them, *surface [*n] in the block's arena.  If text has no s, the
 * text is that of the forms, with a blank after each that has not
 * SpaceAfter=No.  Returns false with a message if the text is another.
 */
bool surface_find(const struct block *, struct text text,
    struct surface **surface, size_t *n);

/* The bytes of blanks and tabs at the start of a. */
size_t surface_blanks(struct text a);

#endif
