/* SPDX-License-Identifier: ISC */
/*
 * chunk_rules: a file of chunk rules, checked and compiled.
 *
 * reat-rules(5) has the format.  A level's rules become one program, an
 * alternation with a mark for each rule; where PCRE2's 64 KiB are too few for
 * that, several, each of which looks for its own leftmost match.
 */
#ifndef ANNOTATE_CHUNK_RULES_H
#define ANNOTATE_CHUNK_RULES_H

#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct arena;
struct atoms;
struct pattern;

struct chunk_rule {
	struct text tag, pattern;
	struct place at;		/* of the pattern */
};

struct chunk_level {
	struct text name;		/* NUL-terminated */
	struct place at;
	struct chunk_rule *rule;	/* [rules] */
	size_t rules;
	struct atoms *atoms;
	struct pattern **program;	/* [programs], of consecutive rules */
	size_t programs;
};

struct chunk_rules {
	struct arena *arena;
	struct text within;		/* a layer, NUL-terminated, or none */
	struct chunk_level *level;	/* [levels] in the file's order */
	size_t levels;
};

/*
 * Read a rules file.  NULL with a message if it can't be read (*status is
 * STATUS_SYSTEM) or is wrong (STATUS_DATA).  A program's mark is the number
 * of the rule.
 */
struct chunk_rules *chunk_rules_open(const char *path, int *status);
void chunk_rules_close(struct chunk_rules *);

#endif
