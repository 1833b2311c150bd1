/* SPDX-License-Identifier: ISC */
/*
 * token_pattern: patterns over tokens as regular expressions over flags.
 *
 * A pattern is atoms (atoms.h), `.` for any token, and around them groups and
 * lookarounds ( (?: (?= (?! (?<= (?<! ), alternation |, the quantifiers
 * * + ? {n} {n,} {n,m} (lazy with a ? behind, possessive with a +), ^ and $
 * for the first and the last token's edge, and blanks and newlines, which mean
 * nothing.  There is nothing else: every byte of the result comes from here.
 */
#ifndef ANNOTATE_TOKEN_PATTERN_H
#define ANNOTATE_TOKEN_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct atoms;
struct output;

/*
 * Check a pattern, take its atoms in, and write it for PATTERN_BYTES.  False,
 * with a message, if it is wrong.  What is written is right once the atoms of
 * all patterns are in: translate twice.
 */
bool token_pattern_translate(struct atoms *, struct text pattern,
    struct place at, struct output *to);

/* Which byte of a right pattern made byte `offset` of its translation. */
size_t token_pattern_origin(struct atoms *, struct text pattern,
    size_t offset);

#endif
