#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""make.py: anchors of a classifier that adds up its words, by two programs.

    python3 make.py >anchors.tsv        (in this folder)

One is that of the authors, anchor-exp 0.0.2.0 (pip install --no-deps
anchor-exp): its anchor_base, with the samples of its AnchorText, in which words
become UNK with the probability 1/2.  The other is the definition, from all 2^T
samples.

A word is a number, and UNK is 0; the class is "over" if their sum is more than
4, otherwise "under".  A row has the words, the anchor's words by their ids, and
its precision.  The texts are random, and those are kept whose anchor is clear:
one rule of the least size has a precision of .97 or more, all others of this
size have less than .8, and all of smaller sizes less than .88.  If the authors'
program finds another, this one stops.

Versions: Python 3.11.7, numpy 2.4.6.  The seed is 5.
"""
import itertools
import sys
import types

import numpy as np

sys.modules.setdefault("sklearn", types.ModuleType("sklearn"))
from anchor.anchor_base import AnchorBaseBeam  # noqa: E402

T = 7


def over(x):
    return x.sum(-1) > 4


def precision(x, rule):
    masks = np.array(list(itertools.product([0, 1], repeat=T)))
    masks[:, list(rule)] = 1
    return np.mean(over(masks * x) == over(x))


def clear_anchor(x):
    for size in range(T + 1):
        found = {r: precision(x, r)
                 for r in itertools.combinations(range(T), size)}
        best = max(found, key=found.get)
        others = [p for r, p in found.items() if r != best]
        if found[best] >= .97:
            clear = not others or max(others) < .8
            return (best, found[best]) if clear and size > 0 else None
        if max(found.values()) >= .88:
            return None
    return None


def authors(x, rng):
    def sample(present, n, compute_labels=True):
        data = rng.integers(0, 2, (n, T))
        data[:, list(present)] = 1
        labels = over(data * x) == over(x)
        raw = np.array([str(d) for d in data]).reshape(-1, 1)
        return raw, data, labels.astype(int)

    found = AnchorBaseBeam.anchor_beam(
        sample, delta=.1, epsilon=.15, batch_size=100, beam_size=4,
        desired_confidence=.95, stop_on_first=True, coverage_samples=1000)
    return tuple(sorted(found["feature"]))


rng = np.random.default_rng(5)
np.random.seed(5)
rows = 0
while rows < 16:
    x = rng.integers(-4, 10, T)
    clear = clear_anchor(x)
    if clear is None:
        continue
    rule, p = clear
    assert authors(x, rng) == rule, (x, rule)
    print(" ".join(map(str, x)), ",".join(str(t + 1) for t in rule), p,
          sep="\t")
    rows += 1
