/* SPDX-License-Identifier: ISC */
/*
 * tokenizer: text to sentences and tokens, by the rules of a YAML file.
 *
 *     sentences: {break: [PATTERN ...], join: [PATTERN ...]}     (optional)
 *     words: [{find: PATTERN, put: REPLACEMENT}, ...]
 *
 * A sentence begins where a match of a break pattern ends, unless that place
 * lies inside a match of a join pattern or at its end.  The word rules are
 * then run over each sentence, one after the other; what stands between blanks
 * at last is a token.
 *
 * What each token stands for in the text is known through all rules, or a rule
 * fails: see rewrite.h, which also says what a blank is.
 */
#ifndef ANNOTATE_TOKENIZER_H
#define ANNOTATE_TOKENIZER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct arena;
struct tokenizer;

struct token {
	struct text form;
	size_t first, end;	/* code points of the text, end exclusive */
	bool opens;		/* it is the first of a sentence */
};

/* NULL, with a message and *status, if the file is not a good one. */
struct tokenizer *tokenizer_open(const char *path, int *status);
void tokenizer_close(struct tokenizer *);

/*
 * The text as it stands in "# text": control characters, U+2028 and U+2029
 * are spaces, one for one, and there are no spaces at its ends.  In the arena,
 * or a slice of the argument.
 */
struct text tokenizer_clean(struct arena *, struct text);

/*
 * The tokens of a clean text.  *token is the tokenizer's own and good until
 * the next call; the forms lie in the arena.  at is where the text was read.
 * False, with a message, if a rule failed.
 */
bool tokenizer_run(struct tokenizer *, struct arena *, struct text,
    struct place at, const struct token **token, size_t *n);

#endif
