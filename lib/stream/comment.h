/* SPDX-License-Identifier: ISC */
/*
 * comment: the lines "# key = value" before the words of a block.
 */
#ifndef STREAM_COMMENT_H
#define STREAM_COMMENT_H

#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct block;

/* The value of "# key = value", or none.  Comments stand before the words. */
struct text conllu_comment(const struct block *, const char *key);
struct place conllu_comment_place(const struct block *, const char *key);
size_t conllu_comment_count(const struct block *, const char *key);

/* A comment behind the last one; value must hold no newline. */
void conllu_add_comment(struct block *, const char *key, struct text value);

/*
 * Another value in its place in the first comment with this key, if any: behind
 * "=" and a blank, or behind "=" alone if it is empty.
 */
void conllu_set_comment(struct block *, const char *key, struct text value);

/* Remove all comments whose key begins with prefix. */
void conllu_drop_comments(struct block *, const char *prefix);

#endif
