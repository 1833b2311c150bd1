/* SPDX-License-Identifier: ISC */
/*
 * rewrite: substitutions that keep, for every byte, its place in the source.
 *
 * Each byte of a buffer has the range of the source that it stands for.  A rule
 * replaces the matches of a pattern.  What it copies with $N keeps its range;
 * text that it writes gets the range of the characters of the match between the
 * copied groups around it:
 *
 *     find ([0-9])%    put $1 percent
 *
 *     source   5      %                   bytes 0, 1
 *     result   5  ' ' p    e    r  ...    5 has [0, 1), percent has [1, 2)
 *
 * So after any number of rules the range of a token is known.
 *
 * A rule may add and remove blanks, and replace characters by others.  A rule
 * that loses characters, makes some from nothing, copies some twice or changes
 * their order is reported as an error when it does so: there is never a wrong
 * range.  A blank is any white space of Unicode, category Z.
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

/* Zeroed at first; rewrite_free frees the arrays. */
struct rewrite_buffer {
	char *s;		/* [n] */
	struct rewrite_source *source;	/* [n] */
	size_t n, cap, source_cap;
};

/* A piece of a replacement: literal text, or the number of a group. */
struct rewrite_part {
	struct text literal;	/* s is NULL: copy the group */
	bool solid;		/* the literal is not only blanks */
	size_t group;
};

struct rewrite_rule {
	struct place at;
	struct pattern *find;	/* or NULL */
	struct rewrite_part *part;	/* [parts] */
	size_t parts;
};

/*
 * Compile a rule.  In put, $N and ${N} are groups (0 is the whole match), and
 * $$ is a dollar.  Returns false with a message if find or put is wrong.  The
 * caller frees the pattern r->find in both cases.
 */
bool rewrite_compile(struct arena *, struct text find, struct text put,
    struct place at, struct rewrite_rule *);

void rewrite_free(struct rewrite_buffer *);

/* Set the buffer to the source, unchanged. */
void rewrite_start(struct rewrite_buffer *, struct text source);

/* Append bytes [i, j) of another buffer, with their ranges. */
void rewrite_copy(struct rewrite_buffer *to, const struct rewrite_buffer *from,
    size_t i, size_t j);

/* Append a literal; each byte of it has the range over. */
void rewrite_literal(struct rewrite_buffer *to, struct text literal,
    struct rewrite_source over);

/* Exchange two buffers. */
void rewrite_swap(struct rewrite_buffer *, struct rewrite_buffer *);

/*
 * Replace all matches in text, from left to right; spare is a second buffer to
 * work with.  Returns false with a message at the place where the text was read
 * if the rule fails.
 */
bool rewrite_apply(const struct rewrite_rule *, struct rewrite_buffer *text,
    struct rewrite_buffer *spare, struct place at);

/* Print that a match of this pattern took too many steps.  Returns false. */
bool rewrite_limit(struct place at, struct place pattern);

/* Remove blanks from both ends of [*i, *j) of a; false if nothing is left. */
bool rewrite_trim(struct text a, size_t *i, size_t *j);

/* The byte at which the code point after the one at i begins. */
size_t rewrite_step(struct text a, size_t i);

#endif
