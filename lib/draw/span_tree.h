/* SPDX-License-Identifier: ISC */
/*
 * span_tree: the spans of a picture as a tree over its words, and its places.
 *
 *              [S]              a node for each phrase, over its words;
 *             /   \             an edge to each phrase or word that is
 *          [NP]   [VP]          inside it and inside no other one between
 *          /  \      \          .
 *       [The][end] [slow]       the leaves: the words, in one row
 *
 * A span is a phrase if it has a tag or several words.  Spans nest by their
 * words; of two with the same words, that of the level that is drawn first is
 * the outer one.  So the layers depth1, depth2, ... of reat-tree give back the
 * tree from which they were made.
 *
 * A column of text is SPAN_TREE_COLUMN units, and places are in these units.  A
 * box is as wide as its texts, and is over the middle of its children.  All
 * memory is the picture's.
 */
#ifndef DRAW_SPAN_TREE_H
#define DRAW_SPAN_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct picture;
struct score_row;

enum {
	SPAN_TREE_COLUMN = 9,
	SPAN_TREE_SMALL = 3,	/* a small letter is 3/4 as wide */
	SPAN_TREE_HIGH = 38,	/* a box */
	SPAN_TREE_EDGE = 28,	/* between the boxes of two rows */
	SPAN_TREE_TAG = 15,	/* a word's tag, over its box */
};

struct span_node {
	const struct score_row *row;	/* NULL: a word without a score */
	struct text text;	/* in the box: the tag or the word; may be
				 * empty */
	struct text tag;	/* of a word, over its box; may be empty */
	size_t parent;		/* index of the node around it, or itself */
	size_t depth;		/* nodes around it */
	bool leaf;		/* a word */
	bool unknown;		/* a word that the model does not know */
	double x, y, wide;	/* the box: its left and upper edge */
};

struct span_tree {
	struct span_node *node;	/* [n] each after the node around it */
	size_t n;
	double wide, high;
};

/*
 * Make the tree of a picture and set picture->tree, which remains NULL if the
 * picture has no levels.  The words are those of the level "word", or without
 * it those that all levels have.  Returns false with a message if there are no
 * such words, or two spans overlap without one being inside the other.
 */
bool span_tree_make(struct picture *);

/* The middle of a node's box, and where an edge to the node ends. */
double span_node_middle(const struct span_node *);
double span_node_top(const struct span_node *);

#endif
