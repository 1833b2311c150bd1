/* SPDX-License-Identifier: ISC */
#include "annotate/token_rules.h"

#include <stdlib.h>

#include "annotate/entities.h"
#include "annotate/pattern.h"
#include "base/conf.h"
#include "base/conf_value.h"
#include "base/mem.h"
#include "base/share.h"
#include "base/text.h"

static struct token_step *
add_step(struct token_steps *to)
{
	to->step = mem_grow(to->step, &to->cap, to->n + 1, sizeof *to->step);
	to->step[to->n] = (struct token_step){0};
	return &to->step[to->n++];
}

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

/* Read a list of rules; c is NULL if there is none. */
static bool
read_steps(struct arena *arena, const struct conf *c, const char *key,
    struct token_steps *to)
{
	if (c == NULL)
		return true;
	if (c->kind != CONF_LIST)
		return bad(c->at, "%s: expected a list of rules", key);
	for (size_t i = 0; i < c->n; i++)
		if (!read_rule(arena, c->child[i], &add_step(to)->rule))
			return false;
	return true;
}

static bool
read_entities(struct arena *arena, const struct conf *c,
    struct token_steps *to)
{
	struct entities *e;

	if (c == NULL)
		return true;
	e = entities_read(arena, c);
	if (e == NULL)
		return false;
	add_step(to)->entities = e;
	return true;
}

/* Read a list of patterns; c is NULL if there is none. */
static bool
read_patterns(const struct conf *c, struct token_pattern_list *to)
{
	if (c == NULL)
		return true;
	if (c->kind != CONF_LIST)
		return bad(c->at, "expected a list of patterns");
	for (size_t i = 0; i < c->n; i++) {
		const struct conf *p = c->child[i];
		struct pattern *pattern;

		if (p->kind != CONF_SCALAR)
			return bad(p->at, "a list or a map, expected a "
			    "pattern");
		pattern = pattern_compile(p->scalar, PATTERN_UTF, p->at);
		if (pattern == NULL)
			return false;
		to->pattern = mem_grow(to->pattern, &to->pattern_cap,
		    to->n + 1, sizeof(struct pattern *));
		to->at = mem_grow(to->at, &to->at_cap, to->n + 1,
		    sizeof *to->at);
		to->pattern[to->n] = pattern;
		to->at[to->n++] = p->at;
	}
	return true;
}

static bool
read_file(struct arena *arena, const struct conf *c, struct token_rules *r)
{
	static const char *const keys[] = {"entities", "text", "sentences",
	    "words", NULL};
	static const char *const lists[] = {"break", "join", NULL};
	const struct conf *sentences = conf_get(c, "sentences");
	bool any = false;

	for (int i = 0; keys[i] != NULL; i++)
		any |= conf_get(c, keys[i]) != NULL;
	if (!any)
		return bad(c->at, "expected the rules of a tokenizer: a map "
		    "with a key %s", text_names(arena, keys, " or "));
	if (sentences != NULL && sentences->kind != CONF_MAP)
		return bad(sentences->at, "sentences: expected the keys "
		    "\"break\" and \"join\"");
	return conf_known(c, keys) &&
	    (sentences == NULL || conf_known(sentences, lists)) &&
	    read_entities(arena, conf_get(c, "entities"), &r->text) &&
	    read_steps(arena, conf_get(c, "text"), "text", &r->text) &&
	    read_patterns(conf_get(sentences, "break"), &r->breaks) &&
	    read_patterns(conf_get(sentences, "join"), &r->joins) &&
	    read_steps(arena, conf_get(c, "words"), "words", &r->words);
}

bool
token_rules_read(struct arena *arena, const char *list, struct token_rules *r,
    int *status)
{
	struct text rest = text_of(list);

	*r = (struct token_rules){0};
	while (rest.s != NULL) {
		struct text name = text_copy(arena, text_cut(&rest, ','));
		const char *path = share_look(arena, SHARE_RULES, name.s);
		const struct conf *c;

		*status = STATUS_SYSTEM;
		c = path == NULL ? NULL : conf_read(arena, path, status);
		if (c == NULL)
			return false;
		*status = STATUS_DATA;
		if (!read_file(arena, c, r))
			return false;
	}
	*status = STATUS_OK;
	return true;
}

static void
free_steps(struct token_steps *s)
{
	for (size_t i = 0; i < s->n; i++) {
		entities_free(s->step[i].entities);
		pattern_free(s->step[i].rule.find);
	}
	free(s->step);
}

static void
free_patterns(struct token_pattern_list *p)
{
	for (size_t i = 0; i < p->n; i++)
		pattern_free(p->pattern[i]);
	free(p->pattern);
	free(p->at);
}

void
token_rules_free(struct token_rules *r)
{
	free_steps(&r->text);
	free_steps(&r->words);
	free_patterns(&r->breaks);
	free_patterns(&r->joins);
}
