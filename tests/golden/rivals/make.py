#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""make.py: compute the results of other methods on the models of ../engine.

    python3 make.py        (in this folder; writes expected.tsv)

Gradients are those of Captum (Saliency with the L2 norm over the embedding,
InputXGradient, IntegratedGradients with 16 Gauss-Legendre nodes and a baseline
of zeros: the sum and the L2 norm over the embedding).  omit and occlude run PyTorch once for each span.  LIME is a fit of
scikit-learn's Ridge, as in lime_base.py, to all subsets of the words; the
weight of a subset includes its expected number of draws in lime_text.py.  All
is in float64, on the texts "three" and "ten" of ../engine/docs.tok.

A line has the model, method, target, document, level, then the scores of the
spans, the bias, and for LIME R2, with blanks between.  The target is the
argument of -c, after "y:" if -y is given too.  The method "lime,K" is reat-lime
-n 5000,K.

Versions: Python 3.11.7, torch 2.13.0+cpu, captum 0.9.0, scikit-learn 1.9.1,
numpy 2.4.6, safetensors 0.8.0.  The source of lime 0.2.0.1 was read;
tests/bench/rivals.py compares with it.  Nothing is random.
"""
import itertools
import math
import re
import sys

import numpy as np
import torch
from captum.attr import InputXGradient, IntegratedGradients, Saliency
from safetensors.torch import load_file
from sklearn.linear_model import Ridge

sys.path.insert(0, "..")
sys.dont_write_bytecode = True
from documents import documents

ENGINE = "../engine/"
MODELS = ["%s%s-%s-%d" % m for m in itertools.product(
    ("", "bi"), ("gru", "lstm"), ("last", "mean", "max"), (1, 2))] + [
    "gru-sigmoid", "lstm-six", "gru-nounk", "lstm-saturated", "gru-nobias",
    "rnn-tanh-last-1", "birnn-tanh-max-2", "rnn-relu-last-1",
    "birnn-relu-max-2"]
NODES = 16
SAMPLES = 5000
PHRASE = (2, 5)         # words 3 to 6 of "ten", the others alone


class Model(torch.nn.Module):
    """The top of a model folder, from word vectors [B][T][D] to outputs."""

    def __init__(self, name):
        super().__init__()
        yaml = open(ENGINE + name + "/model.yaml").read()
        get = lambda key: re.search("^%s: (.*)$" % key, yaml, re.M).group(1)
        state = {k: v.double() for k, v in
                 load_file(ENGINE + name + "/weights.safetensors").items()}
        self.E = state["embedding.weight"]
        self.vocab = open(ENGINE + name + "/vocab.txt").read().split()
        self.unknown = "unknown: <unk>" in yaml
        self.pooling = get("pooling")
        self.labels = get("labels").strip("[]").split(", ")
        both = get("bidirectional") == "true"
        H = state["rnn.weight_hh_l0"].shape[1]
        cell, _, act = get("cell").partition("-")
        self.rnn = getattr(torch.nn, cell.upper())(
            self.E.shape[1], H, int(get("layers")), batch_first=True,
            bidirectional=both, bias="rnn.bias_ih_l0" in state,
            **({"nonlinearity": act} if act else {})).double()
        self.rnn.load_state_dict({k[4:]: v for k, v in state.items()
                                  if k.startswith("rnn.")})
        self.W = state["output.weight"]
        self.b = state.get("output.bias", torch.zeros(len(self.W)).double())
        self.H = H

    def embed(self, words):
        zero = torch.zeros(self.E.shape[1]).double()
        return torch.stack([self.E[self.vocab.index(w)] if w in self.vocab
                            else self.E[0] if self.unknown else zero
                            for w in words])

    def outputs(self, x):               # logits of all classes
        if x.shape[1] == 0:
            f = torch.zeros(x.shape[0], self.W.shape[1]).double()
        else:
            h, _ = self.rnn(x)
            if self.pooling == "mean":
                f = h.mean(1)
            elif self.pooling == "max":
                f = h.max(1)[0]
            else:
                f = torch.cat([h[:, -1, :self.H], h[:, 0, self.H:]], 1)
        z = f @ self.W.T + self.b
        return torch.cat([-z, z], 1) if len(self.W) == 1 else z

    def target(self, name):
        """name as on a line of expected.tsv -> a function of x, [B]."""
        y, which = name.startswith("y:"), name.removeprefix("y:").split(":")
        c = [self.labels.index(label) for label in which]

        def value(x):
            z = self.outputs(x)
            if len(c) == 2:             # a contrast
                d = z[:, c[0]] - z[:, c[1]]
                return torch.sigmoid(d) if y else d
            if not y:
                return z[:, c[0]]
            if len(self.W) == 1:        # a sigmoid head: z and -z
                return torch.sigmoid(z[:, c[0]])
            return torch.softmax(z, 1)[:, c[0]]
        return value


def gradients(f, x):
    x = x.unsqueeze(0)
    f0 = f(torch.zeros_like(x)).item()
    yield "grad", Saliency(f).attribute(x, abs=False)[0].norm(dim=1), 0
    yield "gradxinput", InputXGradient(f).attribute(x)[0].sum(1), 0
    ig = IntegratedGradients(f).attribute(
        x, n_steps=NODES, method="gausslegendre")[0]
    yield "ig", ig.sum(1), f0
    yield "ignorm", ig.norm(dim=1), 0


def take_away(f, x, spans):
    run = lambda v: f(v.unsqueeze(0)).item()
    full = run(x)

    def blank(q, r):
        v = x.clone()
        v[q:r + 1] = 0
        return v
    omit = lambda q, r: torch.cat([x[:q], x[r + 1:]])
    for name, edit in ("omit", omit), ("occlude", blank):
        yield (name, [full - run(edit(q, r)) for q, r in spans],
               run(edit(0, len(x) - 1)))


def choose(X, y, w, K):
    """feature_selection "auto" of lime_base.py.  Equal neighbouring words tie, so
    numbers are compared as floats, and the first of equals is taken."""
    n = X.shape[1]
    if K > 6:
        coef = Ridge(alpha=0.01).fit(X, y, sample_weight=w).coef_
        return sorted(range(n), key=lambda i: -np.float32(abs(coef[i])))[:K]
    used = []
    for _ in range(min(K, n)):
        best, top = 0, -100000000
        for i in range(n):
            if i in used:
                continue
            clf = Ridge(alpha=0).fit(X[:, used + [i]], y, sample_weight=w)
            score = np.float32(clf.score(X[:, used + [i]], y,
                                         sample_weight=w))
            if score > top:
                best, top = i, score
        used.append(best)
    return used


def lime(f, x, spans, K):
    n = len(spans)
    X = np.array(list(itertools.product((1, 0), repeat=n)), dtype=float)
    words = [torch.cat([x[:0]] + [x[q:r + 1] for k, (q, r) in zip(row, spans)
                                  if k]) for row in X]
    y = np.array([f(v.unsqueeze(0)).item() for v in words])
    kept = X.sum(1)
    distance = 100 * (1 - np.sqrt(kept / n))
    w = np.sqrt(np.exp(-(distance ** 2) / 25 ** 2))
    w *= [1 if m == n else (SAMPLES - 1) / n / math.comb(n, int(m))
          for m in kept]
    used = choose(X, y, w, K)
    fit = Ridge(alpha=1).fit(X[:, used], y, sample_weight=w)
    scores = np.zeros(n)
    scores[used] = fit.coef_
    return (scores, fit.intercept_,
            fit.score(X[:, used], y, sample_weight=w))


def lines():
    for name in MODELS:
        model = Model(name)
        targets = ["c1", "y:c1"]
        if name == "lstm-six":
            targets = ["c3", "y:c3", "c1:c4", "y:c4:c1"]
        for (doc, words), target in itertools.product(documents(), targets):
            x, f = model.embed(words), model.target(target)
            alone = [(t, t) for t in range(len(words))]
            levels = [("word", alone)]
            if doc == "ten":
                levels.append(("phrase", alone[:2] + [PHRASE] + alone[6:]))
            row = lambda method, level, numbers: "\t".join(
                [name, method, target, doc, level,
                 " ".join("%.7g" % v for v in numbers)])
            for method, S, bias in gradients(f, x):
                yield row(method, "word", [*S.tolist(), bias])
            for level, spans in levels:
                for method, S, bias in take_away(f, x, spans):
                    yield row(method, level, [*S, bias])
            if doc == "ten" and not target.startswith("y:"):
                continue        # a thousand runs for each
            for level, spans in levels:
                for K in (3, 7, 99) if level == "word" and doc == "ten" \
                        else (99,):
                    S, bias, r2 = lime(f, x, spans, K)
                    yield row("lime" + (",%d" % K if K < 99 else ""), level,
                              [*S, bias, r2])


def main():
    torch.manual_seed(0)
    with open("expected.tsv", "w") as f:
        for line in lines():
            f.write(line + "\n")


if __name__ == "__main__":
    main()
