/* SPDX-License-Identifier: ISC */
/*
 * dict: strings to numbers and back.
 *
 * Strings get the numbers 0, 1, 2, ... in the order in which they were added.
 * The dictionary copies them.
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

/* The same for n keys: their waits for memory overlap. */
void dict_find_each(const struct dict *, size_t n, const struct text key[],
    int32_t number[]);

/* The number of key, which is added if it is new. */
int32_t dict_add(struct dict *, struct text key);

/* The hash of a key, quick, and another one on another kind of machine. */
uint32_t dict_hash(struct text key);

/* The string with this number, which is below dict_size. */
struct text dict_text(const struct dict *, int32_t number);
size_t dict_size(const struct dict *);

#endif
