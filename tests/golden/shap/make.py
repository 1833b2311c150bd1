#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Write texts.tok and expected.tsv: Shapley and Owen values of the classifier
in box.awk by shap, and by the definition where shap has only pairs; and
models.tok and models.tsv, those of the models of ../rivals/make.py.

    python3 make.py        (in this folder, with shap 0.51.0, numpy 2.4.6 and
                            what ../rivals/make.py needs)

Nothing is random: all subsets come.
"""
import importlib.util
import itertools
import math
import sys

import numpy as np
import shap

sys.dont_write_bytecode = True

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

# the same for the models, whose words are w1 to w11
MODEL_TEXTS = {
    "pairs7": ("w3 w1 w8 w5 w3 w11 w2", {"a": [4, 7], "b": [2, 4, 6, 7]}, True),
    "groups6": ("w9 w4 w4 w7 w10 w6", {"a": [3, 6], "b": [1, 3, 6]}, False),
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


def network(model, target, words):
    """A model of ../rivals/make.py as a function of rows of zeros and ones."""
    import torch
    value, x = model.target(target), model.embed(words)

    def f(rows):
        rows = np.asarray(rows)
        y = np.zeros(len(rows))
        for n in set(rows.sum(1)):          # texts of one length together
            some = rows.sum(1) == n
            texts = torch.stack([x[np.flatnonzero(row)]
                                 for row in rows[some]])
            with torch.no_grad():
                y[some] = value(texts).numpy()
        return y
    return f


def write_tok(texts, file):
    with open(file, "w") as tok:
        for name, (text, layers, _) in texts.items():
            words = text.split()
            print(f"# sent_id = {name}\n# text = {text}", file=tok)
            for t, word in enumerate(words):
                misc = [f"{k}={'B' if t in [0] + ends else 'I'}-X"
                        for k, ends in layers.items()] or ["_"]
                print(t + 1, word, *["_"] * 7, "|".join(misc), sep="\t",
                      file=tok)
            print(file=tok)


def owen(f, layers, T, pairs):
    node = tree(list(layers.values()), 0, T)
    S = definition(f, node, T) if T < 9 else kernel(
        f, spans(list(range(1, T + 1))), T)
    if pairs:
        P = partition(f, node, T)
        assert abs(P - S).max() < 1e-9
        S = P
    return S


def box():
    with open("expected.tsv", "w") as out:
        for name, (text, layers, pairs) in TEXTS.items():
            words = text.split()
            T = len(words)
            f = model(words)

            def rows(method, level, parts, values):
                for (first, last), v in zip(parts, values):
                    print(name, method, level, first + 1, last, f"{v:.9g}",
                          sep="\t", file=out)
            each = spans(list(range(1, T + 1)))
            for level, parts in [("word", each)] + [
                    (k, spans(ends)) for k, ends in layers.items()]:
                rows("kernelshap", level, parts, kernel(f, parts, T))
            S = owen(f, layers, T, pairs)
            rows("owen", "word", each, S)
            for k, ends in layers.items():
                parts = spans(ends)
                rows("owen", k, parts, [S[a:b].sum() for a, b in parts])


def load_rivals():
    """../rivals/make.py, a module of another name."""
    spec = importlib.util.spec_from_file_location("rivals",
                                                  "../rivals/make.py")
    rivals = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(rivals)
    return rivals


def networks():
    """The form of ../rivals/expected.tsv."""
    rivals = load_rivals()
    with open("models.tsv", "w") as out:
        for name in rivals.MODELS:
            m = rivals.Model(name)
            logit, probability = ("c3", "y:c3") if name == "lstm-six" else (
                "c1", "y:c1")
            for doc, (text, layers, pairs) in MODEL_TEXTS.items():
                words = text.split()
                T = len(words)

                def row(method, target, level, f, values):
                    numbers = [*values, f(np.zeros((1, T)))[0]]
                    print(name, method, target, doc, level, " ".join(
                        f"{v:.7g}" for v in numbers), sep="\t", file=out)
                f = network(m, probability, words)
                for level, ends in [("word", list(range(1, T + 1))),
                                    ("a", layers["a"]), ("b", layers["b"])]:
                    row("kernelshap", probability, level, f,
                        kernel(f, spans(ends), T))
                row("owen", probability, "word", f, owen(f, layers, T, pairs))
                f = network(m, logit, words)
                row("owen", logit, "word", f, owen(f, layers, T, pairs))


def main():
    write_tok(TEXTS, "texts.tok")
    write_tok(MODEL_TEXTS, "models.tok")
    box()
    networks()


main()
