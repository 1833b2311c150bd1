/* SPDX-License-Identifier: ISC */
/*
 * same_tag: whether a word keeps its part of speech if another replaces it.
 *
 * The UPOS of the text's word is compared with that which the tagger of REAT
 * (tagger.h) gives the new word in its place, after four words or, in a text of
 * ten, after all.
 * Tags are compared coarsely: as Petrov's twelve, and a noun may become a verb
 * and a verb a noun (Jin et al. 2020, and TextAttack).
 */
#ifndef EXPLAIN_SAME_TAG_H
#define EXPLAIN_SAME_TAG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct block;
struct same_tag;

struct same_tag *same_tag_new(void);
void same_tag_free(struct same_tag *);

/*
 * True if form in the place of word t has its tag, or word t has none ("_").
 * The tagger is read when the first tag is compared; exits, after a message, if
 * that fails.
 */
bool same_tag_keeps(struct same_tag *, const struct block *, size_t t,
    struct text form);

#endif
