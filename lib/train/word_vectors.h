/* SPDX-License-Identifier: ISC */
/*
 * word_vectors: files of word vectors, in the formats of word2vec and GloVe.
 *
 * Text: a line is a word, a blank, and D numbers with blanks between.  The
 * first line may be word2vec's heading, "N D".  A binary file has the heading,
 * then N times a word, a blank and D little-endian floats, with or without a
 * newline after them.  It is binary if control characters follow the heading
 * and the first line there does not end with D numbers.
 *
 * The file is read once, as a stream ("-" is standard input, so that xz -dc can
 * unpack it).
 */
#ifndef TRAIN_WORD_VECTORS_H
#define TRAIN_WORD_VECTORS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct dict;

struct word_vectors {
	size_t D;
	size_t found;		/* words of the dictionary with a vector */
	bool *has;		/* [words] */
	float *row;		/* [words][D] */
};

/*
 * Read the vectors of the dictionary's words, by their numbers.  If a word
 * occurs twice, its first vector counts.  Returns false with a message if a
 * line has another number of numbers than the first, a number is not finite,
 * the number of words differs from the heading, or there are no vectors.
 * *status as in input_whole.
 */
bool word_vectors_read(struct arena *, const char *path,
    const struct dict *words, struct word_vectors *, int *status);

/*
 * The same for whoever takes the words one by one.  begin gets D before the
 * first word.  place returns where the D numbers of a word go, or NULL if they
 * are not wanted: then they are not looked at.
 */
struct word_vectors_user {
	void (*begin)(void *self, size_t D);
	float *(*place)(void *self, struct text word);
	void *self;
};

bool word_vectors_each(const char *path, const struct word_vectors_user *,
    int *status);

#endif
