/* SPDX-License-Identifier: ISC */
/*
 * From a text to tokens with their ranges.
 *
 * The text is copied to a buffer of rewrite.h, in which every byte has its
 * range of the text, and the rules of texts are applied to it:
 *
 *     text         “Hi!” said Mr. Hill.  No.
 *     whole        "Hi!" said Mr. Hill.  No.
 *
 * edge has a byte for each place between two bytes of the result.  The break
 * patterns set it to 1, then the join patterns clear it; here a break is
 * [.!?] +, and a join Mr[.] +:
 *
 *     whole        "Hi!" said Mr. Hill.  No.
 *     breaks                      1      1
 *     joins                       0
 *     sentences    [------------------]  [-]      between edges, trimmed
 *
 * Each sentence is copied to a second buffer with its ranges.  All word rules
 * are applied to it, and the result is cut at its blanks:
 *
 *     rules        " Hi ! " said Mr. Hill .
 *     tokens       "|Hi|!|"|said|Mr.|Hill|.
 *     ranges       0-1 1-3 3-4 4-5 6-10 11-14 15-19 19-20 (as characters)
 *
 * The ranges are bytes of the text; count_points makes code points of all of
 * them in one pass over it, which is right because no rule changes the order.
 *
 * Easy to get wrong: a join clears the edges after the first byte of its match
 * and at its end, but not the edge at its start: a sentence may begin there.
 * The joins are not searched for if there is no break.  A word rule sees one
 * sentence: ^ and $ are its ends, and no lookbehind reaches the one before.  A
 * rule may make a text longer, and the next rules that longer one, so the
 * growth is limited.
 */
#include "annotate/tokenizer.h"

#include <stdlib.h>
#include <string.h>

#include "annotate/entities.h"
#include "annotate/pattern.h"
#include "annotate/rewrite.h"
#include "annotate/token_rules.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { GROWTH = 16 };	/* how much longer rules may make a text */

struct tokenizer {
	struct arena *arena;		/* of the rules */
	struct token_rules rules;

	struct rewrite_buffer whole;	/* the text after its rules */
	struct rewrite_buffer sentence, spare;
	unsigned char *edge;		/* [bytes + 1] 1: a sentence begins */
	size_t edge_cap;
	struct token *token;		/* [n] */
	size_t n, token_cap;
};

struct tokenizer *
tokenizer_open(const char *rules, int *status)
{
	struct tokenizer *tk = mem_calloc(1, sizeof *tk);

	tk->arena = mem_arena();
	if (token_rules_read(tk->arena, rules, &tk->rules, status))
		return tk;
	tokenizer_close(tk);
	return NULL;
}

void
tokenizer_close(struct tokenizer *tk)
{
	token_rules_free(&tk->rules);
	rewrite_free(&tk->whole);
	rewrite_free(&tk->sentence);
	rewrite_free(&tk->spare);
	mem_free(tk->arena);
	free(tk->edge);
	free(tk->token);
	free(tk);
}

/* The length of the control character at the start of a, or 0. */
static size_t
control(struct text a)
{
	unsigned char c = (unsigned char)a.s[0];

	if (c < 0x20 || c == 0x7f)
		return 1;
	if (c == 0xc2 && (unsigned char)a.s[1] < 0xa0)
		return 2;
	return a.n >= 3 && (memcmp(a.s, "\xe2\x80\xa8", 3) == 0 ||
	    memcmp(a.s, "\xe2\x80\xa9", 3) == 0) ? 3 : 0;
}

struct text
tokenizer_clean(struct arena *arena, struct text a)
{
	size_t i = 0, n = 0, k;
	char *to;

	while (i < a.n && control((struct text){a.s + i, a.n - i}) == 0)
		i++;
	if (i < a.n) {
		to = mem_copy(arena, a.s, a.n);
		for (n = i; i < a.n; i += k == 0 ? 1 : k) {
			k = control((struct text){a.s + i, a.n - i});
			to[n++] = k > 0 ? ' ' : a.s[i];
		}
		a = (struct text){to, n};
	}
	return text_trim(a);
}

/* Apply all steps to a buffer, which is a text or a sentence. */
static bool
apply(struct tokenizer *tk, const struct token_steps *steps,
    struct rewrite_buffer *b, const char *noun, struct place at)
{
	size_t most = GROWTH * b->n + 1024;

	for (size_t k = 0; k < steps->n; k++) {
		const struct token_step *s = &steps->step[k];

		if (s->entities != NULL)	/* no text grows */
			entities_apply(s->entities, b, &tk->spare);
		else if (!rewrite_apply(&s->rule, b, &tk->spare, at))
			return false;
		if (b->n > most)
			return bad(at, "the rule at %s:%zu makes this %s too "
			    "long, the limit is %d times its length",
			    s->rule.at.file, s->rule.at.line, noun, GROWTH);
	}
	return true;
}

/* Cut the result of the rules at its blanks; the ranges are bytes. */
static void
cut(struct tokenizer *tk, struct arena *arena)
{
	struct text a = text_copy(arena, (struct text){tk->sentence.s,
	    tk->sentence.n});
	const struct rewrite_source *source = tk->sentence.source;
	bool opens = true;

	for (size_t i = 0, from; i < a.n; ) {
		size_t k = utf8_blank((struct text){a.s + i, a.n - i});

		if (k > 0) {
			i += k;
			continue;
		}
		for (from = i; i < a.n &&
		    utf8_blank((struct text){a.s + i, a.n - i}) == 0; )
			i = rewrite_step(a, i);
		tk->token = mem_grow(tk->token, &tk->token_cap, tk->n + 1,
		    sizeof *tk->token);
		tk->token[tk->n++] = (struct token){{a.s + from, i - from},
		    source[from].first, source[i - 1].end, opens};
		opens = false;
	}
}

/* Set the edges of breaks or, if joins is set, clear those of joins. */
static bool
mark(struct tokenizer *tk, const struct token_pattern_list *p,
    struct text text, bool joins, struct place at)
{
	enum pattern_result result = PATTERN_NONE;
	const size_t *group;

	for (size_t i = 0; i < p->n; i++) {
		for (size_t start = 0; start <= text.n && (result =
		    pattern_match(p->pattern[i], text, start, &group, NULL)) ==
		    PATTERN_MATCH; ) {
			size_t from = group[0], end = group[1];

			if (joins)
				memset(tk->edge + from + 1, 0,
				    end - from);
			else
				tk->edge[end] = 1;
			start = end > from ? end : rewrite_step(text, end);
		}
		if (result == PATTERN_LIMIT)
			return rewrite_limit(at, p->at[i]);
	}
	return true;
}

/* Change all ranges, which ascend, from bytes to code points. */
static void
count_points(struct tokenizer *tk, struct text text)
{
	size_t byte = 0, point = 0;

	for (size_t i = 0; i < tk->n; i++) {
		struct token *t = &tk->token[i];
		size_t first = t->first;

		point += utf8_count((struct text){text.s + byte,
		    first - byte});
		byte = first;
		t->first = point;
		t->end = point + utf8_count((struct text){text.s + first,
		    t->end - first});
	}
}

/* Find the sentences of the text after its rules, and their tokens. */
static bool
cut_sentences(struct tokenizer *tk, struct arena *arena, struct text text,
    struct place at)
{
	unsigned char *edge;

	tk->edge = edge = mem_grow(tk->edge, &tk->edge_cap, text.n + 1, 1);
	memset(edge, 0, text.n + 1);
	if (!mark(tk, &tk->rules.breaks, text, false, at) ||
	    (memchr(edge, 1, text.n) != NULL &&
	    !mark(tk, &tk->rules.joins, text, true, at)))
		return false;
	edge[text.n] = 1;
	for (size_t i = 0, next; i < text.n; i = next) {
		size_t from = i, to;

		next = to = (size_t)((unsigned char *)memchr(edge + i + 1, 1,
		    text.n - i) - edge);
		if (!rewrite_trim(text, &from, &to))
			continue;
		tk->sentence.n = 0;
		rewrite_copy(&tk->sentence, &tk->whole, from, to);
		if (!apply(tk, &tk->rules.words, &tk->sentence, "sentence",
		    at))
			return false;
		cut(tk, arena);
	}
	return true;
}

bool
tokenizer_run(struct tokenizer *tk, struct arena *arena, struct text text,
    struct place at, const struct token **token, size_t *n)
{
	tk->n = 0;
	if (text.n > 0) {
		rewrite_start(&tk->whole, text);
		if (!apply(tk, &tk->rules.text, &tk->whole, "text", at) ||
		    !cut_sentences(tk, arena, (struct text){tk->whole.s,
		    tk->whole.n}, at))
			return false;
		count_points(tk, text);
	}
	*token = tk->token;
	*n = tk->n;
	return true;
}
