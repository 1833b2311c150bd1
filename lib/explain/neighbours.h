/* SPDX-License-Identifier: ISC */
/*
 * neighbours: the nearest words of a word in a file of word vectors.
 *
 * Near is the cosine.  The file is read once (word_vectors.h).  Its vectors,
 * scaled to the length 1, stay in memory as floats: 4 bytes a number.  The
 * neighbours of a word are searched when it is asked for the first time, those
 * of several words by one product.  Its bits are the same on every machine
 * (packed.h).
 *
 * A word of the file with a blank or a control character in it, or that is no
 * UTF-8 (of a binary file), is left out.
 */
#ifndef EXPLAIN_NEIGHBOURS_H
#define EXPLAIN_NEIGHBOURS_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct neighbours;

struct neighbour {
	struct text form;
	float near;		/* the cosine */
};

/*
 * Read a file, to find at most `most` neighbours of each word, whose cosine is
 * at least that and above 0.  Returns NULL with a message if the file is bad or
 * cannot be read; *status is as in input_whole.  Exits with 2 if the file has
 * more than NEIGHBOURS_NUMBERS numbers.
 */
enum { NEIGHBOURS_NUMBERS = 1 << 30 };

struct neighbours *neighbours_read(const char *path, size_t most,
    double cosine, int *status);
void neighbours_free(struct neighbours *);

/* A number made of the words and their vectors, scaled. */
uint64_t neighbours_digest(const struct neighbours *);

/* Search the neighbours of n words together. */
void neighbours_search(struct neighbours *, size_t n, const struct text[]);

/*
 * The neighbours of a word, [*n], the nearest first; of equals the first in the
 * file.  It is looked up as it is, then in lower case.  None of them is the
 * word in other letter case.
 */
const struct neighbour *neighbours_of(struct neighbours *, struct text form,
    size_t *n);

#endif
