/* SPDX-License-Identifier: ISC */
/*
 * misc: the column MISC of a word, key=value pairs separated by |.
 */
#ifndef STREAM_MISC_H
#define STREAM_MISC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct block;

/*
 * Fill value[i] with the value of key[i] in MISC of word t, in one pass; it has
 * no s if there is none.  NULL ends the keys.  Returns false with a message if
 * one of them occurs twice: either value could be meant.
 */
bool conllu_misc_values(const struct block *, size_t t,
    const char *const key[], struct text value[]);

/* The value of the first key in a column MISC; without s if there is none. */
struct text conllu_misc_value(struct text misc, const char *key);

/*
 * Returns misc with this value of key, or without key if to has no s.  It never
 * adds key.  If key occurs several times, only the first is left.
 */
struct text conllu_misc_change(struct arena *, struct text misc,
    const char *key, struct text to);

/* Returns misc with key=value behind it. */
struct text conllu_misc_append(struct arena *, struct text misc,
    const char *key, struct text value);

/* Append key=value to MISC of word t. */
void conllu_add_misc(struct block *, size_t t, const char *key,
    struct text value);

/* Remove key from MISC of every word. */
void conllu_drop_misc(struct block *, const char *key);

#endif
