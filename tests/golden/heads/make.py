#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""make.py: write small networks with the heads people have, and what PyTorch
gives for them, in the folders beside this script.

    pip install torch==2.13.0 safetensors numpy && python3 make.py

A folder has what reat-model import reads: vocab.txt, weights.safetensors, and
`import`, the settings to give.  logits.tsv has texts with their logits (import
-g), scores.tsv the scores of the text TEXTS[0]:

    method  word  row  score

    omit        the logit less that of the text without the word
    gradxinput  the word's embedding times the gradient of the logit, autograd
    reat        e_t G_t of eq 14, with the head replaced by its secant between
                the features zero and those of the text, and the weights of
                attention held; every product is written out

Numbers are computed in float64 from the float32 numbers of the files.
Versions: Python 3.11, torch 2.13.0+cpu, numpy, safetensors 0.8.0.
"""
import os
import sys

import numpy as np
import torch
from safetensors.torch import save_file
from torch import nn

WORDS = ["<unk>", "the", "film", "is", "very", "good", "bad", "not", "."]
TEXTS = ["the film is not very good .", "not bad", "zzz bad film", "good"]
HERE = os.path.dirname(os.path.abspath(sys.argv[0]))
D, H, ROWS = 4, 3, 3


class Net(nn.Module):
    """Embedding, RNN, pooling (a list of names), modules, output layer."""

    def __init__(self, pooling, modules=(), cell=nn.GRU, both=True, layers=1,
                 attention=None, proj=0):
        super().__init__()
        self.pooling, self.cell, self.both = pooling, cell, both
        self.F = (proj or H) * (2 if both else 1)
        self.emb = nn.Embedding(len(WORDS), D)
        self.rnn = cell(D, H, layers, batch_first=True, bidirectional=both,
                        **({"proj_size": proj} if proj else {}))
        self.kind = attention
        if attention == "additive":
            self.attn = nn.Sequential(nn.Linear(self.F, 5), nn.Tanh(),
                                      nn.Linear(5, 1))
        elif attention == "query":
            self.attn = nn.Linear(self.F, 1, bias=False)
        elif attention == "parameter":
            self.w = nn.Parameter(torch.zeros(self.F))
        width, list_ = self.F * len(pooling), []
        for m in modules:
            if isinstance(m, tuple):
                width_in, width = width, m[1]
                list_.append(m[0](width_in, m[1]))
            else:
                list_.append(m(width) if m in (nn.LayerNorm, nn.BatchNorm1d)
                             else m())
        self.head = nn.Sequential(*list_)
        self.fc = nn.Linear(width, ROWS)

    def scores(self, h, last):
        if self.kind == "dot":
            return h @ last
        if self.kind == "scaled-dot":
            return h @ last / self.F ** .5
        if self.kind == "parameter":
            return torch.tanh(h) @ self.w
        return self.attn(h)[:, 0]

    def features(self, x):
        h = self.rnn(x[None])[0][0]                      # [T][F]
        one = self.F // 2 if self.both else self.F
        last = torch.cat([h[-1, :one], h[0, one:]])
        part = {"last": lambda: last, "end": lambda: h[-1],
                "mean": lambda: h.mean(0), "max": lambda: h.max(0).values,
                "attention": lambda: torch.softmax(self.scores(h, last), 0)
                @ h}
        return torch.cat([part[p]() for p in self.pooling])

    def forward(self, x):
        return self.fc(self.head(self.features(x)[None]))[0]


NETS = {
    "end": (dict(pooling=["end"]), ""),
    "mean-max": (dict(pooling=["mean", "max"], cell=nn.LSTM),
                 ""),
    "last-max-mean": (dict(pooling=["last", "max", "mean"], both=False,
                           layers=2), ""),
    "relu": (dict(pooling=["last"], modules=[(nn.Linear, 5), nn.ReLU,
                                             nn.Dropout]),
             "head=head.0,relu output=fc"),
    "tanh": (dict(pooling=["end"], modules=[nn.Tanh, (nn.Linear, 5), nn.Tanh,
                                            (nn.Linear, 4), nn.ELU],
                  cell=nn.LSTM),
             "head=tanh,head.1,tanh,head.3,elu output=fc"),
    "gelu": (dict(pooling=["max"], modules=[(nn.Linear, 5), nn.GELU,
                                            (nn.Linear, 7), nn.SiLU]),
             "head=head.0,gelu,head.2,silu output=fc"),
    "batch-norm": (dict(pooling=["mean", "max"],
                        modules=[nn.BatchNorm1d, (nn.Linear, 5), nn.LeakyReLU,
                                 nn.BatchNorm1d]),
                   "head=head.0,head.1,leaky-relu,head.3 output=fc"),
    "layer-norm": (dict(pooling=["last"],
                        modules=[nn.LayerNorm, (nn.Linear, 5), nn.Sigmoid,
                                 nn.LayerNorm], cell=nn.LSTM),
                   "head=head.0,head.1,sigmoid,head.3 output=fc"),
    "additive": (dict(pooling=["attention"], attention="additive",
                      cell=nn.LSTM), "attention=attn.0,tanh,attn.2 output=fc"),
    "query": (dict(pooling=["attention", "max"], attention="query",
                   modules=[(nn.Linear, 5), nn.ReLU]),
              "attention=attn head=head.0,relu output=fc"),
    "parameter": (dict(pooling=["attention"], attention="parameter",
                       modules=[nn.ReLU, (nn.Linear, 5)], layers=2),
                  "attention=tanh,w head=relu,head.1 output=fc"),
    "dot": (dict(pooling=["attention"], attention="dot", both=False),
            "attention=dot output=fc"),
    "scaled-dot": (dict(pooling=["last", "attention"],
                        attention="scaled-dot"),
                   "attention=scaled-dot output=fc"),
}


# ---- the definition of reat, with explicit products ----

def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def steps(cell, w, x):
    """One direction in its reading order: (h, s, a, o) of every step."""
    h, c, out = np.zeros(w["hh"].shape[1]), np.zeros(H), []
    for xt in x:
        p, q = w["ih"] @ xt + w["bih"], w["hh"] @ h + w["bhh"]
        if cell is nn.GRU:
            r, z = sigmoid(p[:H] + q[:H]), sigmoid(p[H:2*H] + q[H:2*H])
            h = (1 - z) * np.tanh(p[2*H:] + r * q[2*H:]) + z * h
            out.append((h, h, z, np.ones(H)))
        else:
            i, f, g, o = np.split(p + q, 4)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = w["hr"] @ (sigmoid(o) * np.tanh(c))
            out.append((h, np.tanh(c), sigmoid(f), sigmoid(o)))
    return out


def top_layer(net, x):
    """The steps of both directions of the top layer, each in its order."""
    p = {k: v.detach().numpy() for k, v in net.rnn.named_parameters()}
    for layer in range(net.rnn.num_layers):
        runs = []
        for d in range(2 if net.both else 1):
            end = "_l%d%s" % (layer, "_reverse" if d else "")
            w = {k: p[n + end] for k, n in
                 (("ih", "weight_ih"), ("hh", "weight_hh"),
                  ("bih", "bias_ih"), ("bhh", "bias_hh"))}
            w["hr"] = p.get("weight_hr" + end, np.eye(H))
            runs.append(steps(net.cell, w, x[::-1] if d else x))
        x = [np.concatenate([runs[0][t][0]] + ([runs[1][len(x) - 1 - t][0]]
             if net.both else [])) for t in range(len(x))]
    return runs, np.array(x)


def secant(module, x0, x):
    """The matrix M with module(x) - module(x0) = M (x - x0)."""
    def f(v):
        with torch.no_grad():
            return module(torch.tensor(v)[None])[0].numpy()
    if isinstance(module, nn.Dropout):
        return np.eye(len(x))
    if isinstance(module, (nn.Linear, nn.BatchNorm1d)):
        return np.stack([f(e) - f(0 * x) for e in np.eye(len(x))], 1)
    if not isinstance(module, nn.LayerNorm):
        return np.diag((f(x) - f(x0)) / (x - x0))
    n, P = len(x), np.eye(len(x)) - 1 / len(x)
    c, c0 = P @ x, P @ x0
    s, s0 = [np.sqrt((v * v).mean() + module.eps) for v in (c, c0)]
    inner = np.eye(n) / s - np.outer(c0, c + c0) / (n * s * s0 * (s + s0))
    return module.weight.detach().numpy()[:, None] * (inner @ P)


def reat(net, x):
    runs, h = top_layer(net, x)
    T, one = len(h), h.shape[1] // (2 if net.both else 1)
    with torch.no_grad():
        f = net.features(torch.tensor(x)).numpy()
        v, v0 = f, 0 * f
        M = np.eye(len(f))
        for m in net.head:
            M = secant(m, v0, v) @ M
            v = m(torch.tensor(v)[None])[0].numpy()
            v0 = m(torch.tensor(v0)[None])[0].numpy()
        W = net.fc.weight.numpy() @ M
        last = np.concatenate([h[-1, :one], h[0, one:]])
        alpha = None
        if "attention" in net.pooling:
            alpha = torch.softmax(net.scores(torch.tensor(h),
                                             torch.tensor(last)), 0).numpy()
    S = np.zeros((T, ROWS))
    for k, part in enumerate(net.pooling):
        for d, run in enumerate(runs):
            at = [t if d == 0 else T - 1 - t for t in range(T)]  # step: word
            R = np.zeros((T, H))
            for step in range(T):
                word = at[step]
                R[step] = {"last": float(step == T - 1),
                           "end": float(word == T - 1), "mean": 1 / T,
                           "max": h[:, d*one:d*one+one].argmax(0) == word
                           if part == "max" else 0,
                           "attention": alpha[word] if alpha is not None
                           else 0}[part]
            at_w = (k * len(runs) + d) * one
            w = W[:, at_w:at_w + one]
            hr = dict(net.rnn.named_parameters()).get(
                "weight_hr_l%d%s" % (net.rnn.num_layers - 1, "_reverse" * d))
            w = w if hr is None else w @ hr.detach().numpy()
            for t in range(T):
                s0 = run[t-1][1] if t > 0 else np.zeros(H)
                e, G = run[t][1] - run[t][2] * s0, np.zeros(H)
                for j in range(t, T):
                    product = np.ones(H)
                    for i in range(t + 1, j + 1):
                        product = product * run[i][2]
                    G += R[j] * run[j][3] * product
                S[at[t]] += w @ (e * G)
    with torch.no_grad():
        zero = net.fc(net.head(torch.zeros(1, len(f)).double()))[0].numpy()
        assert np.allclose(S.sum(0) + zero, net(torch.tensor(x)).numpy())
    return S


# a sigmoid for each label: predicted.tsv has the probabilities of TEXTS
MULTILABEL = "multilabel"
NETS[MULTILABEL] = (dict(pooling=["max"]), "multilabel=true")
# states that are projected: their part of the products is written out too
NETS["projected"] = (dict(pooling=["last"], cell=nn.LSTM, proj=2), "")
NETS["projected-2"] = (dict(pooling=["mean", "end"], cell=nn.LSTM, proj=2,
                            layers=2, modules=[nn.LayerNorm, (nn.Linear, 5),
                                               nn.ReLU]),
                       "head=head.0,head.1,relu output=fc")


def embed(net, words):
    return net.emb(torch.tensor([WORDS.index(w) if w in WORDS else 0
                                 for w in words]))


def write(name, net, settings):
    folder = os.path.join(HERE, name)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "vocab.txt"), "w") as f:
        f.writelines(w + "\n" for w in WORDS)
    save_file({k: v.contiguous() for k, v in net.state_dict().items()},
              os.path.join(folder, "weights.safetensors"))
    with open(os.path.join(folder, "import"), "w") as f:
        f.write(" ".join(["labels=a,b,c", "lowercase=false",
                          "pooling=" + "+".join(net.pooling)] +
                         settings.split()) + "\n")
    net = net.double().eval()
    with open(os.path.join(folder, "logits.tsv"), "w") as f, torch.no_grad():
        for text in TEXTS:
            logits = net(embed(net, text.split())).tolist()
            f.write("\t".join([text] + ["%.9g" % x for x in logits]) + "\n")
    if name == MULTILABEL:
        with open(os.path.join(folder, "predicted.tsv"), "w") as f:
            for text in TEXTS:
                p = torch.sigmoid(net(embed(net, text.split()))).tolist()
                f.write("\t".join(["%.9g" % x for x in p]) + "\n")
    words = TEXTS[0].split()
    with open(os.path.join(folder, "scores.tsv"), "w") as f:
        def line(method, t, row, score):
            f.write("%s\t%d\t%d\t%.9g\n" % (method, t + 1, row, score))
        x = embed(net, words).detach().requires_grad_()
        logits = net(x)
        for row in range(ROWS):
            grad, = torch.autograd.grad(logits[row], x, retain_graph=True)
            for t in range(len(words)):
                line("gradxinput", t, row, (grad[t] * x[t]).sum().item())
        S = reat(net, x.detach().numpy())
        for t in range(len(words)):
            less = net(embed(net, words[:t] + words[t+1:]))
            for row in range(ROWS):
                line("reat", t, row, S[t][row])
                line("omit", t, row, (logits[row] - less[row]).item())


for number, (name, (shape, settings)) in enumerate(NETS.items()):
    torch.manual_seed(number)
    net = Net(**shape)
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(torch.randn_like(p))
        for m in net.head:
            if isinstance(m, nn.BatchNorm1d):
                m.running_mean.normal_()
                m.running_var.uniform_(.5, 2)
    write(name, net, settings)
