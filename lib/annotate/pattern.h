/* SPDX-License-Identifier: ISC */
/*
 * pattern: PCRE2, compiled once, JIT where there is one, and bounded.
 *
 * The one user of PCRE2.  A match may take 10^6 steps; one that takes more is
 * an error, so a catastrophic pattern stops in milliseconds.  Subjects are not
 * checked as UTF-8 here: input did that.
 */
#ifndef ANNOTATE_PATTERN_H
#define ANNOTATE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct pattern;

enum pattern_flags {
	PATTERN_UTF = 1,	/* code points and Unicode properties */
	PATTERN_BYTES = 2,	/* subject and pattern are raw bytes */
	PATTERN_NOT_EMPTY = 4,	/* an empty match is no match */
};

enum pattern_result {
	PATTERN_MATCH,
	PATTERN_NONE,
	PATTERN_LIMIT,		/* the match limit was exceeded */
};

/*
 * Compile source; at is where it stands, for the message of a wrong one, and
 * then the result is NULL.  \K in lookarounds and \C are refused; callouts do
 * nothing.
 */
struct pattern *pattern_compile(struct text source, unsigned flags,
    struct place at);
void pattern_free(struct pattern *);	/* or NULL */

/*
 * The same check for a caller who has better words for it: nothing is printed
 * or kept; why and the byte offset say what is wrong where.
 */
enum { PATTERN_WHY = 256 };
bool pattern_check(struct text source, unsigned flags, char why[PATTERN_WHY],
    size_t *offset);

/* How many groups it has, without group 0. */
size_t pattern_groups(const struct pattern *);

/*
 * Look for the first match at or after byte start.  group[2 i] and
 * group[2 i + 1] are the byte offsets of group i, (size_t)-1 if it took no
 * part; group points into the pattern and holds until its next match.  *mark
 * is the last (*MARK:name) passed, or NULL.
 */
enum pattern_result pattern_match(struct pattern *, struct text subject,
    size_t start, const size_t **group, const char **mark);

#endif
