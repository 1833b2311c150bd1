#!/usr/bin/env python3
# make.py: print the phrases of the file trees beside this script, as
# nltk.Tree reads them: tree, depth, tag, first and last word.  Made with
# nltk 3.10.4 and Python 3.11: python3 make.py >spans
#
# nltk reads the brackets; the rules of reat-tree(1) about labels, traces and
# nodes around a tree are written here once more.
import os
import re

from nltk import Tree

WRAPPERS = {"", "ROOT", "TOP", "S1", "VROOT"}


def words(tree):
    """The words under a node, without traces."""
    if isinstance(tree, str):
        return [tree]
    if tree.label() == "-NONE-":
        return []
    return [w for child in tree for w in words(child)]


def tag(label):
    if not label.startswith("-"):
        label = re.split(r"(?<=.)[-=|]", label)[0]
    return re.sub(r"[^A-Za-z0-9_.:-]", "_", label) or "_"


def show(number, tree, first, depth):
    """Print a node and those inside it; return the word after it."""
    n = len(words(tree))
    if isinstance(tree, str) or n == 0:
        return first + n
    print(number, depth, tag(tree.label()), first, first + n - 1)
    at = first
    for child in tree:
        at = show(number, child, at, depth + 1)
    return first + n


here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "trees"), encoding="utf-8") as f:
    pieces = re.split(r"\n(?=\()", f.read())
for number, piece in enumerate(pieces, 1):
    tree = Tree.fromstring(piece)
    roots = [tree]
    if tree.label() in WRAPPERS and tree.height() > 2:
        roots = list(tree)
    at = 1
    for root in roots:
        at = show(number, root, at, 1)
