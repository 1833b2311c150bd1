#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""make.py: anchors of a classifier that adds up its words, and of models, by two
programs.

    python3 make.py     (in this folder, with reat-predict in PATH; writes
                         anchors.tsv and models.tsv)

One is that of the authors, anchor-exp 0.0.2.0 (pip install --no-deps
anchor-exp): its anchor_base, with the samples of its AnchorText, in which words
become UNK with the probability 1/2.  The other is the definition, from all 2^T
samples.

In anchors.tsv a word is a number, and UNK is 0; the class is "over" if their sum
is more than 4, otherwise "under".  In models.tsv the first column has the model,
of ../engine or one that REAT has (with English words), and reat-predict gives
the class of each of the 2^T samples.  A row has the words, the anchor's words by
their ids, and its precision.  The texts are random, and those are kept whose
anchor is clear: one rule of the least size has a precision of .97 or more, all
others of this size have less than .8, and all of smaller sizes less than .88.
If the authors' program finds another, this one stops.

Versions: Python 3.11.7, numpy 2.4.6.  The seed is 5.
"""
import itertools
import os
import subprocess
import sys
import types

import numpy as np

sys.modules.setdefault("sklearn", types.ModuleType("sklearn"))
from anchor.anchor_base import AnchorBaseBeam  # noqa: E402

T = 7
MASKS = np.array(list(itertools.product([0, 1], repeat=T)))
ENGLISH = ("good film bad slow dull funny charming story fine boring great "
           "not very never but").split()
# models that predict more than one class
ENGINE = ("gru-six lstm-six gru-sigmoid lstm-sigmoid lstm-saturated lstm-nounk "
          "lstm-hard-last-1 bigru-max-1 bimingru-last-1 biminlstm-max-2 "
          "birglru-last-1 rnn-tanh-last-1").split()
SHIPPED = "sst2-gru sst2-lstm sst2-bigru sst2-mingru sst5-bigru".split()
TEXTS, ROWS = 30, 2                 # of a model


def rows_of(masks):
    """The numbers of masks in MASKS."""
    return masks @ (1 << np.arange(T)[::-1])


def precision(same, rule):
    masks = MASKS.copy()
    masks[:, list(rule)] = 1
    return np.mean(same[rows_of(masks)])


def clear_anchor(same):
    """same: for each of MASKS, whether the class is that of the text."""
    for size in range(T + 1):
        found = {r: precision(same, r)
                 for r in itertools.combinations(range(T), size)}
        best = max(found, key=found.get)
        others = [p for r, p in found.items() if r != best]
        if found[best] >= .97:
            clear = not others or max(others) < .8
            return (best, found[best]) if clear and size > 0 else None
        if max(found.values()) >= .88:
            return None
    return None


def authors(same, rng):
    def sample(present, n, compute_labels=True):
        data = rng.integers(0, 2, (n, T))
        data[:, list(present)] = 1
        labels = same[rows_of(data)]
        raw = np.array([str(d) for d in data]).reshape(-1, 1)
        return raw, data, labels.astype(int)

    found = AnchorBaseBeam.anchor_beam(
        sample, delta=.1, epsilon=.15, batch_size=100, beam_size=4,
        desired_confidence=.95, stop_on_first=True, coverage_samples=1000)
    return tuple(sorted(found["feature"]))


def row(words, clear, out, *first):
    rule, p = clear
    print(*first, " ".join(map(str, words)),
          ",".join(str(t + 1) for t in rule), p, sep="\t", file=out)


def sums(rng, out):
    over = lambda x: x.sum(-1) > 4
    rows = 0
    while rows < 16:
        x = rng.integers(-4, 10, T)
        same = over(MASKS * x) == over(x)
        clear = clear_anchor(same)
        if clear is None:
            continue
        assert authors(same, rng) == clear[0], (x, clear)
        row(x, clear, out)
        rows += 1


def predicted(model, texts):
    tok = "".join(f"# sent_id = {i}\n" + "".join(
        f"{t + 1}\t{w}" + "\t_" * 8 + "\n" for t, w in enumerate(x)) + "\n"
        for i, x in enumerate(texts))
    out = subprocess.run(["reat-predict", "-q", "-H", "-m", model], input=tok,
                         text=True, capture_output=True, check=True).stdout
    return np.array([line.split("\t")[2] for line in out.splitlines()])


def models(rng, out):
    engine = [(f"../engine/{name}/", [f"w{i}" for i in range(1, 12)])
              for name in ENGINE]
    shipped = [(name, ENGLISH) for name in SHIPPED]
    for model, vocabulary in engine + shipped:
        texts = rng.choice(vocabulary, (TEXTS, T))
        samples = [np.where(mask, x, "UNK") for x in texts for mask in MASKS]
        labels = predicted(model, samples).reshape(TEXTS, len(MASKS))
        n = 0
        for x, label in zip(texts, labels):
            same = label == label[-1]
            clear = None if same.all() else clear_anchor(same)
            if clear is None or n == ROWS:
                continue
            assert authors(same, rng) == clear[0], (model, x, clear)
            row(x, clear, out, os.path.basename(model.strip("/")))
            n += 1


def main():
    np.random.seed(5)
    with open("anchors.tsv", "w") as out:
        sums(np.random.default_rng(5), out)
    with open("models.tsv", "w") as out:
        models(np.random.default_rng(6), out)


main()
