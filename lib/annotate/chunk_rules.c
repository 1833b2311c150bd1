/* SPDX-License-Identifier: ISC */
#include "annotate/chunk_rules.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/atoms.h"
#include "annotate/pattern.h"
#include "annotate/token_pattern.h"
#include "base/conf.h"
#include "base/conf_value.h"
#include "base/mem.h"
#include "base/output.h"
#include "stream/block.h"
#include "stream/layer.h"
#include "stream/score.h"

enum { FLAGS = PATTERN_BYTES | PATTERN_NOT_EMPTY };

#define TOO_LARGE "the pattern is too large, the limit is 64 KiB in PCRE2's " \
	"form"

static bool
check_level_name(struct text name, struct place at)
{
	if (!conllu_is_layer_name(name))
		return bad(at, "level \"%.*s\", expected a name of a-z, 0-9 "
		    "and _ that begins with a letter", TEXT_ARGS(name));
	return score_level(name) == SCORE_LAYER || bad(at, "level \"%.*s\" is "
	    "a reserved word, expected another name", TEXT_ARGS(name));
}

static bool
check_tags(const struct conf *tags)
{
	if (tags == NULL)
		return true;
	if (tags->kind != CONF_MAP)
		return bad(tags->at, "expected tags to be a map, such as "
		    "NN: NOUN");
	for (size_t i = 0; i < tags->n; i++)
		if (tags->child[i]->kind != CONF_SCALAR ||
		    tags->child[i]->scalar.n == 0)
			return bad(tags->child[i]->at, "tag \"%.*s\", expected "
			    "one coarse tag for it", TEXT_ARGS(tags->key[i]));
	return true;
}

/* Check a pattern and add its atoms. */
static bool
add_atoms(const struct chunk_level *l, struct text pattern, struct place at)
{
	struct output unused = output_to(-1, "a pattern");
	bool good = token_pattern_translate(l->atoms, pattern, at, &unused);

	output_done(&unused, STATUS_OK);
	return good;
}

static bool
read_rule(const struct conf *c, struct chunk_level *l, struct chunk_rule *rule)
{
	static const char *const known[] = {"tag", "pattern", "holds", NULL};
	const struct conf *holds = conf_get(c, "holds");

	if (!conf_known(c, known) || !conf_text(c, "tag", &rule->tag) ||
	    !conf_text(c, "pattern", &rule->pattern) ||
	    (holds != NULL && !conf_text(c, "holds", &rule->holds)))
		return false;
	rule->at = conf_get(c, "pattern")->at;
	if (holds != NULL)
		rule->holds_at = holds->at;
	if (!conllu_is_tag(rule->tag) || text_is(rule->tag, "_"))
		return bad(conf_get(c, "tag")->at, "tag \"%.*s\", expected "
		    "letters, digits and _ . : - (but not _ alone, which means "
		    "no chunk)", TEXT_ARGS(rule->tag));
	return add_atoms(l, rule->pattern, rule->at) && (holds == NULL ||
	    add_atoms(l, rule->holds, rule->holds_at));
}

/*
 * Compile each pattern alone first: a message then has its line, and no rule
 * can change the meaning of the next.
 */
static bool
check_alone(const struct chunk_level *l, struct text pattern, struct place at)
{
	struct output one = output_to(-1, "a pattern");
	struct text rest = pattern;
	char why[PATTERN_WHY];
	size_t offset;
	bool good;

	token_pattern_translate(l->atoms, pattern, at, &one);
	good = pattern_check((struct text){one.buf, one.n}, FLAGS, why,
	    &offset);
	output_done(&one, STATUS_OK);
	if (good)
		return true;
	offset = token_pattern_origin(l->atoms, pattern, offset);
	rest.s += offset;
	rest.n -= offset;
	return bad(at, "pattern at \"%.*s\": %s; PCRE2 accepts lookbehinds "
	    "of a fixed number of tokens, groups up to 250 deep, and 64 KiB",
	    TEXT_ARGS(rest), why);
}

static bool
check_rule(const struct chunk_level *l, const struct chunk_rule *r)
{
	return check_alone(l, r->pattern, r->at) && (r->holds.s == NULL ||
	    check_alone(l, r->holds, r->holds_at));
}

/* Compile what was written and free it; NULL if it is too large. */
static struct pattern *
compile_written(const struct chunk_level *l, struct output *o)
{
	struct text source = {o->buf, o->n};
	char why[PATTERN_WHY];
	size_t offset;
	struct pattern *program = NULL;

	if (pattern_check(source, FLAGS, why, &offset))
		program = pattern_compile(source, FLAGS, l->at);
	output_done(o, STATUS_OK);
	return program;
}

/* Compile rules first to first + n - 1 as one program; NULL if too large. */
static struct pattern *
join(const struct chunk_level *l, size_t first, size_t n)
{
	struct output all = output_to(-1, "a level");

	for (size_t i = first; i < first + n; i++) {
		output_string(&all, i > first ? "|(?:" : "(?:");
		token_pattern_translate(l->atoms, l->rule[i].pattern,
		    l->rule[i].at, &all);
		output_printf(&all, ")(*MARK:%zu)", i);
	}
	return compile_written(l, &all);
}

/* Compile what the chunks of each rule hold. */
static bool
compile_held(struct chunk_level *l)
{
	for (size_t i = 0; i < l->rules; i++) {
		struct chunk_rule *r = &l->rule[i];
		struct output one = output_to(-1, "a pattern");

		if (r->holds.s == NULL)
			continue;
		token_pattern_translate(l->atoms, r->holds, r->holds_at, &one);
		r->held = compile_written(l, &one);
		if (r->held == NULL)
			return bad(r->holds_at, TOO_LARGE);
	}
	return true;
}

/* Compile all rules; half as many in a program as long as it is too large. */
static bool
compile(struct chunk_rules *c, struct chunk_level *l)
{
	size_t first = 0, n = l->rules;

	l->program = MEM_NEW(c->arena, l->rules, struct pattern *);
	while (first < l->rules) {
		struct pattern *p = join(l, first, n);

		if (p == NULL && n == 1)
			return bad(l->rule[first].at, TOO_LARGE);
		if (p == NULL) {
			n = (n + 1) / 2;
			continue;
		}
		l->program[l->programs++] = p;
		first += n;
		if (n > l->rules - first)
			n = l->rules - first;
	}
	return true;
}

static bool
read_level(struct chunk_rules *c, const struct conf *list,
    const struct conf *tags, int column, struct text name)
{
	struct chunk_level *l = &c->level[c->levels++];

	*l = (struct chunk_level){.name = name, .at = list->at,
	    .rule = MEM_NEW(c->arena, list->n, struct chunk_rule),
	    .rules = list->n, .atoms = atoms_new(tags, column)};
	if (!check_level_name(name, list->at))
		return false;
	if (text_equal(name, c->within))
		return bad(list->at, "level \"%.*s\" is also the layer of "
		    "\"within\"; rename one of them", TEXT_ARGS(name));
	if (list->kind != CONF_LIST || list->n == 0)
		return bad(list->at, "level \"%.*s\", expected a list of "
		    "rules, each with tag and pattern", TEXT_ARGS(name));
	for (size_t i = 0; i < list->n; i++)
		if (!read_rule(list->child[i], l, &l->rule[i]))
			return false;
	for (size_t i = 0; i < l->rules; i++)
		if (!check_rule(l, &l->rule[i]))
			return false;
	return compile(c, l) && compile_held(l);
}

/* Read the column of atoms that name none. */
static bool
read_column(const struct conf *root, int *column)
{
	const struct conf *c = conf_get(root, "column");
	struct text name;

	*column = 0;
	if (c == NULL)
		return true;
	if (!conf_text(root, "column", &name))
		return false;
	*column = atoms_column(name);
	return *column >= 0 || bad(c->at, "column \"%.*s\", expected tag, "
	    "coarse, upos, xpos, form, lower, lemma or deprel",
	    TEXT_ARGS(name));
}

static bool
read_rules(struct chunk_rules *c, const struct conf *root)
{
	static const char *const known[] = {"within", "tags", "column",
	    "levels", NULL};
	const struct conf *levels = conf_get(root, "levels");
	const struct conf *tags = conf_get(root, "tags");
	int column;

	if (!conf_known(root, known) || !check_tags(tags) ||
	    !read_column(root, &column))
		return false;
	if (conf_get(root, "within") != NULL &&
	    (!conf_text(root, "within", &c->within) ||
	    !check_level_name(c->within, conf_get(root, "within")->at)))
		return false;
	if (levels == NULL || levels->kind != CONF_MAP || levels->n == 0)
		return bad(levels == NULL ? root->at : levels->at, "expected "
		    "levels, a map from each level's name to its rules");
	c->level = MEM_NEW(c->arena, levels->n, struct chunk_level);
	for (size_t i = 0; i < levels->n; i++)
		if (!read_level(c, levels->child[i], tags, column,
		    levels->key[i]))
			return false;
	return true;
}

struct chunk_rules *
chunk_rules_open(const char *path, int *status)
{
	struct arena *arena = mem_arena();
	struct chunk_rules *c = MEM_NEW(arena, 1, struct chunk_rules);
	const struct conf *root;

	c->arena = arena;
	root = conf_read(arena, mem_copy(arena, path, strlen(path)), status);
	if (root != NULL && read_rules(c, root))
		return c;
	if (root != NULL)
		*status = STATUS_DATA;
	chunk_rules_close(c);
	return NULL;
}

void
chunk_rules_close(struct chunk_rules *c)
{
	for (size_t i = 0; i < c->levels; i++) {
		for (size_t k = 0; k < c->level[i].programs; k++)
			pattern_free(c->level[i].program[k]);
		for (size_t k = 0; k < c->level[i].rules; k++)
			pattern_free(c->level[i].rule[k].held);
		atoms_free(c->level[i].atoms);
	}
	mem_free(c->arena);
}
