/* SPDX-License-Identifier: ISC */
/*
 * misc: the column MISC of a word: key=value pairs with | between them.
 */
#ifndef STREAM_MISC_H
#define STREAM_MISC_H

#include <stddef.h>

#include "base/text.h"

struct arena;
struct block;

/* The value of key in MISC of word t, or none. */
struct text conllu_misc(const struct block *, size_t t, const char *key);

/*
 * The same in any MISC column, and that column with another value of key, in
 * its place, or without it if to is none; keys that come again go.
 */
struct text conllu_misc_value(struct text misc, const char *key);
struct text conllu_misc_change(struct arena *, struct text misc,
    const char *key, struct text to);

/* Append key=value to MISC of word t. */
void conllu_add_misc(struct block *, size_t t, const char *key,
    struct text value);

/* Remove key from MISC of every word. */
void conllu_drop_misc(struct block *, const char *key);

#endif
