#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""make.py: compute LRP, DeepLIFT and contextual decomposition in float64 on the
models of ../engine.

    python3 make.py        (in this folder; writes expected.tsv and heads.tsv)

LRP is a graph of sums, products and nonlinearities, run back by the rules of
Arras et al. 2017 (lrp_linear of their code, bias_factor 0): each number has its
relevance, not a multiplier.  With a reference, all values are differences.
DeepLIFT runs forward: each number has its value, that of the reference, and
what each word gives to the difference (Rescale; a product gives each of its
factors half, as DeepExplainer of shap does).  README has the definitions.

A line has the model, method, target, document, level, then the scores of the
words and the bias, with blanks between: the form of ../rivals/expected.tsv.
heads.tsv has LRP and DeepLIFT with the networks of ../heads: network, class,
method, word, score.

Contextual decomposition has both parts of each number, as the code of Murdoch
et al. and of ACD (the product of two biases is beta's for all words of the
span), and for a GRU as lib/math/lanes.h says.  gcd has three parts of each, and
the Shapley values of a tanh from all orders.

Versions: Python 3.11, numpy 2.4, safetensors 0.8.0.  Nothing is random.
"""
import itertools
import math
import re
import sys

import numpy as np
from safetensors.numpy import load_file

sys.path.insert(0, "..")
sys.dont_write_bytecode = True
from documents import documents

ENGINE = "../engine/"
EPSILON = 0.001
MODELS = ["%s%s-%s-%d" % (both, cell, pooling, layers)
          for both in ("", "bi") for cell in ("gru", "lstm")
          for pooling in ("last", "mean", "max") for layers in (1, 2)] + [
    "gru-sigmoid", "lstm-six", "gru-nounk", "lstm-saturated", "gru-nobias",
    "gru-before-last-1", "bigru-before-max-2", "rnn-tanh-last-1",
    "birnn-tanh-max-2", "rnn-relu-last-1", "birnn-relu-max-2",
    "bimingru-max-2", "biminlstm-max-2", "biqrnn-max-2", "birglru-max-2",
    "mingru-last-1", "minlstm-last-1", "qrnn-last-1", "rglru-last-1",
    "bigru-hard-max-2", "bilstm-hard-max-2", "bigru-before-hard-max-2"]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def hard(x):
    return np.clip(x / 6 + .5, 0, 1)


# ---- numbers with relevance ----

class Tape(list):
    """Numbers in the order in which they were computed."""

    def __init__(self, epsilon, gate):
        super().__init__()
        self.epsilon, self.gate = epsilon, gate

    def leaf(self, v, v0):
        return Number(self, v, v0, lambda R: None)

    def act(self, f, x):            # hands its relevance to its argument
        return Number(self, f(x.v), f(x.v0), x.take)

    def total(self, terms, stable=True):
        """The sum of gates (A x + b) over terms [gates], A, x, b; A may be a
        number.  Gates are held; a bias keeps its share."""
        def value(which):
            return sum(self.product(gates, which) *
                       (apply(A, getattr(x, which)) + b)
                       for gates, A, x, b in terms)
        y = Number(self, value("v"), value("v0"), None)

        def back(R):
            d = y.d
            if stable:
                d = d + self.epsilon * np.where(d >= 0, 1, -1)
            share = np.divide(R, d, out=np.zeros_like(R), where=d != 0)
            for gates, A, x, b in terms:
                g = self.product(gates, "v") * share
                s = 1 - self.gate if gates else 1
                x.take(s * x.d * apply(transpose(A), g))
                bias = b if not np.any(x.v0) and self.plain else 0
                for gate in gates:
                    gate.take(self.gate / len(gates) * g *
                              (apply(A, x.d) + bias))
        y.back = back
        return y

    def gated(self, gate, x, weight=False):
        """gate x; the relevance that the gate does not take is of x, all of it,
        or, if the gate is a part of the weights of what reads the product, that
        of gate (x - x0)."""
        def back(R):
            x.take((1 - self.gate) * R)
            gate.take(self.gate * R)
        y = Number(self, gate.v * x.v, gate.v0 * x.v0, back)
        if weight:
            y.d = gate.v * x.d
        return y

    plain = True                    # all references are zero

    @staticmethod
    def product(gates, which):
        p = 1
        for gate in gates:
            p = p * getattr(gate, which)
        return p


def apply(A, x):
    return A @ x if np.ndim(A) == 2 else A * x


def transpose(A):
    return A.T if np.ndim(A) == 2 else A


class Number:
    def __init__(self, tape, v, v0, back):
        self.v, self.v0, self.back = v, v0, back
        self.R = np.zeros_like(v)
        if not tape.plain:
            self.d = v - v0
        else:
            self.d, self.v0 = v, 0 * v
        tape.append(self)

    def take(self, R):
        self.R = self.R + R


class Gate(Number):
    """A function of numbers that share its relevance."""

    def __init__(self, tape, f, *of):
        def back(R):
            for x in of:
                x.take(R / len(of))
        super().__init__(tape, f(*(x.v for x in of)),
                         f(*(x.v0 for x in of)), back)


# ---- numbers with the contributions of words ----

class Sum:
    """v, v0, and C [T][n], what each word gives to v - v0."""

    def __init__(self, v, v0, C):
        self.v, self.v0, self.C = v, v0, C

    def __add__(self, other):
        if isinstance(other, Sum):
            return Sum(self.v + other.v, self.v0 + other.v0, self.C + other.C)
        return Sum(self.v + other, self.v0 + other, self.C)

    def __mul__(self, other):
        if isinstance(other, Sum):
            return Sum(self.v * other.v, self.v0 * other.v0,
                       (other.v + other.v0) / 2 * self.C +
                       (self.v + self.v0) / 2 * other.C)
        return Sum(other * self.v, other * self.v0, other * self.C)

    def __getitem__(self, rows):
        return Sum(self.v[rows], self.v0[rows], self.C[:, rows])


def linear(A, x):
    return Sum(A @ x.v, A @ x.v0, x.C @ A.T)


def rescale(f, x):
    y, y0, d = f(x.v), f(x.v0), x.v - x.v0
    by = 1e-5
    slope = (f((x.v + x.v0) / 2 + by) - f((x.v + x.v0) / 2 - by)) / (2 * by)
    k = np.where(abs(d) < 1e-6, slope, (y - y0) / np.where(d == 0, 1, d))
    return Sum(y, y0, k * x.C)


# ---- the network ----

class Model:
    def __init__(self, name):
        yaml = open(ENGINE + name + "/model.yaml").read()
        get = lambda key: re.search("^%s: (.*)$" % key, yaml, re.M).group(1)
        self.state = {k: v.astype(float) for k, v in
                      load_file(ENGINE + name + "/weights.safetensors").items()}
        self.cell, self.pooling = get("cell"), [get("pooling")]
        self.gate = hard if self.cell.endswith("-hard") else sigmoid
        self.cell = self.cell.removesuffix("-hard")
        self.modules, self.attention, self.norm = [], None, 1e-5
        self.E = self.state["embedding.weight"]
        self.vocab = open(ENGINE + name + "/vocab.txt").read().split()
        self.unknown = "unknown: <unk>" in yaml
        self.labels = get("labels").strip("[]").split(", ")
        self.directions = 2 if get("bidirectional") == "true" else 1
        self.layers = int(get("layers"))
        self.W = self.state["output.weight"]
        self.b = self.state.get("output.bias", np.zeros(len(self.W)))
        self.H = self.W.shape[1] // self.directions

    def embed(self, words):
        return [self.E[self.vocab.index(w)] if w in self.vocab else
                self.E[0] if self.unknown else 0 * self.E[0] for w in words]

    def get(self, what, layer, d):
        key = "rnn.%s_l%d%s" % (what, layer, "_reverse" * d)
        if what.startswith("bias") and key not in self.state:
            return np.zeros(len(self.state["rnn.weight_ih_l%d" % layer]))
        return self.state.get(key)

    def row(self, target):
        """The weights of the features and the bias of the target."""
        W, b = self.W, self.b
        if len(W) == 1:
            W, b = np.concatenate([-W, W]), np.concatenate([-b, b])
        c = [self.labels.index(label) for label in target.split(":")]
        return (W[c[0]] - W[c[1]], b[c[0]] - b[c[1]]) if len(c) == 2 else (
            W[c[0]], b[c[0]])


class Head(Model):
    """A network of ../heads, as its file `import` describes it."""

    def __init__(self, name):
        setting = dict(s.split("=", 1) for s in open(
            "../heads/%s/import" % name).read().split())
        names = {"emb": "embedding", "fc": "output"}
        self.state = {re.sub("^(emb|fc)", lambda k: names[k[0]], k):
                      v.astype(float) for k, v in load_file(
                          "../heads/%s/weights.safetensors" % name).items()}
        self.E, self.W = self.state["embedding.weight"], \
            self.state["output.weight"]
        self.b = self.state["output.bias"]
        self.vocab = open("../heads/%s/vocab.txt" % name).read().split()
        self.unknown, self.norm, self.gate = True, 1e-5, sigmoid
        self.labels = setting["labels"].split(",")
        hh = self.state["rnn.weight_hh_l0"]
        self.H = hh.shape[1]
        self.cell = {3: "gru", 4: "lstm"}[len(hh) // self.H]
        self.directions = 1 + ("rnn.weight_hh_l0_reverse" in self.state)
        self.layers = 1 + ("rnn.weight_hh_l1" in self.state)
        self.pooling = setting["pooling"].split("+")
        self.modules = setting.get("head", "").split(",")
        self.modules = [k for k in self.modules if k]
        self.attention = setting.get("attention")

    def weights(self, h, last):
        """alpha of attention, for the states [T][F]."""
        if "dot" in self.attention:
            s = h @ last / (len(last) ** .5 if "scaled" in self.attention
                            else 1)
        else:
            for k in self.attention.split(","):
                if k in ACTIVATIONS:
                    h = ACTIVATIONS[k](h)
                elif k in self.state:
                    h = (h @ self.state[k])[:, None]
                else:
                    h = h @ self.state[k + ".weight"].T + self.state.get(
                        k + ".bias", 0)
            s = h[:, 0]
        e = np.exp(s - s.max())
        return e / e.sum()


ERF = np.vectorize(math.erf)
ACTIVATIONS = {
    "relu": lambda x: np.maximum(x, 0), "tanh": np.tanh, "sigmoid": sigmoid,
    "gelu": lambda x: x * (1 + ERF(x / 2 ** .5)) / 2,
    "silu": lambda x: x * sigmoid(x),
    "elu": lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
    "leaky-relu": lambda x: np.where(x > 0, x, .01 * x)}


def run_head(tape, m, f):
    """The modules of a head; a norm is a linear map, its deviation held."""
    for k in m.modules:
        if k in ACTIVATIONS:
            f = tape.act(ACTIVATIONS[k], f)
            continue
        w, b = m.state[k + ".weight"], m.state.get(k + ".bias", 0)
        if k + ".running_var" in m.state:
            g = w / np.sqrt(m.state[k + ".running_var"] + m.norm)
            w, b = np.diag(g), b - g * m.state[k + ".running_mean"]
        elif w.ndim == 1:
            n = len(w)
            g = w / np.sqrt(f.v.var() + m.norm)
            w = g[:, None] * (np.eye(n) - 1 / n)
        f = tape.total([([], w, f, b)])
    return f


RNN = {"rnn-tanh": np.tanh, "rnn-relu": lambda x: np.maximum(x, 0)}


def rows(A, k, H):
    return A[k * H:(k + 1) * H]


def lrp_direction(tape, m, layer, d, xs):
    """The states of xs, in the order in which the direction reads them."""
    H, cell = m.H, m.cell
    ih, hh = m.get("weight_ih", layer, d), m.get("weight_hh", layer, d)
    bi, bh = m.get("bias_ih", layer, d), m.get("bias_hh", layer, d)
    decay = m.get("decay", layer, d)
    zero = np.zeros(H)
    h, c = tape.leaf(zero, zero), tape.leaf(zero, zero)
    out = []

    def pre(k, x, h):
        terms = [([], rows(ih, k, H), x, rows(bi, k, H))]
        if hh is not None:
            terms.append(([], rows(hh, k, H), h, rows(bh, k, H)))
        return tape.total(terms)
    for x in xs:
        if cell == "lstm":
            i, f, g, o = (tape.act(np.tanh if k == 2 else m.gate,
                                   pre(k, x, h)) for k in range(4))
            c = tape.total([([f], 1, c, 0), ([i], 1, g, 0)])
            s = tape.act(np.tanh, c)
            h = tape.gated(o, s)
        elif cell in ("gru", "gru-before"):
            r, z = (tape.act(m.gate, pre(k, x, h)) for k in range(2))
            a = [([], rows(ih, 2, H), x, rows(bi, 2, H))]
            if cell == "gru":
                a.append(([r], rows(hh, 2, H), h, rows(bh, 2, H)))
            else:
                y = tape.gated(r, h, True)
                a.append(([], rows(hh, 2, H), y, rows(bh, 2, H)))
            n = tape.act(np.tanh, tape.total(a))
            h = tape.total([([z], 1, h, 0),
                            ([Gate(tape, lambda z: 1 - z, z)], 1, n, 0)])
        elif cell in RNN:
            h = tape.act(RNN[cell], pre(0, x, h))
        elif cell == "qrnn":
            z, f, o = (tape.act(np.tanh if k == 0 else sigmoid,
                                pre(k, x, h)) for k in range(3))
            c = tape.total([([f], 1, c, 0),
                            ([Gate(tape, lambda f: 1 - f, f)], 1, z, 0)])
            h = tape.gated(o, c)
        else:                       # sums that a gate multiplies
            if cell == "mingru":
                z, k = pre(0, x, h), 1
                a = Gate(tape, lambda z: sigmoid(-z), z)
                gates = [Gate(tape, sigmoid, z)]
            elif cell == "minlstm":
                f, i, k = pre(0, x, h), pre(1, x, h), 2
                of = lambda f, i: sigmoid(f) / (sigmoid(f) + sigmoid(i))
                a = Gate(tape, of, f, i)
                gates = [Gate(tape, lambda f, i: 1 - of(f, i), f, i)]
            else:
                r, i, k = pre(0, x, h), pre(1, x, h), 2
                of = lambda r: np.exp(-np.exp(decay) * sigmoid(r))
                a = Gate(tape, of, r)
                gates = [Gate(tape, lambda r: np.sqrt(1 - of(r) ** 2), r),
                         Gate(tape, sigmoid, i)]
            h = tape.total([([a], 1, h, 0),
                            (gates, rows(ih, k, H), x, rows(bi, k, H))])
        out.append(h)
    return out


def sum_direction(m, layer, d, xs):
    """The same for DeepLIFT."""
    H, cell, T = m.H, m.cell, len(xs[0].C)
    ih, hh = m.get("weight_ih", layer, d), m.get("weight_hh", layer, d)
    bi, bh = m.get("bias_ih", layer, d), m.get("bias_hh", layer, d)
    decay = m.get("decay", layer, d)
    zero = Sum(np.zeros(H), np.zeros(H), np.zeros((T, H)))
    h, c, out = zero, zero, []
    for x in xs:
        p = linear(ih, x) + bi
        q = linear(hh, h) + bh if hh is not None else None
        part = lambda y, k: y[np.arange(k * H, (k + 1) * H)]
        both = lambda k: part(p, k) + part(q, k)
        mix = lambda a, old, new: a * old + (a * -1 + 1) * new
        if cell == "lstm":
            i, f, o = (rescale(m.gate, both(k)) for k in (0, 1, 3))
            c = f * c + i * rescale(np.tanh, both(2))
            h = o * rescale(np.tanh, c)
        elif cell in ("gru", "gru-before"):
            r, z = rescale(m.gate, both(0)), rescale(m.gate, both(1))
            a = r * part(q, 2) if cell == "gru" else \
                linear(rows(hh, 2, H), r * h) + rows(bh, 2, H)
            h = mix(z, h, rescale(np.tanh, part(p, 2) + a))
        elif cell in RNN:
            h = rescale(RNN[cell], both(0))
        elif cell == "qrnn":
            z = rescale(np.tanh, part(p, 0))
            c = mix(rescale(sigmoid, part(p, 1)), c, z)
            h = rescale(sigmoid, part(p, 2)) * c
        elif cell == "mingru":
            h = mix(rescale(lambda z: sigmoid(-z), part(p, 0)), h, part(p, 1))
        elif cell == "minlstm":
            f, i = (rescale(sigmoid, part(p, k)) for k in range(2))
            h = mix(f * rescale(lambda v: 1 / v, f + i), h, part(p, 2))
        else:
            of = lambda r: np.exp(-np.exp(decay) * sigmoid(r))
            a = rescale(of, part(p, 0))
            w = rescale(lambda r: np.sqrt(1 - of(r) ** 2), part(p, 0))
            h = a * h + w * (rescale(sigmoid, part(p, 1)) * part(p, 2))
        out.append(h)
    return out


def states(m, direction, join, xs):
    """The top layer's states of each word, a list a direction."""
    for layer in range(m.layers):
        h = [direction(layer, 0, xs)]
        if m.directions == 2:
            h.append(direction(layer, 1, xs[::-1])[::-1])
        xs = [join([hd[t] for hd in h]) for t in range(len(xs))]
    return h


def pool(tape, pooling, alpha, d, hd):
    """A part of the features: that of the states hd of direction d."""
    T = len(hd)
    if pooling in ("last", "end"):
        return hd[0] if d == 1 and pooling == "last" else hd[-1]
    if pooling in ("mean", "attention"):
        weight = [1 / T] * T if alpha is None else alpha
        return tape.total([([], a, y, 0) for a, y in zip(weight, hd)],
                          stable=False)
    v = np.array([y.v for y in hd])
    v0 = np.array([y.v0 for y in hd])
    top = np.where(v.max(0) >= v0.max(0), v.argmax(0), v0.argmax(0))
    if tape.plain:
        top = v.argmax(0)

    def back(R):
        for t, y in enumerate(hd):
            y.take(np.where(top == t, R, 0))
    return Number(tape, v.max(0), v0.max(0), back)


def lrp(m, words, target, gate, reference):
    tape = Tape(EPSILON, gate)
    tape.plain = not reference
    x = [tape.leaf(v, 0 * v) for v in m.embed(words)]

    def join(parts):                # side by side: each keeps its own
        def back(R):
            for k, part in enumerate(parts):
                part.take(R[k * m.H:(k + 1) * m.H])     # each has H
        return Number(tape, np.concatenate([y.v for y in parts]),
                      np.concatenate([y.v0 for y in parts]), back)
    h = states(m, lambda layer, d, xs: lrp_direction(tape, m, layer, d, xs),
               join, x)
    T, features = len(words), []
    for pooling in m.pooling:
        alpha = None
        if pooling == "attention":
            alpha = m.weights(
                np.array([np.concatenate([hd[t].v for hd in h])
                          for t in range(T)]),
                np.concatenate([h[0][-1].v] + [hd[0].v for hd in h[1:]]))
        for d, hd in enumerate(h):
            features.append(pool(tape, pooling, alpha, d, hd))
    W, b = m.row(target)
    F = tape.total([([], W[None], run_head(tape, m, join(features)), b)])
    F.take(F.d)
    for y in reversed(tape):
        if np.any(y.R):
            y.back(y.R)
    S = [v.R.sum() for v in x]
    logit = F.v[0]
    return S, logit - sum(S)


def total(of):
    y = of[0]
    for x in of[1:]:
        y = y + x
    return y


def sum_modules(m, modules, f):
    """The modules of a head or of attention, by their secants (a layer norm as
    lib/rnn/stacked.c has it)."""
    for k in modules:
        if k in ACTIVATIONS:
            f = rescale(ACTIVATIONS[k], f)
            continue
        if k in m.state:
            f = linear(m.state[k][None], f)
            continue
        w, b = m.state[k + ".weight"], m.state.get(k + ".bias", 0)
        if k + ".running_var" in m.state:
            g = w / np.sqrt(m.state[k + ".running_var"] + m.norm)
            f = linear(np.diag(g), f) + (b - g * m.state[k + ".running_mean"])
        elif w.ndim == 1:
            n = len(w)
            f = linear(np.eye(n) - 1 / n, f)
            v = lambda x: (x ** 2).mean() + m.norm
            s, s0 = v(f.v) ** .5, v(f.v0) ** .5
            # v - v0 = mean((c + c0) (c - c0)); 1/s has a secant of v
            r = -1 / (s * s0 * (s + s0)) * (f.C @ (f.v + f.v0)) / n
            f = Sum(w * f.v / s, w * f.v0 / s0,
                    w * (f.C / s + np.outer(r, f.v0))) + b
        else:
            f = linear(w, f) + b
    return f


def sum_score(m, y, last):
    """The score of a word in attention."""
    if "dot" in m.attention:
        s = y * last
        s = linear(np.ones((1, len(s.v))), s)
        return s * (len(last.v) ** -.5 if "scaled" in m.attention else 1)
    return sum_modules(m, m.attention.split(","), y)


def sum_weights(m, scores):
    """alpha = exp(s - log of the sum of all exp(s))."""
    shift = max(max(s.v[0], s.v0[0]) for s in scores)
    L = rescale(np.log, total([rescale(np.exp, s + -shift) for s in scores]))
    return [rescale(np.exp, s + -shift + L * -1) for s in scores]


def deeplift(m, words, target):
    T, xs = len(words), []
    for t, v in enumerate(m.embed(words)):
        C = np.zeros((T, len(v)))
        C[t] = v
        xs.append(Sum(v, 0 * v, C))
    join = lambda parts: Sum(*(np.concatenate([getattr(y, k) for y in parts],
                                              axis=-1)
                               for k in ("v", "v0", "C")))
    h = states(m, lambda layer, d, xs: sum_direction(m, layer, d, xs), join,
               xs)
    features = []
    for pooling, (d, hd) in itertools.product(m.pooling, enumerate(h)):
        if pooling in ("last", "end"):
            features.append(hd[0] if d == 1 and pooling == "last" else hd[-1])
        elif pooling == "mean":
            features.append(total(hd) * (1 / T))
        elif pooling == "attention":
            each = [join([one[t] for one in h]) for t in range(T)]
            last = join([h[0][-1]] + [one[0] for one in h[1:]])
            alpha = sum_weights(m, [sum_score(m, y, last) for y in each])
            features.append(total([a * y for a, y in zip(alpha, hd)]))
        else:
            v = np.array([y.v for y in hd])
            v0 = np.array([y.v0 for y in hd])
            top, top0 = v.max(0), v0.max(0)
            at = np.where(top >= top0, v.argmax(0), v0.argmax(0))
            n = np.arange(m.H)
            d = v[at, n] - v0[at, n]
            k = np.where(d == 0, 1, (top - top0) / np.where(d == 0, 1, d))
            C = np.array([y.C for y in hd])     # [word][T][H]
            features.append(Sum(top, top0, k * C[at, :, n].T))
    W, b = m.row(target)
    F = linear(W[None], sum_modules(m, m.modules, join(features))) + b
    S = F.C[:, 0]
    assert abs(S.sum() - (F.v - F.v0)[0]) < 1e-9
    return S, F.v0[0]


# ---- contextual decomposition ----

def share(a, b, c, f):
    """What a and b give to f(a + b + c), if c comes first (Murdoch et al.)."""
    return ((f(a + c) - f(c) + f(a + b + c) - f(b + c)) / 2,
            (f(b + c) - f(c) + f(a + b + c) - f(a + c)) / 2, f(c))


def cd_direction(m, layer, d, xs, ins):
    """beta and gamma of the states, from those of the inputs; ins: is each
    word in the span."""
    H = m.H
    ih, hh = m.get("weight_ih", layer, d), m.get("weight_hh", layer, d)
    bi, bh = m.get("bias_ih", layer, d), m.get("bias_hh", layer, d)
    h, c, out = (np.zeros(H), np.zeros(H)), (np.zeros(H), np.zeros(H)), []
    for x, inside in zip(xs, ins):
        pre = [[rows(ih, k, H) @ x[w] + rows(hh, k, H) @ h[w]
                for w in (0, 1)] for k in range(len(ih) // H)]
        bias = [rows(bi, k, H) + rows(bh, k, H) for k in range(len(ih) // H)]
        gate = lambda k, f: share(*pre[k], bias[k], f)
        if m.cell == "lstm":
            i, f, g = gate(0, m.gate), gate(1, m.gate), gate(2, np.tanh)
            o = m.gate(pre[3][0] + pre[3][1] + bias[3])
            new = [i[0] * (g[0] + g[2]) + i[2] * g[0] + (f[0] + f[2]) * c[0],
                   i[1] * sum(g) + (i[0] + i[2]) * g[1] + sum(f) * c[1] +
                   f[1] * c[0]]
            new[0 if inside else 1] += i[2] * g[2]
            c = new
            s = share(c[0], c[1], 0, np.tanh)
            h = [o * s[0], o * s[1]]
        else:
            r, z = gate(0, m.gate), gate(1, m.gate)
            q = [rows(hh, 2, H) @ h[w] for w in (0, 1)] + [rows(bh, 2, H)]
            a = rows(ih, 2, H)
            n = share(a @ x[0] + r[0] * (q[0] + q[2]) + r[2] * q[0],
                      a @ x[1] + r[1] * sum(q) + (r[0] + r[2]) * q[1],
                      rows(bi, 2, H) + r[2] * q[2], np.tanh)
            y = (-z[0], -z[1], 1 - z[2])
            new = [(z[0] + z[2]) * h[0] + y[0] * (n[0] + n[2]) + y[2] * n[0],
                   sum(z) * h[1] + z[1] * h[0] + y[1] * sum(n) +
                   (y[0] + y[2]) * n[1]]
            new[0 if inside else 1] += y[2] * n[2]
            h = new
        out.append(h)
    return out


def shapley(f, parts):
    """The Shapley values of the parts of f(sum of parts), f(0) = 0."""
    to = [0 * v for v in parts]
    for order in itertools.permutations(range(len(parts))):
        before = 0 * parts[0]
        for k in order:
            to[k] = to[k] + (f(before + parts[k]) - f(before)) / \
                math.factorial(len(parts))
            before = before + parts[k]
    return to


def gcd_direction(m, layer, d, xs, ins):
    """beta, gamma and the biases' part of the states, as GCDTensor has it."""
    H = m.H
    ih, hh = m.get("weight_ih", layer, d), m.get("weight_hh", layer, d)
    bi, bh = m.get("bias_ih", layer, d), m.get("bias_hh", layer, d)
    h, c, out = [np.zeros(H)] * 3, [np.zeros(H)] * 3, []
    for x in xs:
        x = list(x) + [0 * x[0]] * (3 - len(x))
        p = [ih @ v for v in x]
        q = [hh @ v for v in h]
        p[2], q[2] = p[2] + bi, q[2] + bh
        gate = lambda k: m.gate(rows(sum(p), k, H) + rows(sum(q), k, H))
        if m.cell == "lstm":
            g = shapley(np.tanh, [rows(v, 2, H) + rows(w, 2, H)
                                  for v, w in zip(p, q)])
            c = [gate(1) * v + gate(0) * w for v, w in zip(c, g)]
            h = [gate(3) * v for v in shapley(np.tanh, c)]
        else:
            n = shapley(np.tanh, [rows(v, 2, H) + gate(0) * rows(w, 2, H)
                                  for v, w in zip(p, q)])
            h = [gate(1) * v + (1 - gate(1)) * w for v, w in zip(h, n)]
        out.append(h)
    return out


def cd(m, words, target, span, direction=cd_direction, parts=2):
    """The part of the span, and that of all else, of the logit."""
    T = len(words)
    ins = [span[0] <= t <= span[1] for t in range(T)]
    xs = [(v, 0 * v) if i else (0 * v, v)
          for v, i in zip(m.embed(words), ins)]
    for layer in range(m.layers):
        hs = [direction(m, layer, 0, xs, ins)]
        if m.directions == 2:
            hs.append(direction(m, layer, 1, xs[::-1], ins[::-1])[::-1])
        xs = [[np.concatenate([h[t][w] for h in hs]) for w in range(parts)]
              for t in range(T)]
    y = np.array(xs)                            # [T][parts][F]
    if m.pooling == ["last"]:
        f = np.concatenate([y[-1, :, :m.H], y[0, :, m.H:]], 1)
    elif m.pooling == ["mean"]:
        f = y.mean(0)
    else:
        top = y.sum(1).argmax(0)
        f = y[top, :, np.arange(y.shape[2])].T
    W, b = m.row(target)
    return f[0] @ W, f[1:].sum(0) @ W, b


PHRASE = (2, 5)         # words 3 to 6 of "ten", the others alone


def cd_rows(m, words, target, doc):
    """method, level, scores and bias."""
    alone = [(t, t) for t in range(len(words))]
    levels = [("word", alone)]
    if doc == "ten":
        levels.append(("phrase", alone[:2] + [PHRASE] + alone[6:]))
    for level, spans in levels:
        parts = [cd(m, words, target, span) for span in spans]
        whole = cd(m, words, target, (0, len(words) - 1))
        assert max(abs(a + b - whole[0]) for a, b, _ in parts) < 1e-9
        assert abs(whole[1]) < 1e-9
        yield "cd", level, [a for a, _, _ in parts] + [whole[2]]
        of = lambda span: cd(m, words, target, span, gcd_direction, 3)
        thirds = [of(span) for span in spans]
        assert max(abs(a + b - whole[0]) for a, b, _ in thirds) < 1e-9
        yield "gcd", level, [a for a, _, _ in thirds] + [
            of((0, len(words) - 1))[1] + whole[2]]


METHODS = {
    "lrp": lambda *a: lrp(*a, 0, False),
    "lrp-half": lambda *a: lrp(*a, 0.5, False),
    "deeplift": deeplift,
    "deeplift-held": lambda *a: lrp(*a, 0, True),
}


HEADS = ["additive", "batch-norm", "dot", "end", "gelu", "last-max-mean",
         "layer-norm", "mean-max", "parameter", "query", "relu", "scaled-dot",
         "tanh"]
TEXT = "the film is not very good ."


def main():
    with open("heads.tsv", "w") as out:
        for name in HEADS:
            m = Head(name)
            for label in m.labels:
                for method in "lrp", "lrp-half", "deeplift":
                    S, _ = METHODS[method](m, TEXT.split(), label)
                    for t, s in enumerate(S):
                        print(name, label, method, t + 1, "%.7g" % s,
                              sep="\t", file=out)
    with open("expected.tsv", "w") as out:
        for name in MODELS:
            m = Model(name)
            for target in ["c3", "c1:c4"] if name == "lstm-six" else ["c1"]:
                for doc, words in documents():
                    for method, run in METHODS.items():
                        S, bias = run(m, words, target)
                        print(name, method, target, doc, "word", " ".join(
                            "%.7g" % v for v in [*S, bias]), sep="\t",
                            file=out)
                    if m.cell not in ("gru", "lstm"):
                        continue
                    for method, level, numbers in cd_rows(m, words, target,
                                                          doc):
                        print(name, method, target, doc, level, " ".join(
                            "%.7g" % v for v in numbers), sep="\t", file=out)


if __name__ == "__main__":
    sys.exit(main())
