#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""make.py: compute skip, half and mix on the models of ../engine in float64.

    python3 make.py             (in this folder; writes docs.tok, expected.tsv)
    python3 make.py float       (prints how far the same in float32 is from it)

skip is the derivative with respect to the presence of a word, by automatic
differentiation.  half is DeepLIFT in presence space: each nonlinearity is
replaced by its secant and each product is split in halves, and the linear
program that results is run with unit vectors.  No backward sweep of gates is
written out, except to compare with it.  README defines the scores.

The script checks what it computes and prints the largest error of each check.
"""
import itertools
import platform
import re
import sys

import numpy as np
import torch
from safetensors.torch import load_file

SEED = 20261270             # no maximum is nearly a tie: check_max
ENGINE = "../engine/"
LAYERS = "phrase", "clause"
KINDS = ["%s%s-%s-%d" % m for m in itertools.product(
    ("", "bi"), ("gru", "lstm"), ("last", "mean", "max"), (1, 2))]
MODELS = KINDS + ["%s-%s" % m for m in itertools.product(
    ("gru", "lstm"), ("sigmoid", "six", "f16", "bf16", "nobias", "nounk",
                      "saturated", "tiny"))]
# the other cells, and their rows of weights for each unit
OTHERS = {"gru-before": 3, "mingru": 2, "minlstm": 3, "qrnn": 3, "rglru": 3,
          "rnn-tanh": 1, "rnn-relu": 1, "gru-hard": 3, "lstm-hard": 4,
          "gru-before-hard": 3}
LINEAR = "mingru", "minlstm", "qrnn", "rglru"   # without W_hh
MODELS += [both + cell + shape for cell in OTHERS for both, shape in
           (("", "-last-1"), ("bi", "-max-2"))]
ROWS = dict(OTHERS, gru=3, lstm=4)      # of weights, for each unit
# for these models the file has some spans of "long": the indices of the levels
# that are multiples of these
LONG = "gru-last-1", "bilstm-last-2", "bigru-mean-2", "lstm-max-1", "gru-max-2"
STRIDE = {"word": 37, "phrase": 11, "clause": 1}
WEIGHT = 1 / 3                  # of mix
GUARD = 1e-2                    # a secant over less is a derivative


def documents():
    """name, words, {level: spans}; a word in no span of a layer is alone."""
    rng = np.random.default_rng(SEED)
    word = lambda n: ["w%d" % i for i in rng.integers(1, 12, n)]
    yield "one", word(1), {"phrase": [(0, 0)], "clause": [(0, 0)]}
    yield "two", ["w5", "w5"], {}
    yield "three", ["w1", "w7", "zebra"], {"phrase": [(1, 2)],
                                           "clause": [(0, 2)]}
    yield "zero", [], {}
    yield "five", word(5), {"phrase": [(0, 1), (2, 4)], "clause": [(0, 4)]}
    yield "ten", word(10), {"phrase": [(1, 1), (2, 5), (7, 8)],
                            "clause": [(0, 5), (6, 9)]}
    yield "long", word(150) + ["zebra"] + word(149), {
        "phrase": [(q, q + 6) for q in range(0, 300, 10)],
        "clause": [(q, q + 39) for q in range(10, 280, 40)]}


def all_spans(T, spans):
    inside = {t for q, r in spans for t in range(q, r + 1)}
    return sorted([*spans, *((t, t) for t in range(T) if t not in inside)])


class Model:
    def __init__(self, name, type):
        yaml = open(ENGINE + name + "/model.yaml").read()
        get = lambda key: re.search("^%s: (.*)$" % key, yaml, re.M).group(1)
        state = {k: v.to(type) for k, v in
                 load_file(ENGINE + name + "/weights.safetensors").items()}
        self.name, self.cell, self.pooling = name, get("cell"), get("pooling")
        self.E = state["embedding.weight"]
        self.vocab = open(ENGINE + name + "/vocab.txt").read().split()
        self.unknown = "unknown: <unk>" in yaml
        self.labels = get("labels").strip("[]").split(", ")
        both = get("bidirectional") == "true"
        rows = len(state["rnn.weight_ih_l0"])
        self.H = H = rows // ROWS[self.cell]
        self.both, self.rnn = both, None
        kind = self.cell.upper() if self.cell[:3] != "rnn" else "RNN"
        if hasattr(torch.nn, kind):
            self.rnn = getattr(torch.nn, kind)(
                self.E.shape[1], H, int(get("layers")), batch_first=True,
                bidirectional=both, bias="rnn.bias_ih_l0" in state,
                **({"nonlinearity": self.cell[4:]} if kind == "RNN" else {})
            ).to(type)
            self.rnn.load_state_dict({k[4:]: v for k, v in state.items()
                                      if k.startswith("rnn.")})
        no = torch.zeros(rows).to(type)
        # [layer][direction]: W_ih, W_hh, b_ih, b_hh, decay; a cell that is
        # linear in the state has zeros for W_hh
        self.layers = [[[state.get("rnn.%s_l%d%s" % (k, layer, end),
                                   no[:, None].repeat(1, H)
                                   if k == "weight_hh" else no)
                         for k in ("weight_ih", "weight_hh", "bias_ih",
                                   "bias_hh", "decay")]
                        for end in ("", "_reverse")[:1 + both]]
                       for layer in range(int(get("layers")))]
        self.W = state["output.weight"]
        self.b = state.get("output.bias", torch.zeros(len(self.W)).to(type))
        # of a state: h, or h and c
        self.n = 2 * H if self.cell[:4] in ("lstm", "qrnn") else H

    def embed(self, words):
        x = [self.E[self.vocab.index(w)] if w in self.vocab else
             self.E[0] if self.unknown else torch.zeros_like(self.E[0])
             for w in words]
        return torch.stack(x) if x else self.E[:0]

    def targets(self):
        """What -c can name -> the coefficient of each row of W."""
        one = np.eye(len(self.labels))
        if len(self.W) == 1:    # a sigmoid head
            one = np.array([[-1.0], [1.0]])
        g = {label: one[c] for c, label in enumerate(self.labels)}
        A, B = ("c1", "c4") if len(self.labels) > 2 else ("c1", "c0")
        g[A + ":" + B] = g[A] - g[B]
        return g

    def states(self, x):
        """Those of the top layer [T][F], by PyTorch's own network if it has
        the cell."""
        if self.rnn is not None:
            return self.rnn(x.unsqueeze(0))[0][0]
        for layer in self.layers:
            ys = []
            for d, weights in enumerate(layer):
                s, y = torch.zeros(self.n).to(x), [None] * len(x)
                for t in reversed(range(len(x))) if d else range(len(x)):
                    s = step(self, weights, x[t], s)
                    y[t] = s[:self.H]
                ys.append(torch.stack(y))
            x = torch.cat(ys, dim=1)
        return x

    def logits(self, x):
        if len(x) == 0:
            return self.b
        h = self.states(x)
        f = (h.mean(0) if self.pooling == "mean" else h.max(0)[0]
             if self.pooling == "max" else
             torch.cat([h[-1, :self.H], h[0, self.H:]]))
        return self.W @ f + self.b


# skip: automatic differentiation in presence space

def step(m, weights, x, s):
    """F_t(s): the state [n] after the word x; s = h, or h and c."""
    W_ih, W_hh, b_ih, b_hh, decay = weights
    H, kind = m.H, m.cell.removesuffix("-hard")
    sigma = torch.sigmoid if kind == m.cell else torch.nn.functional.hardsigmoid
    p, q = W_ih @ x + b_ih, W_hh @ s[:H] + b_hh
    if kind == "gru":
        r, u = sigma(p[:2*H] + q[:2*H]).split(H)
        new = torch.tanh(p[2*H:] + r * q[2*H:])
        return (1 - u) * new + u * s
    if kind == "gru-before":
        r, u = sigma(p[:2*H] + q[:2*H]).split(H)
        new = torch.tanh(p[2*H:] + W_hh[2*H:] @ (r * s) + b_hh[2*H:])
        return (1 - u) * new + u * s
    if kind == "lstm":
        i, f, g, o = (p + q).split(H)
        c = sigma(f) * s[H:] + sigma(i) * torch.tanh(g)
        return torch.cat([sigma(o) * torch.tanh(c), c])
    if kind == "rnn-tanh":
        return torch.tanh(p + q)
    if kind == "rnn-relu":
        return torch.relu(p + q)
    p = p.split(H)
    if kind == "mingru":
        u = sigma(p[0])
        return (1 - u) * s + u * p[1]
    if kind == "minlstm":
        f, i = sigma(p[0]), sigma(p[1])
        return f / (f + i) * s + i / (f + i) * p[2]
    if kind == "qrnn":
        f = sigma(p[1])
        c = f * s[H:] + (1 - f) * torch.tanh(p[0])
        return torch.cat([sigma(p[2]) * c, c])
    a = torch.exp(-torch.exp(decay) * sigma(p[0]))      # rglru
    return a * s + torch.sqrt(1 - a * a) * (sigma(p[1]) * p[2])


def present(m, x, q):
    """
    The network in which word t is present to the degree q[t]: logits,
    states[layer][direction] [T + 1] in reading order, and y [T][F], what the
    head reads.
    """
    T, states, below = len(x), [], list(x)
    for layer in m.layers:
        states.append([])
        ys = []
        for d, weights in enumerate(layer):
            s, row, y = torch.zeros(m.n).to(x), [], [None] * T
            row.append(s)
            for t in reversed(range(T)) if d else range(T):
                F = step(m, weights, below[t], s)
                y[t] = F[:m.H]
                s = s + q[t] * (F - s)
                row.append(s)
            states[-1].append(row)
            ys.append(y)
        below = [torch.cat(parts) for parts in zip(*ys)]
    if T == 0:
        return m.b, states, None
    y = torch.stack(below)
    if m.pooling == "last":
        f = torch.cat([row[-1][:m.H] for row in states[-1]])
    elif m.pooling == "mean":
        f = q @ y / q.sum()
    else:
        # the chance to be the largest present one, if words are present
        # independently; 0 if there is none
        top, at = y.sort(dim=0, descending=True, stable=True)
        here = q[at]
        absent = torch.cat([torch.ones_like(here[:1]),
                            torch.cumprod(1 - here[:-1], 0)])
        f = (top * here * absent).sum(0)
    return m.W @ f + m.b, states, y


def skip(m, x, coefficient, spans, check):
    """The scores of spans [(first, last)], and the whole text's."""
    T, H = len(x), m.H
    one = torch.ones(T).to(x).requires_grad_()
    z, states, y = present(m, x, one)
    g = torch.tensor(coefficient).to(x)
    check("present at q = 1 is PyTorch's network", z - m.logits(x))
    whole = (g @ (z - m.b)).item()
    at = [s for layer in states for row in layer for s in row[1:]]
    *lam, dq = torch.autograd.grad(g @ z, at + [one], allow_unused=True,
                                   materialize_grads=True)
    lam = iter(lam)
    lam = [[[None] + [next(lam) for _ in range(T)] for row in layer]
           for layer in states]
    w = g @ m.W
    y = y.detach()

    def by_formula(q, r):
        S = y.new_zeros(())
        for k, layer in enumerate(states):
            for d, row in enumerate(layer):
                first, last = (T-1-r, T-1-q) if d else (q, r)
                S += lam[k][d][last+1] @ (row[last+1] - row[first]).detach()
        if m.pooling == "mean":
            S += (y[q:r+1] - y.mean(0)).sum(0) @ w / T
        elif m.pooling == "max":
            inside = torch.zeros(T, dtype=bool)
            inside[q:r+1] = True
            rest = (y[~inside].max(0)[0] if r - q + 1 < T else
                    torch.zeros_like(y[0]))
            S += w @ (y.max(0)[0] - rest)
        return S.item()

    def score(q, r):
        k = r - q + 1
        if k == T:
            if m.pooling != "mean":
                check("skip: the whole text by the formula",
                      by_formula(q, r) - whole)
            return whole
        return by_formula(q, r) * (T / (T - k) if m.pooling == "mean" else 1)

    for t in range(T if T < 50 else 0):
        check("skip: the formula is the derivative with respect to q",
              by_formula(t, t) - dq[t].item())
    if len(m.layers[0]) == 1 and 1 < T < 50:    # suffixes
        for q in range(1, T):
            gone = (g @ (z - m.logits(x[:q]))).item()
            check("skip: a suffix is its true omission, if one direction",
                  score(q, T - 1) - gone)
    return [score(q, r) for q, r in spans], whole


def check_absent(m, x, spans, check):
    """A span of presence 0 is the text without it."""
    for q, r in spans:
        here = torch.ones(len(x)).to(x)
        here[q:r+1] = 0
        if r - q + 1 < len(x) or m.pooling != "mean":
            z = present(m, x, here)[0]
            check("present: q = 0 is the text without the span",
                  z - m.logits(torch.cat([x[:q], x[r+1:]])))


def check_max(m, x):
    """
    No two words may nearly tie: a float's maximum could be another.  Equal ones
    are equal in floats, too (zeros of rnn-relu), and the first is read.
    """
    if m.pooling == "max" and len(x) > 1:
        top = m.states(x).sort(dim=0, descending=True)[0]
        gap = top[0] - top[1]
        gap = gap[gap > 0].min().item()
        assert gap > 1e-4, "%s: the maximum is decided by %g" % (m.name, gap)


# half: the linear program of secants and half splits

class Pair:
    """
    A vector with its value, its reference value, and the matrix that maps the
    change of the inputs to its change, when each operation is made linear.
    """

    def __init__(self, value, ref, lin):
        self.value, self.ref, self.lin = value, ref, lin

    def __add__(self, o):
        return Pair(self.value + o.value, self.ref + o.ref, self.lin + o.lin)

    def __mul__(self, o):
        A, B = (self.value + self.ref) / 2, (o.value + o.ref) / 2
        return Pair(self.value * o.value, self.ref * o.ref,
                    A[:, None] * o.lin + B[:, None] * self.lin)

    def __getitem__(self, k):
        return Pair(self.value[k], self.ref[k], self.lin[k])

    def linear(self, W, b):
        return Pair(W @ self.value + b, W @ self.ref + b, W @ self.lin)

    def through(self, f, derivative):
        new, old = f(self.value), f(self.ref)
        d = self.value - self.ref
        near = np.abs(d) < GUARD
        k = np.where(near, derivative((self.value + self.ref) / 2),
                     (new - old) / np.where(near, 1, d))
        return Pair(new, old, k[:, None] * self.lin)

    def sigmoid(self):
        return self.through(sigmoid, lambda a: sigmoid(a) * (1 - sigmoid(a)))

    def tanh(self):
        return self.through(np.tanh, lambda a: 1 - np.tanh(a) ** 2)

    def hard(self):
        # a quotient is right near a kink, too: the guard is only for zero
        return self.quotient(lambda a: np.clip(a / 6 + .5, 0, 1),
                             lambda a: (np.abs(a) < 3) / 6)

    def relu(self):
        return self.quotient(lambda a: np.maximum(a, 0), lambda a: a > 0)

    def quotient(self, f, derivative):
        new, old = f(self.value), f(self.ref)
        d = self.value - self.ref
        same = np.abs(d) < 1e-9
        k = np.where(same, derivative(self.value),
                     (new - old) / np.where(same, 1, d))
        return Pair(new, old, k[:, None] * self.lin)

    def reciprocal(self):
        return Pair(1 / self.value, 1 / self.ref,
                    (-1 / (self.value * self.ref))[:, None] * self.lin)

    def less_from_one(self):
        return Pair(1 - self.value, 1 - self.ref, -self.lin)


def sigmoid(a):
    return (1 + np.tanh(a / 2)) / 2


def join(a, b):
    return Pair(*(np.concatenate([x, y]) for x, y in zip(
        (a.value, a.ref, a.lin), (b.value, b.ref, b.lin))))


def secant_step(m, weights, x, x_ref, s):
    """F_t(s, x) against F_t(0, x_ref); the matrix is [n][n + len(x)]."""
    W_ih, W_hh, b_ih, b_hh, decay = weights
    H, kind = m.H, m.cell.removesuffix("-hard")
    sigma = Pair.sigmoid if kind == m.cell else Pair.hard
    unit = np.eye(m.n + len(x)).astype(x.dtype)
    state = Pair(s, np.zeros_like(s), unit[:m.n])
    p = Pair(x, x_ref, unit[m.n:]).linear(W_ih, b_ih)
    q = state[:H].linear(W_hh, b_hh)
    if kind in ("gru", "gru-before"):
        r = sigma(p[:H] + q[:H])
        u = sigma(p[H:2*H] + q[H:2*H])
        new = (p[2*H:] + (r * q[2*H:] if kind == "gru" else (r * state).linear(
            W_hh[2*H:], b_hh[2*H:]))).tanh()
        return u.less_from_one() * new + u * state
    if kind == "lstm":
        i, f, g, o = ((p + q)[k*H:k*H+H] for k in range(4))
        c = sigma(f) * state[H:] + sigma(i) * g.tanh()
        return join(sigma(o) * c.tanh(), c)
    if kind in ("rnn-tanh", "rnn-relu"):
        return (p + q).tanh() if kind == "rnn-tanh" else (p + q).relu()
    p = [p[k*H:k*H+H] for k in range(ROWS[kind])]
    if kind == "mingru":
        u = p[0].sigmoid()
        return u.less_from_one() * state + u * p[1]
    if kind == "minlstm":
        f, i = p[0].sigmoid(), p[1].sigmoid()
        a = f * (f + i).reciprocal()
        return a * state + a.less_from_one() * p[2]
    if kind == "qrnn":
        f = p[1].sigmoid()
        c = f * state[H:] + f.less_from_one() * p[0].tanh()
        return join(p[2].sigmoid() * c, c)
    # rglru: a and b are nonlinearities of the first argument
    A = lambda v: np.exp(-np.exp(decay) * sigmoid(v))
    dA = lambda v: -np.exp(decay) * sigmoid(v) * (1 - sigmoid(v)) * A(v)
    B = lambda v: np.sqrt(1 - A(v) ** 2)
    a = p[0].through(A, dA)
    b = p[0].through(B, lambda v: -A(v) / B(v) * dA(v))
    return a * state + b * (p[1].sigmoid() * p[2])


def multiply_back(m, weights, x, x_ref, s, lam):
    """
    mu and nu by the closed forms of a backward step: (lam + M' lam)/2 and
    N' lam/2.
    """
    W_ih, W_hh, b_ih, b_hh, _ = weights
    H = m.H
    p, p0 = W_ih @ x + b_ih, W_ih @ x_ref + b_ih
    q, q0 = W_hh @ s[:H] + b_hh, b_hh

    def k(f, derivative, a, a0):
        near = np.abs(a - a0) < GUARD
        return np.where(near, derivative((a + a0) / 2),
                        (f(a) - f(a0)) / np.where(near, 1, a - a0))
    k_s = lambda *a: k(sigmoid, lambda v: sigmoid(v) * (1 - sigmoid(v)), *a)
    k_t = lambda *a: k(np.tanh, lambda v: 1 - np.tanh(v) ** 2, *a)
    y = lam / 2
    if m.cell == "gru":
        a, a0 = p + q, p0 + q0
        r, r0 = sigmoid(a[:H]), sigmoid(a0[:H])
        u, u0 = sigmoid(a[H:2*H]), sigmoid(a0[H:2*H])
        v, v0 = p[2*H:] + r * q[2*H:], p0[2*H:] + r0 * q0[2*H:]
        n, n0 = np.tanh(v), np.tanh(v0)
        a_n = y * (1 - (u + u0) / 2) * k_t(v, v0)
        a_u = y * (s / 2 - (n + n0) / 2) * k_s(a[H:2*H], a0[H:2*H])
        a_r = a_n * (q[2*H:] + q0[2*H:]) / 2 * k_s(a[:H], a0[:H])
        return (y + y * (u + u0) / 2 + W_hh.T @ np.concatenate(
            [a_r, a_u, a_n * (r + r0) / 2]),
            W_ih.T @ np.concatenate([a_r, a_u, a_n]))
    a, a0 = p + q, p0 + q0
    gates = [(sigmoid(a[j*H:j*H+H]), sigmoid(a0[j*H:j*H+H])) if j != 2 else
             (np.tanh(a[j*H:j*H+H]), np.tanh(a0[j*H:j*H+H]))
             for j in range(4)]
    i, f, g, o = ((v + v0) / 2 for v, v0 in gates)
    c0 = gates[0][1] * gates[2][1]
    c = gates[1][0] * s[H:] + gates[0][0] * gates[2][0]
    k_i, k_f, _, k_o = (k_s(a[j*H:j*H+H], a0[j*H:j*H+H]) for j in range(4))
    w = y[H:] + y[:H] * o * k_t(c, c0)
    back = np.concatenate([
        w * g * k_i, w * s[H:] / 2 * k_f,
        w * i * k_t(a[2*H:3*H], a0[2*H:3*H]),
        y[:H] * (np.tanh(c) + np.tanh(c0)) / 2 * k_o])
    return (y + np.concatenate([W_hh.T @ back, w * f]), W_ih.T @ back)


def half(m, x, coefficient, check):
    """The scores of words [T]."""
    T, H, n = len(x), m.H, m.n
    x = x.numpy()
    layers = [[[v.numpy() for v in w] for w in layer] for layer in m.layers]
    runs, below = [], x
    for layer in layers:            # forward: [layer][direction][t] = Pair
        runs.append([])
        for d, w in enumerate(layer):
            s, row = np.zeros(n).astype(x.dtype), [None] * T
            for t in reversed(range(T)) if d else range(T):
                ref = below[t] if len(runs) == 1 else np.zeros_like(below[t])
                row[t] = secant_step(m, w, below[t], ref, s), s, below[t], ref
                s = row[t][0].value
            runs[-1].append(row)
        below = np.array([np.concatenate([row[t][0].value[:H]
                                          for row in runs[-1]])
                          for t in range(T)])
    w = (coefficient @ m.W.numpy()).astype(x.dtype)
    # R[t][F]: what reads the output of the top layer
    R = np.zeros_like(below)
    if m.pooling == "mean":
        R[:] = w / T
    elif m.pooling == "max":
        R[below.argmax(axis=0), np.arange(len(w))] = w
    else:
        R[T-1, :H], R[0, H:] = w[:H], w[H:]
    S = np.zeros(T)
    for k in reversed(range(len(layers))):
        down = np.zeros((T, runs[k][0][0][2].size)).astype(x.dtype)
        for d, row in enumerate(runs[k]):
            mu = np.zeros(n).astype(x.dtype)
            for t in range(T) if d else reversed(range(T)):
                F, before, input, ref = row[t]
                lam = mu.copy()
                lam[:H] += R[t, d*H:d*H+H]
                mu = (lam + F.lin[:, :n].T @ lam) / 2
                nu = F.lin[:, n:].T @ lam / 2 if k > 0 else 0 * input
                S[t] += lam @ F.value - mu @ before - nu @ input
                down[t] += nu
                if m.cell in ("gru", "lstm"):
                    closed, under = multiply_back(m, layers[k][d], input, ref,
                                                  before, lam)
                    check("half: the closed forms of a step", closed - mu)
                    if k > 0:
                        check("half: the closed forms of a step", under - nu)
                check("half: the score by F_t(0), which differs by the guard",
                      lam @ (F.value - before + F.ref) / 2 -
                      (lam @ F.value - mu @ before - nu @ input))
        R = down
    return S


def mix(h, b, z, weight):
    """(1 - weight) half + weight (skip+abs), of words; z is logit - bias."""
    b, rest = np.array(b), z - sum(b)
    size = np.abs(b).sum()
    share = np.abs(b) / size if size > 0 else np.full(len(b), 1 / len(b))
    return (1 - weight) * h + weight * (b + rest * share)


class Checks:
    def __init__(self):
        self.worst = {}

    def __call__(self, what, error):
        error = float(np.max(np.abs(np.asarray(torch.as_tensor(error)
                                               .detach()))))
        self.worst[what] = max(self.worst.get(what, 0), error)

    def finish(self):
        for what, error in sorted(self.worst.items()):
            limit = 1e-5 if "guard" in what else 1e-12
            print("%8.1e  %s" % (error, what))
            assert error < limit, what


def explain(m, doc, words, layers, check):
    """Rows: class, level, first, last, scores of skip, half and mix."""
    x, T = m.embed(words), len(words)
    check_max(m, x)
    levels = [("word", [(t, t) for t in range(T)])] + [
        (level, all_spans(T, layers[level])) for level in LAYERS
        if level in layers]
    if T < 50:
        check_absent(m, x, [s for _, spans in levels for s in spans], check)
    for c, g in m.targets().items():
        bias = g @ m.b.numpy()
        logit = g @ m.logits(x).detach().numpy()
        flat = [s for _, spans in levels for s in spans]
        if T > 0:
            S, whole = skip(m, x, g, flat, check)
            h = half(m, x, g, check)
            both = mix(h, S[:T], whole, WEIGHT)
            for name, v in ("half", h), ("mix", both):
                check(name + ": the sum of words is logit - bias",
                      v.sum() - (logit - bias))
        else:
            S, whole, h, both = [], 0, np.zeros(0), np.zeros(0)
        S = iter(S)
        for level, spans in levels:
            for k, (q, r) in enumerate(spans):
                v = [next(S), h[q:r+1].sum(), both[q:r+1].sum()]
                if doc != "long" or k % STRIDE[level] == 0:
                    yield c, level, q + 1, r + 1, *v
        yield c, "text", "_", "_", whole, h.sum(), both.sum()
        yield c, "bias", "_", "_", bias, bias, bias
        yield c, "logit", "_", "_", logit, logit, logit


def rows(type):
    check = Checks()
    for name in MODELS:
        m = Model(name, type)
        for doc, words, layers in documents():
            if doc != "long" or name in LONG:
                for row in explain(m, doc, words, layers, check):
                    yield name, doc, *row
    if type == torch.float64:
        check.finish()


def write_documents():
    with open("docs.tok", "w") as f:
        for doc, words, layers in documents():
            f.write("# sent_id = %s\n" % doc)
            for t, w in enumerate(words):
                tag = lambda spans: next(
                    ("B-X" if t == q else "I-X" for q, r in spans
                     if q <= t <= r), "O")
                misc = "|".join("%s=%s" % (level, tag(layers[level]))
                                for level in LAYERS if level in layers)
                f.write("%d\t%s%s\t%s\n" % (t + 1, w, "\t_" * 7, misc or "_"))
            f.write("\n")


def write():
    write_documents()
    with open("expected.tsv", "w") as f:
        f.write("# make.py, Python %s, torch %s, numpy %s, seed %d\n" % (
            platform.python_version(), torch.__version__, np.__version__,
            SEED))
        f.write("model\tdoc\tclass\tlevel\tfirst\tlast\tskip\thalf\tmix\n")
        for row in rows(torch.float64):
            f.write("\t".join(v if isinstance(v, str) else "%d" % v if
                              isinstance(v, int) else "%.10g" % v
                              for v in row) + "\n")


def compare_float():
    worst = {}
    for row, want in zip(rows(torch.float32), rows(torch.float64)):
        key = row[0], row[1] == "long"
        error = [abs(a - b) / (1 + b * b) ** 0.5
                 for a, b in zip(row[6:], want[6:])]
        worst[key] = [max(v) for v in zip(error, worst.get(key, error))]
    print("model\tlong\tskip\thalf\tmix")
    for (name, long), error in worst.items():
        print("\t".join([name, str(long), *("%.1e" % e for e in error)]))


compare_float() if sys.argv[1:] == ["float"] else write()
