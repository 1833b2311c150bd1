/* SPDX-License-Identifier: ISC */
/*
 * pattern: PCRE2 patterns, compiled once, with a limit of steps for a match.
 *
 * Only pattern.c uses PCRE2, with its JIT if there is one.  A match that takes
 * more than 10^6 steps is an error, so a pattern that backtracks without end
 * stops in milliseconds.  Subjects are not checked as UTF-8: input did that.
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
	PATTERN_NOT_EMPTY = 4,	/* an empty match does not count */
};

enum pattern_result {
	PATTERN_MATCH,
	PATTERN_NONE,
	PATTERN_LIMIT,		/* the match limit was exceeded */
};

/*
 * Compile source, which was read at this place.  Returns NULL with a message if
 * it is wrong.  \K in lookarounds and \C are refused; callouts do nothing.
 */
struct pattern *pattern_compile(struct text source, unsigned flags,
    struct place at);
void pattern_free(struct pattern *);	/* or NULL */

/*
 * Check a pattern, for a caller that prints its own message.  Returns false,
 * with the reason in why and the byte in *offset, if it is wrong.
 */
enum { PATTERN_WHY = 256 };
bool pattern_check(struct text source, unsigned flags, char why[PATTERN_WHY],
    size_t *offset);

/* The number of groups, without group 0. */
size_t pattern_groups(const struct pattern *);

/*
 * Find the first match at or after byte start.  group[2 i] and group[2 i + 1]
 * are the byte offsets of group i, or (size_t)-1 if the match does not use it.
 * They belong to the pattern and are valid until its next match.  *mark is the
 * last (*MARK:name) that was passed, or NULL.  group and mark may be NULL.
 */
enum pattern_result pattern_match(struct pattern *, struct text subject,
    size_t start, const size_t **group, const char **mark);

#endif
