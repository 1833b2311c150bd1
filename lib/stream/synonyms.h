/* SPDX-License-Identifier: ISC */
/*
 * synonyms: what may stand for a word.
 *
 * Words are looked up without regard to case, and what is found takes the case
 * of the word: all capitals, a first one, or as the list has it.
 */
#ifndef STREAM_SYNONYMS_H
#define STREAM_SYNONYMS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct synonyms;

struct synonym {
	struct text to;
	struct text tag;	/* how an XPOS must begin; "_": any */
	const struct synonym *next;	/* of the same word, or NULL */
};

struct synonyms *synonyms_new(void);
void synonyms_free(struct synonyms *);

/* Add the pairs of "a=b,c=d".  False, and nothing said, if it is not that. */
bool synonyms_pairs(struct synonyms *, const char *pairs);

/*
 * Add a TSV file of word, synonym and, if it likes, tag.  "#" begins a comment
 * line.  False with a message and *status as input_whole has it.
 */
bool synonyms_read(struct synonyms *, const char *path, int *status);

/* The synonyms of a form with this XPOS, from the one behind; NULL: no more. */
const struct synonym *synonyms_next(const struct synonyms *, struct text form,
    struct text xpos, const struct synonym *behind);

/* to, with the case of form. */
struct text synonyms_case(struct arena *, struct text form, struct text to);

#endif
