/* SPDX-License-Identifier: ISC */
/*
 * tree: the parse of a text, as nodes over its words.
 *
 *     (S (NP (DT The) (NN story)) (VP (VBZ is) (ADJP (JJ new))))
 *
 *     node    S    NP   DT   NN   VP   VBZ  ADJP JJ      in preorder
 *     words   0-3  0-1  0-0  1-1  2-3  2-2  3-3  3-3     counted from 0
 *     leaf              yes  yes       yes       yes     the word's own node
 *
 * Each node has at least one word, its words are contiguous, and two nodes are
 * nested or disjoint.  In preorder a node is followed by the nodes inside it.
 * Of two nodes with the same words, the outer one is first.  A text of several
 * sentences has a tree for each, and the nodes of the next follow those of the
 * last.
 *
 * tree_brackets.h and tree_heads.h make trees, tree_layers.h writes them.
 */
#ifndef ANNOTATE_TREE_H
#define ANNOTATE_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct arena;

struct tree_node {
	struct text label;	/* as it was read, such as NP-SBJ-1 */
	struct text type;	/* the part before its functions: NP */
	size_t first, last;	/* words from 0; last is inside */
	bool leaf;		/* the node of one word alone */
};

/* A word of the bracketed tree; words of a block are in the block. */
struct tree_word {
	struct text form;
	struct place at;
};

/* Zeroed at first, but for the arena, which has all memory. */
struct tree {
	struct arena *arena;
	struct tree_node *node;		/* [n] */
	size_t n, node_cap;
	struct tree_word *word;		/* [T] */
	size_t T, word_cap;
	size_t split;		/* phrases that are not contiguous: no nodes */
};

/* Append a zeroed node or word; valid until the next one is appended. */
struct tree_node *tree_add_node(struct tree *);
struct tree_word *tree_add_word(struct tree *);

/*
 * True if a word of a tree is the word of a text.  Letter case and the ways to
 * write brackets, quotes, dashes and dots make no difference: -LRB- is "(", ``
 * is a double quote, \/ is a slash.  The arena is for scratch.
 */
bool tree_same_word(struct arena *, struct text, struct text);

#endif
