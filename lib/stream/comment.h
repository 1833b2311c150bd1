/* SPDX-License-Identifier: ISC */
/*
 * comment: the lines "# key = value" before the words of a block.
 */
#ifndef STREAM_COMMENT_H
#define STREAM_COMMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct block;

/* The value of the first comment with this key; without s if there is none. */
struct text conllu_comment(const struct block *, const char *key);

/* The place of that comment; the block's place if there is none. */
struct place conllu_comment_place(const struct block *, const char *key);

/*
 * Fill value[i] with that of the comment with key[i], in one pass; without s if
 * there is none.  NULL ends the keys.  Returns false with a message if one of
 * them occurs twice: either value could be meant.
 */
bool conllu_comment_values(const struct block *, const char *const key[],
    struct text value[]);

/* The number of comments with this key. */
size_t conllu_comment_count(const struct block *, const char *key);

/* Add a comment after the others.  value contains no newline. */
void conllu_add_comment(struct block *, const char *key, struct text value);

/*
 * Change the value of the first comment with this key, if there is one.  The
 * line keeps its bytes before the value; an empty value ends it with "=".
 */
void conllu_set_comment(struct block *, const char *key, struct text value);

/* Remove all comments whose key begins with prefix. */
void conllu_drop_comments(struct block *, const char *prefix);

#endif
