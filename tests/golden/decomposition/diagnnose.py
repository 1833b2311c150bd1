#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""diagnnose.py: compare GCDTensor of diagNNose with the rows of gcd in
expected.tsv.

    python3 diagnnose.py CLONE        (in this folder)

CLONE is a clone of github.com/i-machine-think/diagnnose; nothing of it is
here.  The steps of a GRU and of an LSTM are written with the operations of
PyTorch, and GCDTensor makes its parts of each: first the biases, then the
span, then all other words.  A gate has its sum alone in a product, in diagNNose
as here.  All is in float64.  It prints, for each model, the number of scores
and the largest difference relative to 1 + |score|.  expected.tsv has seven
digits.

Versions: diagNNose 1.1 (commit 06363ff), torch 2.13.0+cpu.
"""
import importlib
import sys
import types
import warnings

import torch

sys.dont_write_bytecode = True
from make import PHRASE, Model, documents, hard

warnings.filterwarnings("ignore")       # __torch_function__ as a method


def load(clone):
    """The modules of CLONE/diagnnose/attribute that GCDTensor needs, and not
    its package, which needs transformers."""
    package = types.ModuleType("attribute")
    package.__path__ = [clone + "/diagnnose/attribute"]
    sys.modules["attribute"] = package
    return importlib.import_module("attribute.gcd_tensor").GCDTensor


def tensor(v):
    return torch.tensor(v, dtype=torch.float64)


def hard_gate(G):
    """A hard sigmoid.  GCDTensor knows none; of a gate it needs the sum."""
    def gate(x):
        v = tensor(hard(x.data.numpy()))
        return G(v, [v, 0 * v, 0 * v])
    return gate


def direction(G, m, layer, d, xs):
    """The states for xs, in the order in which the direction reads them."""
    H = m.H
    get = lambda what: tensor(m.get(what, layer, d))
    ih, hh = get("weight_ih").T, get("weight_hh").T
    bi, bh = get("bias_ih"), get("bias_hh")
    zero = torch.zeros(H, dtype=torch.float64)
    h = c = G(zero, [zero, zero, zero])
    gate = hard_gate(G) if m.gate is hard else torch.sigmoid
    out = []
    for x in xs:
        p = torch.add(torch.matmul(x, ih), bi)
        q = torch.add(torch.matmul(h, hh), bh)
        if m.cell == "lstm":
            i, f, g, o = torch.split(torch.add(p, q), H)
            c = torch.add(torch.mul(gate(f), c),
                          torch.mul(gate(i), torch.tanh(g)))
            h = torch.mul(gate(o), torch.tanh(c))
        else:
            (pr, pz, pn), (qr, qz, qn) = torch.split(p, H), torch.split(q, H)
            r, z = gate(torch.add(pr, qr)), gate(torch.add(pz, qz))
            n = torch.tanh(torch.add(pn, torch.mul(r, qn)))
            h = torch.add(torch.mul(1 - z.data, n), torch.mul(z, h))
        out.append(h)
    return out


def parts(G, m, words, target, span):
    """The biases', the span's and the rest's part of the logit."""
    xs = []
    for t, v in enumerate(m.embed(words)):
        v = tensor(v)
        of = [0 * v, v, 0 * v] if span[0] <= t <= span[1] else [0 * v, 0 * v,
                                                                v]
        xs.append(G(v, of))
    for layer in range(m.layers):
        hs = [direction(G, m, layer, 0, xs)]
        if m.directions == 2:
            hs.append(direction(G, m, layer, 1, xs[::-1])[::-1])
        xs = [torch.cat([h[t] for h in hs]) if len(hs) > 1 else hs[0][t]
              for t in range(len(words))]
    y = torch.stack([torch.stack(x.contributions) for x in xs])  # [T][3][F]
    if m.pooling == ["last"]:
        f = torch.cat([y[-1, :, :m.H], y[0, :, m.H:]], 1)
    elif m.pooling == ["mean"]:
        f = y.mean(0)
    else:
        top = y.sum(1).argmax(0)
        f = y[top, :, torch.arange(y.shape[2])].T
    W, b = m.row(target)
    f = f @ tensor(W)
    return f[0].item() + b, f[1].item(), f[2].item()


def main():
    G = load(sys.argv[1])
    texts = dict(documents())
    worst = {}
    for line in open("expected.tsv"):
        name, method, target, doc, level, numbers = line.split("\t")
        if method != "gcd":
            continue
        m, T = Model(name), len(texts[doc])
        spans = [(t, t) for t in range(T)]
        if level == "phrase":
            spans[PHRASE[0]:PHRASE[1] + 1] = [PHRASE]
        got = [parts(G, m, texts[doc], target, s)[1] for s in spans]
        got.append(parts(G, m, texts[doc], target, (0, T - 1))[0])
        want = [float(v) for v in numbers.split()]
        assert len(got) == len(want)
        off = [abs(a - b) / (1 + abs(b)) for a, b in zip(got, want)]
        n, most = worst.get(name, (0, 0))
        worst[name] = n + len(off), max([most] + off)
    for name, (n, most) in worst.items():
        print("%-20s %3d scores  %.1e" % (name, n, most))


main()
