/* SPDX-License-Identifier: ISC */
/*
 * tree_heads: make a tree from the dependency heads of a block.
 *
 * Column HEAD is the word on which a word depends, and 0 for the root; DEPREL
 * names the relation.  A word, and all words that depend on it directly or
 * through others, are a phrase.  Its label is the DEPREL of the word, and its
 * type is the part before a colon: nsubj of nsubj:pass.
 *
 *     1  The    2  det      1-1
 *     2  story  4  nsubj    1-2
 *     3  is     4  cop      3-3
 *     4  new    0  root     1-4
 *
 * A phrase whose words are not contiguous (a non-projective one) is no node;
 * the phrases inside it are.
 */
#ifndef ANNOTATE_TREE_HEADS_H
#define ANNOTATE_TREE_HEADS_H

#include <stdbool.h>
#include <stddef.h>

#include "annotate/tree.h"

struct block;

/*
 * Append the tree of the words from first up to, but not including, end, which
 * are a sentence; its nodes have the numbers of the block's words.  Adds to
 * to->split.  Returns false with a message if a head is no word of the
 * sentence, there is not exactly one root, or heads form a circle.
 */
bool tree_add_heads(const struct block *, size_t first, size_t end,
    struct tree *to);

#endif
