/* SPDX-License-Identifier: ISC */
/*
 * token_rules: the rules of the tokenizer, from one or several YAML files.
 *
 *     entities: {NAME: CHARACTERS, ...}
 *     text: [{find: PATTERN, put: REPLACEMENT}, ...]
 *     sentences: {break: [PATTERN ...], join: [PATTERN ...]}
 *     words: [{find: PATTERN, put: REPLACEMENT}, ...]
 *
 * All keys are optional, but one must be there.  The rules of several files
 * are joined: all steps of texts in the order of the files, the entities of a
 * file first, all patterns, and all steps of words.
 */
#ifndef ANNOTATE_TOKEN_RULES_H
#define ANNOTATE_TOKEN_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "annotate/rewrite.h"
#include "base/err.h"

struct entities;
struct pattern;

/* Decode entities, or, if this is NULL, apply a rule. */
struct token_step {
	struct entities *entities;
	struct rewrite_rule rule;
};

struct token_steps {
	struct token_step *step;	/* [n] */
	size_t n, cap;
};

struct token_pattern_list {
	struct pattern **pattern;	/* [n] */
	struct place *at;		/* [n] */
	size_t n, pattern_cap, at_cap;
};

struct token_rules {
	struct token_steps text, words;
	struct token_pattern_list breaks, joins;
};

/*
 * Read the files of a list of names, "quotes,tokenize"; a name with a / in it
 * is a path.  Texts are in the arena.  Returns false with a message; *status
 * is as in conf_read.  The caller frees the rules in both cases.
 */
bool token_rules_read(struct arena *, const char *list, struct token_rules *,
    int *status);
void token_rules_free(struct token_rules *);

#endif
