/* SPDX-License-Identifier: ISC */
/*
 * rewrite: substitutions that know where every byte came from.
 *
 * Each byte of a buffer carries the bytes of the source that it stands for.  A
 * rule replaces the matches of a pattern; what it copies with $N keeps its
 * source, and text that it writes stands for those characters of the match
 * that lie between the groups copied before and behind it.  So a range in the
 * source is known after any number of rules and never searched for.
 *
 * A rule may add and remove blanks and may replace characters by others.  One
 * that drops characters, makes some from nothing, copies them twice or out of
 * order is an error when that happens, and not a wrong range.
 *
 * A blank is any white space of Unicode, category Z.
 */
#ifndef ANNOTATE_REWRITE_H
#define ANNOTATE_REWRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

struct arena;
struct pattern;

/* Bytes first..end of the source, end exclusive. */
struct rewrite_source {
	uint32_t first, end;
};

/* All zero at first; the arrays grow, are used again, and freed at last. */
struct rewrite_buffer {
	char *s;		/* [n] */
	struct rewrite_source *source;	/* [n] */
	size_t n, cap, source_cap;
};

/* A piece of a replacement: literal text, or the number of a group. */
struct rewrite_part {
	struct text literal;	/* none: copy the group */
	bool solid;		/* the literal is not all blanks */
	size_t group;
};

struct rewrite_rule {
	struct place at;
	struct pattern *find;	/* or NULL */
	struct rewrite_part *part;	/* [parts] */
	size_t parts;
};

/*
 * Compile a rule.  put is text in which $N and ${N} are groups (0 the whole
 * match) and $$ is a dollar.  False, with a message, if it is none.  find is
 * the caller's to free, in any case.
 */
bool rewrite_compile(struct arena *, struct text find, struct text put,
    struct place at, struct rewrite_rule *);

void rewrite_free(struct rewrite_buffer *);

/* Bytes [i, j) of the source, as they are. */
void rewrite_start(struct rewrite_buffer *, struct text source, size_t i,
    size_t j);

/*
 * Replace all matches, from left to right; spare is a second buffer to work
 * with.  False, with a message at the place where the text was read.
 */
bool rewrite_apply(const struct rewrite_rule *, struct rewrite_buffer *text,
    struct rewrite_buffer *spare, struct place at);

/* A match ran into its limit: prints so and returns false. */
bool rewrite_limit(struct place at, struct place pattern);

/* The length in bytes of the blank at the start of a, or 0.  a is not empty. */
size_t rewrite_blank(struct text a);

/* Narrow [*i, *j) of a to what is not blank at its ends; false if all is. */
bool rewrite_trim(struct text a, size_t *i, size_t *j);

/* Where the code point behind the one at i begins. */
size_t rewrite_step(struct text a, size_t i);

#endif
