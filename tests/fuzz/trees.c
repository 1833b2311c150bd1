/* SPDX-License-Identifier: ISC */
/*
 * Fuzz bracketed trees and dependency heads: the nodes of both must be those
 * of a tree, and their layers must be read again.
 */
#include "annotate/tree.h"
#include "annotate/tree_brackets.h"
#include "annotate/tree_heads.h"
#include "annotate/tree_layers.h"
#include "base/mem.h"
#include "fuzz.h"
#include "stream/block.h"
#include "stream/layer.h"

/* In preorder, and nested or disjoint: tree.h. */
static void
check(const struct tree *t, size_t words)
{
	size_t *last = MEM_NEW(t->arena, t->n + 1, size_t), around = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct tree_node *node = &t->node[i];

		fuzz_holds(node->first <= node->last && node->last < words);
		fuzz_holds(!node->leaf || node->first == node->last);
		fuzz_holds(i == 0 || node->first >= t->node[i - 1].first);
		while (around > 0 && last[around - 1] < node->first)
			around--;
		fuzz_holds(around == 0 || node->last <= last[around - 1]);
		last[around++] = node->last;
	}
}

/* Write layers of both kinds to a block, and read them. */
static void
check_layers(struct block *b, const struct tree *t)
{
	static const struct text type[] = {{"NP", 2}, {"3", 1}};
	bool found[2] = {false};
	struct tree_choice c = {.name = "d", .depths = 7, .leaves = true};
	struct span *spans = MEM_NEW(b->arena, b->T, struct span);
	size_t deep = 0, n;

	tree_write_layers(b, t, &c, &deep);
	c = (struct tree_choice){.name = "p", .type = type, .types = 2,
	    .found = found, .innermost = true, .whole_labels = true};
	tree_write_layers(b, t, &c, &deep);
	fuzz_holds(conllu_spans(b, "d1", spans, &n));
	fuzz_holds(conllu_spans(b, "d7", spans, &n));
	fuzz_holds(conllu_spans(b, "p", spans, &n));
}

static void
fuzz_heads(struct arena *arena, const uint8_t *data, size_t n)
{
	struct block b;
	struct tree t = {.arena = arena};

	if (!conllu_parse(arena, (struct text){(const char *)data, n},
	    (struct place){"", 0}, &b) || !tree_add_heads(&b, 0, b.T, &t))
		return;
	check(&t, b.T);
	check_layers(&b, &t);
}

static void
fuzz_brackets(struct arena *arena, const uint8_t *data, size_t n)
{
	static const char line[] = "# sent_id = 1\n"
	    "1\ta\t_\t_\t_\t_\t_\t_\t_\tx=1\n2\tb\t_\t_\t_\t_\t_\t_\t_\t_\n"
	    "3\tc\t_\t_\t_\t_\t_\t_\t_\td9=O|p=B-X\n";
	struct tree_reader *r = tree_reader_open(fuzz_file(data, n));
	struct tree t = {.arena = arena};
	enum tree_got got;
	struct place at;
	size_t words, nodes;

	do {
		words = t.T;
		nodes = t.n;
		got = tree_reader_next(r, &t, &at);
		fuzz_holds(got == TREE_READ || (t.T == words && t.n == nodes));
		fuzz_holds(got != TREE_FAILED);
	} while (got != TREE_END);
	check(&t, t.T);
	if (t.T == 3) {
		struct block b;

		fuzz_holds(conllu_parse(arena, text_of(line),
		    (struct place){"", 0}, &b));
		check_layers(&b, &t);
	}
	for (size_t i = 1; i < t.T; i++)
		tree_same_word(arena, t.word[i - 1].form, t.word[i].form);
	tree_reader_close(r);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct arena *arena;

	if (arena == NULL)
		arena = mem_arena();
	mem_reset(arena);
	fuzz_heads(arena, data, n);
	fuzz_brackets(arena, data, n);
	return 0;
}
