/* SPDX-License-Identifier: ISC */
/*
 * From a text to tokens with their ranges.
 *
 * edge has a byte for each place between two bytes of the text.  The break
 * patterns set it to 1, then the join patterns clear it; here a break is
 * [.!?] +, and a join Mr[.] +:
 *
 *     text         "Hi!" said Mr. Hill.  No.
 *     breaks                      1      1
 *     joins                       0
 *     sentences    [------------------]  [-]      between edges, trimmed
 *
 * Each sentence is copied to a buffer of rewrite.h, in which every byte has its
 * range of the text.  All word rules are applied to it, and the result is cut
 * at its blanks:
 *
 *     rules        " Hi ! " said Mr. Hill .
 *     tokens       "|Hi|!|"|said|Mr.|Hill|.
 *     ranges       0-1 1-3 3-4 4-5 6-10 11-14 15-19 19-20
 *
 * The ranges are bytes; count_points makes code points of all of them in one
 * pass over the text, which is right because no rule changes the order.
 *
 * Easy to get wrong: a join clears the edges after the first byte of its match
 * and at its end, but not the edge at its start: a sentence may begin there.
 * The joins are not searched for if there is no break.  A rule sees one
 * sentence: ^ and $ are its ends, and no lookbehind reaches the one before.  A
 * rule may make a sentence longer, and the next rules that longer one, so the
 * growth is limited.
 */
#include "annotate/tokenizer.h"

#include <stdlib.h>
#include <string.h>

#include "annotate/pattern.h"
#include "annotate/rewrite.h"
#include "base/conf.h"
#include "base/conf_value.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { GROWTH = 16 };	/* how much longer rules may make a sentence */

struct patterns {
	struct pattern **pattern;
	struct place *at;
	size_t n;
};

struct tokenizer {
	struct arena *arena;		/* of the rules */
	struct patterns breaks, joins;
	struct rewrite_rule *rule;
	size_t rules;

	struct rewrite_buffer text, spare;	/* a sentence */
	unsigned char *edge;		/* [bytes + 1] 1: a sentence begins */
	size_t edge_cap;
	struct token *token;		/* [n] */
	size_t n, token_cap;
};

static bool
read_rule(struct arena *arena, const struct conf *c, struct rewrite_rule *r)
{
	static const char *const keys[] = {"find", "put", NULL};
	struct text find, put;

	if (c->kind != CONF_MAP)
		return bad(c->at, "expected a map: {find: PATTERN, "
		    "put: REPLACEMENT}");
	if (!conf_known(c, keys) || !conf_text(c, "find", &find) ||
	    !conf_text(c, "put", &put))
		return false;
	return rewrite_compile(arena, find, put, c->at, r);
}

static bool
read_words(struct arena *arena, const struct conf *c, struct tokenizer *tk)
{
	if (c->kind != CONF_LIST)
		return bad(c->at, "words: expected a list of rules");
	tk->rule = MEM_NEW(arena, c->n, struct rewrite_rule);
	tk->rules = c->n;
	for (size_t i = 0; i < c->n; i++)
		if (!read_rule(arena, c->child[i], &tk->rule[i]))
			return false;
	return true;
}

/* Read a list of patterns; c is NULL if there is none. */
static bool
read_patterns(struct arena *arena, const struct conf *c, struct patterns *to)
{
	if (c == NULL)
		return true;
	if (c->kind != CONF_LIST)
		return bad(c->at, "expected a list of patterns");
	to->pattern = MEM_NEW(arena, c->n, struct pattern *);
	to->at = MEM_NEW(arena, c->n, struct place);
	for (; to->n < c->n; to->n++) {
		const struct conf *p = c->child[to->n];

		if (p->kind != CONF_SCALAR)
			return bad(p->at, "a list or a map, expected a "
			    "pattern");
		to->at[to->n] = p->at;
		to->pattern[to->n] = pattern_compile(p->scalar, PATTERN_UTF,
		    p->at);
		if (to->pattern[to->n] == NULL)
			return false;
	}
	return true;
}

static bool
read_rules(struct arena *arena, const struct conf *c, struct tokenizer *tk)
{
	static const char *const keys[] = {"sentences", "words", NULL};
	static const char *const lists[] = {"break", "join", NULL};
	const struct conf *sentences = conf_get(c, "sentences");
	const struct conf *words = conf_get(c, "words");

	if (c->kind != CONF_MAP || words == NULL)
		return bad(c->at, "expected the rules of a tokenizer, with "
		    "the key \"words\"");
	if (sentences != NULL && sentences->kind != CONF_MAP)
		return bad(sentences->at, "sentences: expected the keys "
		    "\"break\" and \"join\"");
	return conf_known(c, keys) &&
	    (sentences == NULL || conf_known(sentences, lists)) &&
	    read_patterns(arena, conf_get(sentences, "break"), &tk->breaks) &&
	    read_patterns(arena, conf_get(sentences, "join"), &tk->joins) &&
	    read_words(arena, words, tk);
}

struct tokenizer *
tokenizer_open(const char *path, int *status)
{
	struct tokenizer *tk = mem_calloc(1, sizeof *tk);
	struct conf *c;

	tk->arena = mem_arena();
	c = conf_read(tk->arena, path, status);
	if (c != NULL) {
		*status = STATUS_DATA;
		if (read_rules(tk->arena, c, tk))
			return tk;
	}
	tokenizer_close(tk);
	return NULL;
}

static void
free_patterns(struct patterns *p)
{
	for (size_t i = 0; i < p->n; i++)
		pattern_free(p->pattern[i]);
}

void
tokenizer_close(struct tokenizer *tk)
{
	free_patterns(&tk->breaks);
	free_patterns(&tk->joins);
	for (size_t i = 0; i < tk->rules; i++)
		pattern_free(tk->rule[i].find);
	rewrite_free(&tk->text);
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

/* Apply all rules to a sentence, bytes [i, j) of the text. */
static bool
rewrite(struct tokenizer *tk, struct text text, size_t i, size_t j,
    struct place at)
{
	size_t most = GROWTH * (j - i) + 1024;

	rewrite_start(&tk->text, text, i, j);
	for (size_t k = 0; k < tk->rules; k++) {
		const struct rewrite_rule *r = &tk->rule[k];

		if (!rewrite_apply(r, &tk->text, &tk->spare, at))
			return false;
		if (tk->text.n > most)
			return bad(at, "the rule at %s:%zu makes this sentence "
			    "too long, the limit is %d times its length",
			    r->at.file, r->at.line, GROWTH);
	}
	return true;
}

/* Cut the result of the rules at its blanks; the ranges are bytes. */
static void
cut(struct tokenizer *tk, struct arena *arena)
{
	struct text a = text_copy(arena, (struct text){tk->text.s,
	    tk->text.n});
	const struct rewrite_source *source = tk->text.source;
	bool opens = true;

	for (size_t i = 0, from; i < a.n; ) {
		size_t k = rewrite_blank((struct text){a.s + i, a.n - i});

		if (k > 0) {
			i += k;
			continue;
		}
		for (from = i; i < a.n &&
		    rewrite_blank((struct text){a.s + i, a.n - i}) == 0; )
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
mark(struct tokenizer *tk, const struct patterns *p, struct text text,
    bool joins, struct place at)
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

bool
tokenizer_run(struct tokenizer *tk, struct arena *arena, struct text text,
    struct place at, const struct token **token, size_t *n)
{
	unsigned char *edge;

	tk->n = 0;
	tk->edge = edge = mem_grow(tk->edge, &tk->edge_cap, text.n + 1, 1);
	memset(edge, 0, text.n + 1);
	if (!mark(tk, &tk->breaks, text, false, at) ||
	    (memchr(edge, 1, text.n) != NULL &&
	    !mark(tk, &tk->joins, text, true, at)))
		return false;
	edge[text.n] = 1;
	for (size_t i = 0, next; i < text.n; i = next) {
		size_t from = i, to;

		next = to = (size_t)((unsigned char *)memchr(edge + i + 1, 1,
		    text.n - i) - edge);
		if (!rewrite_trim(text, &from, &to))
			continue;
		if (!rewrite(tk, text, from, to, at))
			return false;
		cut(tk, arena);
	}
	count_points(tk, text);
	*token = tk->token;
	*n = tk->n;
	return true;
}
