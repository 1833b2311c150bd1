/* SPDX-License-Identifier: ISC */
/*
 * synonyms: the words that can replace a word.
 *
 * A word is found without regard to case.  Its synonym gets the case of the
 * word: all capitals, a first capital, or the case in the list.
 */
#ifndef STREAM_SYNONYMS_H
#define STREAM_SYNONYMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct arena;
struct synonyms;

struct synonym {
	struct text to;
	struct text tag;	/* prefix of the XPOS; "_": any XPOS */
	const struct synonym *next;	/* of the same word, or NULL */
};

struct synonyms *synonyms_new(void);
void synonyms_free(struct synonyms *);

/* Add pairs, "a=b,c=d".  Returns false without a message if malformed. */
bool synonyms_pairs(struct synonyms *, const char *pairs);

/*
 * Add the lines of a TSV file: word, synonym and an optional tag.  A line that
 * begins with "#" is a comment.  Returns false with a message if the file is
 * malformed or cannot be read; *status is as in input_whole.
 */
bool synonyms_read(struct synonyms *, const char *path, int *status);

/* A number made of all words, synonyms and tags. */
uint64_t synonyms_digest(const struct synonyms *);

/*
 * The next synonym of a form with this XPOS, after last; the first if last is
 * NULL.  Returns NULL if there are no more.
 */
const struct synonym *synonyms_next(const struct synonyms *, struct text form,
    struct text xpos, const struct synonym *last);

/* Returns to with the case of form. */
struct text synonyms_case(struct arena *, struct text form, struct text to);

#endif
