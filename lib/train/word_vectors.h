/* SPDX-License-Identifier: ISC */
/*
 * word_vectors: word2vec's and GloVe's files.
 *
 * Text: a line is a word, a blank, and D numbers with blanks between;
 * word2vec's first line, "N D", may be there.  Its binary files have that
 * line, then N times a word, a blank and D little-endian floats, with or
 * without a newline behind; they are told by control characters near their
 * beginning.  Only the words that are asked for are kept; the file streams
 * through ("-" is standard input, so a packed one may come out of xz -dc).  Of
 * a word that comes twice the first counts.
 */
#ifndef TRAIN_WORD_VECTORS_H
#define TRAIN_WORD_VECTORS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct dict;

struct word_vectors {
	size_t N, D;		/* N: words in the file, if its heading says */
	size_t found;		/* how many of the words have a vector */
	bool *has;		/* [words] */
	float *row;		/* [words][D] */
};

/*
 * Read the vectors of the dictionary's words, by their numbers.  False with a
 * message for: a line with another number of numbers than the first, what is
 * no finite number, another number of words than the heading says, no vectors
 * at all.  *status as in input_whole.
 */
bool word_vectors_read(struct arena *, const char *path,
    const struct dict *words, struct word_vectors *, int *status);

#endif
