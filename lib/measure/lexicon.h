/* SPDX-License-Identifier: ISC */
/*
 * lexicon: a list of words, read from a file.
 */
#ifndef MEASURE_LEXICON_H
#define MEASURE_LEXICON_H

#include <stdbool.h>

#include "base/text.h"

struct dict;

/*
 * Read a file of one word a line; lines that are empty or begin with ";" or "#"
 * are skipped.  The caller frees the dict.  Returns NULL with a message if the
 * file cannot be read or has no words; then *status is STATUS_SYSTEM or
 * STATUS_DATA.
 */
struct dict *lexicon_read(const char *path, int *status);

/* True if the lexicon has the word, in upper or lower case. */
bool lexicon_has(const struct dict *, struct text word);

#endif
