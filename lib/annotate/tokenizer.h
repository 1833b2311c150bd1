/* SPDX-License-Identifier: ISC */
/*
 * tokenizer: cut text into sentences and tokens by rules (token_rules.h).
 *
 * First the entities and the rules of texts replace characters of the text.  A
 * sentence begins at the end of each match of a break pattern, unless this
 * place is inside a match of a join pattern or at its end.  Then the word rules
 * are applied to each sentence, one after the other.  In the result, what is
 * between blanks is a token.
 *
 * The range of each token in the text is known through all rules; a rule that
 * would lose it fails (rewrite.h).  tokenizer.c has an example.
 */
#ifndef ANNOTATE_TOKENIZER_H
#define ANNOTATE_TOKENIZER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct arena;
struct tokenizer;

/* The rules that are used if no others are given. */
#define TOKENIZER_RULES "quotes,tokenize"

struct token {
	struct text form;
	size_t first, end;	/* code points of the text, end exclusive */
	bool opens;		/* it is the first of a sentence */
};

/*
 * Read the rules files of a list of names and paths, "quotes,tokenize".
 * Returns NULL with a message; *status as in conf_read.
 */
struct tokenizer *tokenizer_open(const char *rules, int *status);
void tokenizer_close(struct tokenizer *);

/*
 * The text for "# text": a space for each control character, U+2028 and U+2029,
 * and no spaces at the ends.  In the arena, or a slice of the argument.
 */
struct text tokenizer_clean(struct arena *, struct text);

/*
 * Cut a clean text, which was read at this place.  *token belongs to the
 * tokenizer and is valid until the next call; the forms are in the arena.
 * Returns false with a message if a rule fails.
 */
bool tokenizer_run(struct tokenizer *, struct arena *, struct text,
    struct place at, const struct token **token, size_t *n);

#endif
