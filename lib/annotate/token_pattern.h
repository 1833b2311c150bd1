/* SPDX-License-Identifier: ISC */
/*
 * token_pattern: translate a pattern over tokens into one over bytes of flags.
 *
 * A pattern consists of
 *
 *     <NOUN>  .                   atoms (atoms.h), any token
 *     ( (?: (?= (?! (?<= (?<!     groups and lookarounds, closed by )
 *     |                           alternatives
 *     * + ? {n} {n,} {n,m}        repetition; lazy with ? after it, possessive
 *                                 with +
 *     ^ $                         before the first token, after the last
 *
 * and of blanks and newlines, which are ignored.  Nothing else of PCRE2 is
 * accepted, and no byte of the pattern is copied that was not checked.
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
 * Check a pattern, add its atoms, and write it for PATTERN_BYTES.  Returns
 * false with a message if it is wrong.  The result depends on the atoms of all
 * patterns: translate all of them once to add their atoms, then again.
 */
bool token_pattern_translate(struct atoms *, struct text pattern,
    struct place at, struct output *to);

/* The byte of a correct pattern that became byte `offset` of the result. */
size_t token_pattern_origin(struct atoms *, struct text pattern,
    size_t offset);

#endif
