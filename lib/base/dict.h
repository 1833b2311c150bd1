/* SPDX-License-Identifier: ISC */
/*
 * dict: a number for each string, and back.
 *
 * Strings get the numbers 0, 1, 2, ... in the order in which they are added.
 * The dictionary keeps copies of them.  Words that were made to collide are as
 * fast as others (hash.h).
 */
#ifndef BASE_DICT_H
#define BASE_DICT_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum { DICT_NONE = -1 };

struct dict;

struct dict *dict_new(void);
void dict_free(struct dict *);

/* The number of key, or DICT_NONE. */
int32_t dict_find(const struct dict *, struct text key);

/* The same for n keys: quicker, because their cache misses overlap. */
void dict_find_each(const struct dict *, size_t n, const struct text key[],
    int32_t number[]);

/* Add key if it is new.  Returns its number. */
int32_t dict_add(struct dict *, struct text key);

/* The string with this number, which is below dict_size. */
struct text dict_text(const struct dict *, int32_t number);
size_t dict_size(const struct dict *);

#endif
