/* SPDX-License-Identifier: ISC */
/*
 * tree_layers: write the nodes of a tree as layers (layer.h).
 *
 * A node of a tree is a phrase, but for leaves: these are words, and become
 * phrases only on demand.  Nodes overlap, and the phrases of a layer do not, so
 * they are chosen in one of two ways:
 *
 *     by depth    PREFIX1 has the phrases that are inside no other one,
 *                 PREFIX2 those inside exactly one, and so on
 *     by type     one layer has all phrases of some types.  Of nested ones it
 *                 has the outermost, or the innermost.
 *
 * A chunk has the type of its node in brackets, NP, and the whole label of a
 * dependency, nsubj:pass; a character that no tag can have is written as _.
 */
#ifndef ANNOTATE_TREE_LAYERS_H
#define ANNOTATE_TREE_LAYERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;
struct block;
struct tree;

struct tree_choice {
	const char *name;	/* of the layer, or the PREFIX of the layers */
	size_t depths;		/* by depth: the most layers */
	bool exactly;		/* always that many layers, some empty */
	const struct text *type;	/* [types] by type; 0: by depth */
	size_t types;
	bool *found;		/* [types] set where a text has the type */
	bool innermost;
	bool leaves;		/* by depth: leaves are phrases, too */
	bool whole_labels;	/* a chunk has its node's label, not its type */
};

/*
 * Split a comma-joined list of types, as -P gives it.  Returns the types [*n],
 * *n > 0, in the arena; they are slices of list.  Exits with 2 if one is empty
 * or occurs twice.
 */
struct text *tree_types(struct arena *, const char *list, size_t *n);

/*
 * Remove the layers of an earlier run, and write the chosen ones.  *deep counts
 * the phrases that are deeper than the last layer.
 */
void tree_write_layers(struct block *, const struct tree *,
    const struct tree_choice *, size_t *deep);

#endif
