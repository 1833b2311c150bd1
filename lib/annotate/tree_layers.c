/* SPDX-License-Identifier: ISC */
#include "annotate/tree_layers.h"

#include <string.h>

#include "annotate/tree.h"
#include "base/err.h"
#include "base/mem.h"
#include "stream/block.h"
#include "stream/layer.h"

struct text *
tree_types(struct arena *arena, const char *list, size_t *n)
{
	struct text rest = text_of(list), *types;
	size_t most = 1;

	for (size_t i = 0; i < rest.n; i++)
		most += rest.s[i] == ',';
	types = MEM_NEW(arena, most, struct text);
	for (*n = 0; rest.s != NULL; ++*n) {
		struct text type = text_cut(&rest, ',');

		if (type.n == 0)
			die("option -P: an empty type, expected a list such as "
			    "NP,VP");
		for (size_t i = 0; i < *n; i++)
			if (text_equal(types[i], type))
				die("option -P: \"%.*s\" occurs twice",
				    TEXT_ARGS(type));
		types[*n] = type;
	}
	return types;
}

/* The tag of a node's chunk: only characters that a tag can have. */
static struct text
tag_of(struct arena *arena, const struct tree_node *node,
    const struct tree_choice *c)
{
	struct text label = c->whole_labels ? node->label : node->type;
	char *to = mem_alloc(arena, label.n + 1, 1);
	size_t n = 0;

	if (conllu_is_tag(label))
		return label;
	for (size_t i = 0; i < label.n; i++) {
		if ((label.s[i] & 0xc0) == 0x80)
			continue;	/* a character becomes one _ */
		to[n++] = conllu_is_tag((struct text){label.s + i, 1}) ?
		    label.s[i] : '_';
	}
	return n == 0 ? TEXT("_") : (struct text){to, n};
}

static struct span
span_of(struct arena *arena, const struct tree_node *node,
    const struct tree_choice *c)
{
	return (struct span){node->first, node->last, tag_of(arena, node, c)};
}

/*
 * Find the depth of each node: the number of phrases that it is inside of, or
 * NO_DEPTH if it is no phrase.  In preorder, the phrases around a node are
 * those before it that end at its last word or later.  Returns the most phrases
 * inside each other.
 */
static const size_t NO_DEPTH = (size_t)-1;

static size_t
find_depths(struct arena *arena, const struct tree *t, bool leaves,
    size_t *depth)
{
	size_t *last = MEM_NEW(arena, t->n, size_t);	/* of those around */
	size_t around = 0, deepest = 0;

	for (size_t i = 0; i < t->n; i++) {
		depth[i] = NO_DEPTH;
		if (t->node[i].leaf && !leaves)
			continue;
		while (around > 0 && last[around - 1] < t->node[i].first)
			around--;
		depth[i] = around;
		last[around++] = t->node[i].last;
		deepest = around > deepest ? around : deepest;
	}
	return deepest;
}

static void
write_by_depth(struct block *b, const struct tree *t,
    const struct tree_choice *c, size_t *deep)
{
	size_t *depth = MEM_NEW(b->arena, t->n, size_t);
	size_t deepest = find_depths(b->arena, t, c->leaves, depth);
	size_t n = c->exactly || deepest > c->depths ? c->depths : deepest;
	size_t *from = MEM_NEW(b->arena, n + 1, size_t);
	size_t *next = MEM_NEW(b->arena, n, size_t);
	struct span *spans;

	for (size_t i = 0; i < t->n; i++)
		if (depth[i] < n)
			from[depth[i] + 1]++;
		else if (depth[i] != NO_DEPTH)
			++*deep;
	for (size_t k = 0; k < n; k++) {
		from[k + 1] += from[k];
		next[k] = from[k];
	}
	spans = MEM_NEW(b->arena, from[n] + 1, struct span);
	for (size_t i = 0; i < t->n; i++)
		if (depth[i] < n)
			spans[next[depth[i]]++] = span_of(b->arena,
			    &t->node[i], c);
	conllu_set_numbered_layers(b, c->name, spans, from, n);
}

/* The label without an index at its end: NP-SBJ of NP-SBJ-1. */
static struct text
without_index(struct text label)
{
	size_t n = label.n;

	while (n > 0 && label.s[n - 1] >= '0' && label.s[n - 1] <= '9')
		n--;
	if (n > 1 && n < label.n && strchr("-=", label.s[n - 1]) != NULL)
		label.n = n - 1;
	return label;
}

/* True if the node has one of the types, alone or with its functions. */
static bool
has_type(const struct tree_node *node, const struct tree_choice *c)
{
	struct text label = node->label;
	bool has = false;

	for (size_t k = 0; k < c->types; k++) {
		struct text type = c->type[k];
		bool same = text_equal(node->type, type) ||
		    text_equal(label, type) ||
		    text_equal(without_index(label), type) ||
		    text_equal(without_index(without_index(label)), type);

		c->found[k] = c->found[k] || same;
		has = has || same;
	}
	return has;
}

/*
 * In preorder, an outermost phrase begins after the last outermost one ends,
 * and a phrase that has another one inside is followed by it.
 */
static void
write_by_type(struct block *b, const struct tree *t,
    const struct tree_choice *c)
{
	struct span *spans = MEM_NEW(b->arena, t->n, struct span);
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct tree_node *node = &t->node[i];

		if (!has_type(node, c))
			continue;
		if (n > 0 && node->first <= spans[n - 1].last) {
			if (!c->innermost)
				continue;
			n--;
		}
		spans[n++] = span_of(b->arena, node, c);
	}
	conllu_set_layer(b, c->name, spans, n);
}

void
tree_write_layers(struct block *b, const struct tree *t,
    const struct tree_choice *c, size_t *deep)
{
	if (c->types > 0)
		write_by_type(b, t, c);
	else
		write_by_depth(b, t, c, deep);
}
