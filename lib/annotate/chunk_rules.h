/* SPDX-License-Identifier: ISC */
/*
 * chunk_rules: read, check and compile a file of chunk rules.
 *
 * reat-rules(5) has the format.  The rules of a level are compiled into one
 * program: alternatives, each with a mark.  If that is above PCRE2's limit of
 * 64 KiB, there are several programs of consecutive rules.
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
	struct text holds;		/* what its chunks hold, or NULL */
	struct place holds_at;
	struct pattern *held;		/* holds, compiled, or NULL */
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
	struct text within;		/* a layer, NUL-terminated, or NULL */
	struct chunk_level *level;	/* [levels] in the file's order */
	size_t levels;
};

/*
 * Read a rules file.  Returns NULL with a message if it cannot be read (*status
 * is STATUS_SYSTEM) or is wrong (STATUS_DATA).  The mark of a match is the
 * number of its rule in the level.
 */
struct chunk_rules *chunk_rules_open(const char *path, int *status);
void chunk_rules_close(struct chunk_rules *);

#endif
