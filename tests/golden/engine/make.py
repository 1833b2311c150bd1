#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""make.py: write small random models and their results by PyTorch in float64.

    python3 make.py        (in this folder; writes NAME/ and expected.tsv)

The models have every combination of cell, direction, head and one or two
layers, and there are some special ones.  Logits are those of torch.nn.GRU,
torch.nn.LSTM and torch.nn.RNN; PyTorch lacks the other cells, which class
Network writes out as a PyTorch program from their equations.  Scores are
computed from the definitions at the top of lib/explain/reat.c with explicit
products, and not by REAT's backward sweep.
Shapley values are computed from all subsets of the words.

Versions: Python 3.11.7, torch 2.13.0+cpu, numpy 2.4.6, safetensors 0.8.0.
"""
import functools
import itertools
import math
import os

import numpy as np
import torch
from safetensors.torch import save_file

SIZES = 5, 4            # D, H
WORDS = 12
SEED = 20261123
VOCAB = ["<unk>"] + ["w%d" % i for i in range(1, WORDS)]
# document, words; the last word of "three" is not in the vocabulary
DOCS = [("one", ["w3"]), ("two", ["w5", "w5"]),
        ("three", ["w1", "w7", "zebra"]), ("zero", []),
        ("ten", ["w%d" % i for i in (4, 9, 2, 2, 11, 6, 1, 8, 10, 3)]),
        ("long", ["w%d" % (1 + i * i % 11) for i in range(300)])]
# for these models, the file has every 37th word of "long"; for models with
# pooling max it has none, because their states repeat exactly there and tie
STRIDE = 37
LONG = ("gru-last-1", "bilstm-last-1", "bigru-mean-1", "gru-saturated")


# cells that PyTorch lacks: rows of weights a unit
OTHERS = {"gru-before": 3, "mingru": 2, "minlstm": 3, "qrnn": 3, "rglru": 3,
          "gru-hard": 3, "lstm-hard": 4, "gru-before-hard": 3}
# those that have no W_hh; RG-LRU has a parameter of its own
LINEAR = "mingru", "minlstm", "qrnn", "rglru"


def specs():
    for cell, both, pooling, layers in itertools.product(
            ("gru", "lstm"), (False, True), ("last", "mean", "max"), (1, 2)):
        yield dict(name="%s%s-%s-%d" % ("bi" if both else "", cell, pooling,
                                        layers), cell=cell, both=both,
                   pooling=pooling, layers=layers)
    for cell in ("gru", "lstm"):
        base = dict(cell=cell, both=True, pooling="last", layers=1)
        yield dict(base, name=cell + "-sigmoid", rows=1)
        yield dict(base, name=cell + "-six", classes=6)
        yield dict(base, name=cell + "-f16", type=torch.float16)
        yield dict(base, name=cell + "-bf16", type=torch.bfloat16)
        yield dict(base, name=cell + "-nobias", bias=False)
        yield dict(base, name=cell + "-nounk", unknown=False)
        yield dict(base, name=cell + "-saturated", scale=12.0)
        yield dict(base, name=cell + "-tiny", sizes=(1, 1))
    others, hard = list(OTHERS)[:-3], list(OTHERS)[-3:]
    for cell in (*others, "rnn-tanh", "rnn-relu", *hard):
        for both, pooling, layers in ((False, "last", 1), (True, "max", 2),
                                      (True, "last", 1)):
            if pooling != "max" and both and cell not in LINEAR:
                continue
            yield dict(name="%s%s-%s-%d" % ("bi" if both else "", cell,
                                            pooling, layers), cell=cell,
                       both=both, pooling=pooling, layers=layers,
                       # without gates, states grow from word to word
                       scale=0.5 if cell == "rnn-relu" else 1.0)


def gates_of(cell):
    """The sigmoid of a cell's gates, in PyTorch and in numpy."""
    if cell.endswith("-hard"):
        return (torch.nn.functional.hardsigmoid,
                lambda x: np.clip(x / 6 + .5, 0, 1))
    return torch.sigmoid, sigmoid


class Network(torch.nn.Module):
    """Layers of a cell that PyTorch lacks, called as torch.nn.GRU is."""

    def __init__(self, cell, D, H, layers, both):
        super().__init__()
        self.cell, self.H, self.G = cell, H, OTHERS[cell]
        self.layers, self.ends = layers, ("", "_reverse")[:1 + both]
        for layer in range(layers):
            for end in self.ends:
                wide = D if layer == 0 else H * len(self.ends)
                for name, shape in self.shapes(wide):
                    self.register_parameter("%s_l%d%s" % (name, layer, end),
                                            torch.nn.Parameter(torch.zeros(
                                                shape)))

    def shapes(self, wide):
        rows = self.G * self.H
        if self.cell in LINEAR:
            return [("weight_ih", (rows, wide)), ("bias_ih", rows)] + \
                [("decay", self.H)] * (self.cell == "rglru")
        return (("weight_ih", (rows, wide)), ("weight_hh", (rows, self.H)),
                ("bias_ih", rows), ("bias_hh", rows))

    def forward(self, x):                       # [T][1][D]
        for layer in range(self.layers):
            x = torch.cat([self.direction(x.flip(0), "_l%d%s" % (layer, end))
                           .flip(0) if end else
                           self.direction(x, "_l%d" % layer)
                           for end in self.ends], dim=2)
        return x, None

    def direction(self, x, end):
        get = lambda name: getattr(self, name + end)
        h, out = torch.zeros(1, self.H).double(), []
        c, (gate, _) = h, gates_of(self.cell)
        for p in torch.nn.functional.linear(x, get("weight_ih"),
                                            get("bias_ih")):
            p = p.split(self.H, dim=1)
            if self.cell not in LINEAR:
                w = get("weight_hh").split(self.H)
                b = get("bias_hh").split(self.H)
                q = [h @ wk.T + bk for wk, bk in zip(w, b)]
                r, z = gate(p[0] + q[0]), gate(p[1] + q[1])
            if self.cell == "lstm-hard":        # r and z are i and f
                c = z * c + r * torch.tanh(p[2] + q[2])
                h = gate(p[3] + q[3]) * torch.tanh(c)
            elif self.cell not in LINEAR:
                n = torch.tanh(p[2] + (r * q[2] if self.cell == "gru-hard" else
                                       (r * h) @ w[2].T + b[2]))
                h = (1 - z) * n + z * h
            elif self.cell == "mingru":         # Feng et al. 2024
                z = torch.sigmoid(p[0])
                h = (1 - z) * h + z * p[1]
            elif self.cell == "minlstm":        # Feng et al. 2024
                f, i = torch.sigmoid(p[0]), torch.sigmoid(p[1])
                h = f / (f + i) * h + i / (f + i) * p[2]
            elif self.cell == "qrnn":           # Bradbury et al. 2017
                z, f, o = torch.tanh(p[0]), *map(torch.sigmoid, p[1:])
                c = f * c + (1 - f) * z
                h = o * c
            elif self.cell == "rglru":          # De et al. 2024
                r, i = torch.sigmoid(p[0]), torch.sigmoid(p[1])
                # decay is log(8 softplus(L)), L their parameter
                softplus = torch.exp(get("decay")) / 8
                L = torch.log(torch.expm1(softplus))
                a = torch.exp(-8 * torch.nn.functional.softplus(L) * r)
                h = a * h + torch.sqrt(1 - a ** 2) * (i * p[2])
            out.append(h)
        return torch.stack(out)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def linear_steps(cell, w_ih, b_ih, decay, x):
    """The same as steps, for cells that are linear in the state."""
    s, out = 0, []
    for p in x @ w_ih.T + b_ih:
        p = np.split(p, OTHERS[cell])
        o = np.ones_like(p[0])
        if cell == "mingru":
            a = 1 - sigmoid(p[0])
            e = (1 - a) * p[1]
        elif cell == "minlstm":
            a = sigmoid(p[0]) / (sigmoid(p[0]) + sigmoid(p[1]))
            e = (1 - a) * p[2]
        elif cell == "qrnn":
            a, o = sigmoid(p[1]), sigmoid(p[2])
            e = (1 - a) * np.tanh(p[0])
        else:
            a = np.exp(-np.exp(decay) * sigmoid(p[0]))
            e = np.sqrt(1 - a * a) * sigmoid(p[1]) * p[2]
        s = a * s + e
        out.append((o * s, s, a, o))
    return out


def steps(cell, w_ih, w_hh, b_ih, b_hh, x):
    """One direction in its reading order: h, s, a, o of every step."""
    n, (_, gate) = w_hh.shape[1], gates_of(cell)
    cell = cell.removesuffix("-hard")
    h, c, out = np.zeros(n), np.zeros(n), []
    for xt in x:
        p, q = w_ih @ xt + b_ih, w_hh @ h + b_hh
        if cell == "gru":
            r, z = gate(p[:n] + q[:n]), gate(p[n:2*n] + q[n:2*n])
            new = np.tanh(p[2*n:] + r * q[2*n:])
            h = (1 - z) * new + z * h
            out.append((h, h, z, np.ones(n)))
        elif cell == "gru-before":
            r, z = np.split(gate(p[:2*n] + q[:2*n]), 2)
            new = np.tanh(p[2*n:] + w_hh[2*n:] @ (r * h) + b_hh[2*n:])
            h = (1 - z) * new + z * h
            out.append((h, h, z, np.ones(n)))
        elif cell in ("rnn-tanh", "rnn-relu"):
            h = np.tanh(p + q) if cell == "rnn-tanh" else np.maximum(p + q, 0)
            out.append((h, h, np.zeros(n), np.ones(n)))
        else:
            i, f, g, o = np.split(p + q, 4)
            i, f, g, o = gate(i), gate(f), np.tanh(g), gate(o)
            c = f * c + i * g
            h = o * np.tanh(c)
            out.append((h, np.tanh(c), f, o))
    return out


def carried(run, M, t):
    """G_t = sum_{k>=t} M_k o_k prod_{t<j<=k} a_j, without a sweep."""
    G = np.zeros_like(run[t][1])
    product = np.ones_like(G)
    for k in range(t, len(run)):
        if k > t:
            product = product * run[k][2]
        G += M[k] * run[k][3] * product
    return G


def before(run, t, what):
    return run[t-1][what] if t > 0 else np.zeros_like(run[t][what])


def reat(run, M, W):
    return [W @ ((run[t][1] - run[t][2] * before(run, t, 1)) *
                 carried(run, M, t)) for t in range(len(run))]


def naive(run, M, W):
    return [W @ ((run[t][0] - before(run, t, 0)) * M[t:].sum(axis=0))
            for t in range(len(run))]


def frozen_omit(run, M, W, first=None, last=None):
    if first is not None:
        return W @ ((run[last][1] - before(run, first, 1)) *
                    carried(run, M, last))
    return [W @ ((run[t][1] - before(run, t, 1)) * carried(run, M, t))
            for t in range(len(run))]


def shapley(run, M, W):
    """All subsets: an absent word has e = 0, a = 1; gates frozen."""
    T = len(run)
    e = [run[t][1] - run[t][2] * before(run, t, 1) for t in range(T)]
    if T > 12:
        return shapley_chance(run, M, W, e)
    value = {}
    for subset in range(1 << T):
        s, v = np.zeros_like(e[0]), np.zeros_like(e[0])
        for t in range(T):
            if subset >> t & 1:
                s = run[t][2] * s + e[t]
            v = v + M[t] * run[t][3] * s
        value[subset] = W @ v
    scores = [np.zeros(len(W)) for _ in range(T)]
    for subset in range(1 << T):
        size = bin(subset).count("1")
        for t in range(T):
            if not subset >> t & 1:
                share = (math.factorial(size) * math.factorial(T - size - 1)
                         / math.factorial(T))
                scores[t] += share * (value[subset | 1 << t] - value[subset])
    return scores


def shapley_chance(run, M, W, e):
    """For too many subsets: each other word is present with probability q."""
    T = len(run)
    scores = [np.zeros(len(W)) for _ in range(T)]
    nodes, weights = np.polynomial.legendre.leggauss((T + 1) // 2)
    for q, w in zip((nodes + 1) / 2, weights / 2):
        keep = [1 - q * (1 - run[t][2]) for t in range(T)]
        s = np.zeros_like(e[0])
        for t in range(T):
            # the word's presence changes s_t by this, and later steps carry it
            change = e[t] - (1 - run[t][2]) * s
            s = keep[t] * s + q * e[t]
            product, G = np.ones_like(s), np.zeros_like(s)
            for k in range(t, T):
                if k > t:
                    product = product * keep[k]
                G += M[k] * run[k][3] * product
            scores[t] += w * (W @ (change * G))
    return scores


METHODS = [("reat", reat), ("naive", naive), ("shapley", shapley),
           ("frozen-omit", frozen_omit)]
# words 3..6 of "ten" are a phrase
PHRASE = (2, 5)


def make(spec, rng, lines):
    cell, both = spec["cell"], spec["both"]
    D, H = spec.get("sizes", SIZES)
    classes, rows = spec.get("classes", 2), spec.get("rows")
    rows = rows or classes
    scale, bias = spec.get("scale", 1.0), spec.get("bias", True)
    F = H * (2 if both else 1)
    if cell in OTHERS:
        rnn = Network(cell, D, H, spec["layers"], both).double()
    else:
        kind = (torch.nn.GRU if cell == "gru" else torch.nn.LSTM if cell ==
                "lstm" else functools.partial(torch.nn.RNN,
                                              nonlinearity=cell[4:]))
        rnn = kind(D, H, spec["layers"], bias=bias,
                   bidirectional=both).double()
    state = {"embedding.weight": rng.normal(0, 1, (WORDS, D)),
             "output.weight": rng.normal(0, 1, (rows, F)),
             "output.bias": rng.normal(0, 1, rows)}
    if not bias:
        del state["output.bias"]
    for name, p in rnn.named_parameters():
        state["rnn." + name] = rng.normal(0, 0.7 * scale, tuple(p.shape))
    # compute with the numbers that are stored
    kind = spec.get("type", torch.float32)
    state = {k: torch.tensor(v).to(kind) for k, v in state.items()}
    os.makedirs(spec["name"], exist_ok=True)
    save_file(state, spec["name"] + "/weights.safetensors")
    state = {k: v.double().numpy() for k, v in state.items()}
    with open(spec["name"] + "/vocab.txt", "w") as f:
        f.write("".join(w + "\n" for w in VOCAB))
    labels = ["c%d" % c for c in range(classes)]
    with open(spec["name"] + "/model.yaml", "w") as f:
        f.write("reat: 1\ncell: %s\nlayers: %d\nbidirectional: %s\n"
                "pooling: %s\nlabels: [%s]\n%svocabulary: vocab.txt\n"
                "weights: [weights.safetensors]\n" % (
                    cell, spec["layers"], str(both).lower(),
                    spec["pooling"], ", ".join(labels),
                    "unknown: <unk>\n" if spec.get("unknown", True) else ""))
    for name, p in rnn.named_parameters():
        p.data = torch.tensor(state["rnn." + name])
    bias_row = state.get("output.bias", np.zeros(rows))
    W = state["output.weight"]
    for doc, words in DOCS:
        if doc == "long" and spec["name"] not in LONG:
            continue
        E = state["embedding.weight"]
        x = np.array([E[VOCAB.index(w)] if w in VOCAB else
                      E[0] if spec.get("unknown", True) else np.zeros(D)
                      for w in words]).reshape(len(words), D)
        T = len(words)
        S = {name: np.zeros((T, rows)) for name, _ in METHODS}
        phrase = np.zeros(rows)
        feature = np.zeros(F)
        if T > 0:
            top, _ = rnn(torch.tensor(x).unsqueeze(1))
            top = top.detach().numpy()[:, 0, :]
            below = x
            for layer in range(spec["layers"]):
                runs = []
                for d in range(2 if both else 1):
                    end = "_l%d%s" % (layer, "_reverse" if d else "")
                    g = len(rnn.weight_ih_l0) // H
                    get = lambda k: state.get("rnn." + k + end,
                                              np.zeros(g * H))
                    read = below[::-1] if d else below
                    if cell in LINEAR:
                        run = linear_steps(cell, get("weight_ih"),
                                           get("bias_ih"), get("decay"), read)
                    else:
                        run = steps(cell, get("weight_ih"), get("weight_hh"),
                                    get("bias_ih"), get("bias_hh"), read)
                    runs.append(run)
                below = np.hstack([np.array([s[0] for s in (
                    run[::-1] if d else run)]) for d, run in enumerate(runs)])
            assert np.allclose(below, top, atol=1e-12), spec["name"]
            for d, run in enumerate(runs):
                half = slice(d * H, d * H + H)
                h = np.array([s[0] for s in run])     # reading order
                M = np.zeros((T, H))
                if spec["pooling"] == "last":
                    M[T-1] = 1
                elif spec["pooling"] == "mean":
                    M[:] = 1 / T
                else:                                 # first in text order
                    text = h[::-1] if d else h
                    at = text.argmax(axis=0)
                    for j in range(H):
                        M[T-1-at[j] if d else at[j], j] = 1
                feature[half] = (M * h).sum(axis=0)
                for name, method in METHODS:
                    s = method(run, M, W[:, half])
                    S[name] += np.array(s[::-1] if d else s)
                if doc == "ten":
                    q, p = PHRASE
                    if d:
                        q, p = T - 1 - p, T - 1 - q
                    phrase += frozen_omit(run, M, W[:, half], q, p)
        logit = W @ feature + bias_row
        for name in ("reat", "naive", "shapley"):
            assert np.allclose(S[name].sum(axis=0) + bias_row, logit,
                               atol=1e-10)
        for c, label in enumerate(labels):
            if rows == 1:
                r, sign = 0, (1 if c == 1 else -1)
                prob = sigmoid(sign * logit[0])
            else:
                r, sign = c, 1
                prob = np.exp(logit[c] - logit.max())
                prob /= np.exp(logit - logit.max()).sum()
            for name, _ in METHODS:
                if name == "frozen-omit" and spec["pooling"] != "last":
                    continue
                row = (spec["name"], name, doc, label)
                for t in range(0, T, STRIDE if doc == "long" else 1):
                    lines.append(row + ("word", t + 1, prob,
                                        sign * S[name][t, r]))
                if doc == "ten":
                    q, p = PHRASE
                    lines.append(row + ("phrase", q + 1, prob, sign * (
                        phrase[r] if name == "frozen-omit" else
                        S[name][q:p+1, r].sum())))
                lines.append(row + ("bias", "_", prob, sign * bias_row[r]))
                lines.append(row + ("logit", "_", prob, sign * logit[r]))


def main():
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    lines = []
    for spec in specs():
        make(spec, rng, lines)
    with open("expected.tsv", "w") as f:
        f.write("model\tmethod\tdoc\tclass\tlevel\tfirst\tprob\tscore\n")
        for line in lines:
            f.write("\t".join(v if isinstance(v, str) else "%d" % v
                              if isinstance(v, int) else "%.10g" % v
                              for v in line) + "\n")
    with open("docs.tok", "w") as f:
        for doc, words in DOCS:
            f.write("# sent_id = %s\n" % doc)
            for t, w in enumerate(words):
                bio = ("_" if doc != "ten" else "phrase=B-P" if t == PHRASE[0]
                       else "phrase=I-P" if PHRASE[0] < t <= PHRASE[1]
                       else "phrase=O")
                f.write("%d\t%s%s\t%s\n" % (t + 1, w, "\t_" * 7, bio))
            f.write("\n")


main()
