#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Small random models and what they must give, from PyTorch in float64.

    python3 make.py        (in this folder; writes NAME/ and expected.tsv)

Every combination of cell, direction, head and one or two layers, and some
special ones.  Logits are torch.nn.GRU's and torch.nn.LSTM's.  Word scores are
computed from the definition in DESIGN.md section 1 with explicit products,
not by the backward sweep that REAT uses.

Versions: Python 3.11.7, torch 2.13.0+cpu, numpy 2.4.6, safetensors 0.8.0.
"""
import itertools
import os

import numpy as np
import torch
from safetensors.torch import save_file

D, H, WORDS = 5, 4, 12
SEED = 20261123
VOCAB = ["<unk>"] + ["w%d" % i for i in range(1, WORDS)]
# document, words; the last word of "three" is not in the vocabulary
DOCS = [("one", ["w3"]), ("two", ["w5", "w5"]),
        ("three", ["w1", "w7", "zebra"]), ("zero", []),
        ("ten", ["w%d" % i for i in (4, 9, 2, 2, 11, 6, 1, 8, 10, 3)])]


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


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def steps(cell, w_ih, w_hh, b_ih, b_hh, x):
    """One direction in reading order: h, s, a, o of every step."""
    n = w_hh.shape[1]
    h, c, out = np.zeros(n), np.zeros(n), []
    for xt in x:
        p, q = w_ih @ xt + b_ih, w_hh @ h + b_hh
        if cell == "gru":
            r, z = sigmoid(p[:n] + q[:n]), sigmoid(p[n:2*n] + q[n:2*n])
            new = np.tanh(p[2*n:] + r * q[2*n:])
            h = (1 - z) * new + z * h
            out.append((h, h, z, np.ones(n)))
        else:
            i, f, g, o = np.split(p + q, 4)
            i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
            c = f * c + i * g
            h = o * np.tanh(c)
            out.append((h, np.tanh(c), f, o))
    return out


def word_scores(run, M, W):
    """S(t) = W [ e_t * sum_{k>=t} M_k o_k prod_{t<j<=k} a_j ], no sweep."""
    scores = []
    for t in range(len(run)):
        before = run[t-1][1] if t > 0 else np.zeros_like(run[t][1])
        e = run[t][1] - run[t][2] * before
        G = np.zeros_like(e)
        for k in range(t, len(run)):
            carried = np.ones_like(e)
            for j in range(t + 1, k + 1):
                carried = carried * run[j][2]
            G += M[k] * run[k][3] * carried
        scores.append(W @ (e * G))
    return scores


def make(spec, rng, lines):
    cell, both = spec["cell"], spec["both"]
    classes, rows = spec.get("classes", 2), spec.get("rows")
    rows = rows or classes
    scale, bias = spec.get("scale", 1.0), spec.get("bias", True)
    F = H * (2 if both else 1)
    rnn = (torch.nn.GRU if cell == "gru" else torch.nn.LSTM)(
        D, H, spec["layers"], bias=bias, bidirectional=both).double()
    state = {"embedding.weight": rng.normal(0, 1, (WORDS, D)),
             "output.weight": rng.normal(0, 1, (rows, F)),
             "output.bias": rng.normal(0, 1, rows)}
    if not bias:
        del state["output.bias"]
    for name, p in rnn.named_parameters():
        state["rnn." + name] = rng.normal(0, 0.7 * scale, tuple(p.shape))
    # what is stored is what is computed with
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
        E = state["embedding.weight"]
        x = np.array([E[VOCAB.index(w)] if w in VOCAB else
                      E[0] if spec.get("unknown", True) else np.zeros(D)
                      for w in words]).reshape(len(words), D)
        T = len(words)
        S = np.zeros((T, rows))
        feature = np.zeros(F)
        if T > 0:
            top, _ = rnn(torch.tensor(x).unsqueeze(1))
            top = top.detach().numpy()[:, 0, :]
            below = x
            for layer in range(spec["layers"]):
                runs = []
                for d in range(2 if both else 1):
                    end = "_l%d%s" % (layer, "_reverse" if d else "")
                    g = 3 if cell == "gru" else 4
                    get = lambda k: state.get("rnn." + k + end,
                                              np.zeros(g * H))
                    run = steps(cell, get("weight_ih"), get("weight_hh"),
                                get("bias_ih"), get("bias_hh"),
                                below[::-1] if d else below)
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
                s = word_scores(run, M, W[:, half])
                S += np.array(s[::-1] if d else s)
        logit = W @ feature + bias_row
        assert np.allclose(S.sum(axis=0) + bias_row, logit, atol=1e-10)
        for c, label in enumerate(labels):
            if rows == 1:
                r, sign = 0, (1 if c == 1 else -1)
                prob = sigmoid(sign * logit[0])
            else:
                r, sign = c, 1
                prob = np.exp(logit[c] - logit.max())
                prob /= np.exp(logit - logit.max()).sum()
            for t in range(T):
                lines.append((spec["name"], doc, label, "word", t + 1, prob,
                              sign * S[t, r]))
            lines.append((spec["name"], doc, label, "bias", "_", prob,
                          sign * bias_row[r]))
            lines.append((spec["name"], doc, label, "logit", "_", prob,
                          sign * logit[r]))


def main():
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    lines = []
    for spec in specs():
        make(spec, rng, lines)
    with open("expected.tsv", "w") as f:
        f.write("model\tdoc\tclass\tlevel\tfirst\tprob\tscore\n")
        for line in lines:
            f.write("\t".join(v if isinstance(v, str) else "%d" % v
                              if isinstance(v, int) else "%.10g" % v
                              for v in line) + "\n")
    with open("docs.tok", "w") as f:
        for doc, words in DOCS:
            f.write("# sent_id = %s\n" % doc)
            for t, w in enumerate(words):
                f.write("%d\t%s%s\n" % (t + 1, w, "\t_" * 8))
            f.write("\n")


main()
