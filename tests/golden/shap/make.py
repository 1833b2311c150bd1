#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Write texts.tok and expected.tsv: Shapley and Owen values of the classifier
in box.awk by shap, and by the definition where shap has only pairs.

make.py FOLDER, with shap 0.51.0 and numpy; nothing is random: all subsets come.
"""
import itertools
import math
import os
import sys

import numpy as np
import shap

# words, and layers from coarse to fine as lists of last words; "pairs": each
# group has two children, as shap's trees have
TEXTS = {
    "pairs8": ("not good but a very good dull film",
               {"a": [4, 8], "b": [2, 4, 6, 8]}, True),
    "pairs5": ("never dull but good film",
               {"a": [2, 5], "b": [1, 2, 3, 5]}, True),
    "groups7": ("a good film but not very dull",
                {"a": [3, 7], "b": [1, 3, 4, 7]}, False),
    "three6": ("not dull not good good film", {"a": [2, 4, 6]}, False),
    "flat9": ("the film is not dull but never very good", {}, False),
}

W = {"good": 1.5, "dull": -2, "but": -0.3, "film": 0.2, "never": 0.7,
     "very": 0.4}


def yes(words):
    z = 0.1 + 0.8 * words.count("good") * words.count("film")
    for i, word in enumerate(words):
        w = W.get(word, 0)
        z += -w if i > 0 and words[i - 1] == "not" else w
    return 1 / (1 + math.exp(-z))


def model(words):
    """The classifier as a function of rows of zeros and ones."""
    return lambda rows: np.array([yes([w for w, z in zip(words, row) if z])
                                  for row in rows])


def kernel(f, parts, T):
    """shap's KernelExplainer with all subsets of the parts."""
    def g(rows):
        whole = np.zeros((len(rows), T))
        for j, (first, last) in enumerate(parts):
            whole[:, first:last] = np.asarray(rows)[:, j:j + 1]
        return f(whole)
    n = len(parts)
    e = shap.KernelExplainer(g, np.zeros((1, n)))
    return e.shap_values(np.ones((1, n)), nsamples=2 ** n + 10, l1_reg=0,
                         silent=True)[0]


def spans(ends):
    return list(zip([0] + ends[:-1], ends))


def tree(layers, first, last):
    """The groups of words first to last - 1: a word, or a list of groups."""
    if last - first == 1:
        return first
    for i, ends in enumerate(layers):
        cuts = [e for e in ends if first < e < last]
        if cuts:
            bounds = [first] + cuts + [last]
            return [tree(layers[i + 1:], a, b)
                    for a, b in zip(bounds, bounds[1:])]
    return list(range(first, last))


def linkage(node, T):
    """The tree of pairs as scipy's linkage."""
    rows = []

    def number(node):
        if isinstance(node, int):
            return node, 1
        (a, m), (b, n) = (number(child) for child in node)
        rows.append([a, b, len(rows) + 1, m + n])
        return T + len(rows) - 1, m + n
    number(node)
    return np.array(rows, dtype=float)


def partition(f, node, T):
    """shap's Partition explainer on a tree of pairs, fully expanded."""
    masker = shap.maskers.Partition(np.zeros((1, T)),
                                    clustering=linkage(node, T))
    e = shap.explainers.Partition(f, masker)
    return e(np.ones((1, T)), max_evals=100000, silent=True).values[0]


def orders(node):
    """All orders of the words in which each group stays together."""
    if isinstance(node, int):
        return [[node]]
    found = []
    for order in itertools.permutations(node):
        for parts in itertools.product(*(orders(child) for child in order)):
            found.append(sum(parts, []))
    return found


def definition(f, node, T):
    """Owen values: the mean of what a word adds, over all these orders."""
    value = {}
    S = np.zeros(T)
    every = orders(node)
    for order in every:
        row = [0] * T
        before = None
        for t in [None] + order:
            if t is not None:
                row[t] = 1
            key = tuple(row)
            if key not in value:
                value[key] = f([key])[0]
            if t is not None:
                S[t] += value[key] - before
            before = value[key]
    return S / len(every)


def main(folder):
    with open(os.path.join(folder, "texts.tok"), "w") as tok, \
            open(os.path.join(folder, "expected.tsv"), "w") as out:
        for name, (text, layers, pairs) in TEXTS.items():
            words = text.split()
            T = len(words)
            f = model(words)
            print(f"# sent_id = {name}\n# text = {text}", file=tok)
            for t, word in enumerate(words):
                misc = [f"{k}={'B' if t in [0] + ends else 'I'}-X"
                        for k, ends in layers.items()] or ["_"]
                print(t + 1, word, *["_"] * 7, "|".join(misc), sep="\t",
                      file=tok)
            print(file=tok)

            def rows(method, level, parts, values):
                for (first, last), v in zip(parts, values):
                    print(name, method, level, first + 1, last, f"{v:.9g}",
                          sep="\t", file=out)
            each = spans(list(range(1, T + 1)))
            for level, parts in [("word", each)] + [
                    (k, spans(ends)) for k, ends in layers.items()]:
                rows("kernelshap", level, parts, kernel(f, parts, T))
            node = tree(list(layers.values()), 0, T)
            S = definition(f, node, T) if T < 9 else kernel(f, each, T)
            if pairs:
                P = partition(f, node, T)
                assert abs(P - S).max() < 1e-9
                S = P
            rows("owen", "word", each, S)
            for k, ends in layers.items():
                parts = spans(ends)
                rows("owen", k, parts, [S[a:b].sum() for a, b in parts])


main(sys.argv[1])
