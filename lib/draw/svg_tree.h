/* SPDX-License-Identifier: ISC */
/*
 * svg_tree: a tree of spans as SVG, for SVG drawings and in pages of HTML.
 *
 * The classes are those of svg_sheet.h, and "edge".  Each node is an item of a
 * list for screen readers, outer phrases first, and its label has the tag, the
 * score and the words.
 */
#ifndef DRAW_SVG_TREE_H
#define DRAW_SVG_TREE_H

struct output;
struct picture;

/* Write the tree of p, p->tree, with its upper left corner at (left, top). */
void svg_tree(struct output *, const struct picture *p, double left,
    double top);

#endif
