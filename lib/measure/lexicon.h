/* SPDX-License-Identifier: ISC */
/*
 * lexicon: a list of words.
 */
#ifndef MEASURE_LEXICON_H
#define MEASURE_LEXICON_H

#include <stdbool.h>

#include "base/text.h"

struct dict;

/*
 * The words of a file, one a line, without regard to case; lines that are empty
 * or begin with ";" or "#" are none.  NULL with a message, and *status as
 * input_whole has it, if it can't be read or holds no word.
 */
struct dict *lexicon_read(const char *path, int *status);

bool lexicon_has(const struct dict *, struct text word);

#endif
