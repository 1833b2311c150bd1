/* SPDX-License-Identifier: ISC */
/*
 * tree_brackets: read bracketed trees from a file, one after the other.
 *
 *     ( (S (NP-SBJ (DT The) (NN story)) (VP ...)) )    Penn Treebank
 *     (3 (2 The) (4 (3 ...)))                          sentiment treebank
 *
 * A tree begins at a "("; all lines but its first begin with a blank, so a tree
 * whose brackets do not match cannot swallow the next one.  What people's files
 * have is read as they mean it:
 *
 *     NP-SBJ-1, NP=2, PRT|ADVP    the type is the part before - = or |, if that
 *                                 is not empty: -LRB- is a type
 *     (-NONE- *T*-1)              no word; a node without a word is no node
 *     ( ...), (ROOT ...)          around the whole tree: no node; the same for
 *                                 TOP, S1 and VROOT
 *     (-LRB- () and (-RRB- ))     the bracket is a word
 */
#ifndef ANNOTATE_TREE_BRACKETS_H
#define ANNOTATE_TREE_BRACKETS_H

#include <stddef.h>

#include "annotate/tree.h"

enum { TREE_NODES = 1 << 20 };		/* most in one tree */

struct tree_reader;

enum tree_got {
	TREE_READ,
	TREE_BAD,	/* message printed; it counts as a tree */
	TREE_FAILED,	/* the file cannot be read: message printed */
	TREE_END,
};

/* path "-" is standard input.  The file is opened by the first read. */
struct tree_reader *tree_reader_open(const char *path);
void tree_reader_close(struct tree_reader *);

/*
 * Read the next tree and append its nodes and words to *to: its first word has
 * the number to->T.  The labels and forms are in the arena of *to.  *at is the
 * place where it begins.
 */
enum tree_got tree_reader_next(struct tree_reader *, struct tree *to,
    struct place *at);

#endif
