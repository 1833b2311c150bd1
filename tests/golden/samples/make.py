#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""make.py: compute smoothgrad, smoothnorm and expected on the models of
../engine.

    python3 make.py        (in this folder; writes expected.tsv)

expected is no sample here: it is the mean, over the texts of background.tok, of
Captum's IntegratedGradients with that text as the baseline, 4,000 steps of the
midpoint rule: with max pooling the gradient jumps, and few nodes would miss it.
smoothgrad and smoothnorm are means over 20,000 samples of PyTorch's own
random numbers, seed 1, as reat-grad -n 20000 draws others; a line has six
standard errors of their difference.  lstm-saturated is left out: a few
points have nearly all of its gradient; so are the plain RNNs, whose gradients
../rivals has.  All is in float64, on the texts "three"
and "ten" of ../engine/docs.tok.

A line has the model, method, target, document, word (or "bias"), score and
tolerance.

Versions: Python 3.11.7, torch 2.13.0+cpu, captum 0.9.0, numpy 2.4.6.
"""
import itertools
import math
import sys

import torch
from captum.attr import IntegratedGradients

sys.path.insert(0, "../rivals")
sys.dont_write_bytecode = True
from make import MODELS, Model, documents

SAMPLES, NOISE, NODES = 20000, .15, 4000


def background():
    for block in open("background.tok").read().strip().split("\n\n"):
        yield [line.split("\t")[1] for line in block.split("\n")[1:]]


def fit(b, T):
    zero = torch.zeros(max(0, T - len(b)), b.shape[1]).double()
    return torch.cat([b[:T], zero])


def expected(model, f, x):
    scores, bias = torch.zeros(len(x)).double(), 0
    texts = [fit(model.embed(words), len(x)) for words in background()]
    for b in texts:
        ig = IntegratedGradients(f).attribute(
            x.unsqueeze(0), baselines=b.unsqueeze(0), n_steps=NODES,
            method="riemann_middle")[0]
        scores += ig.sum(1) / len(texts)
        bias += f(b.unsqueeze(0)).item() / len(texts)
    return [*scores.tolist(), bias]


def smooth(f, x):
    """Means of the scores, and six standard errors of a difference of two."""
    deviation = NOISE * (x.max() - x.min())
    noisy = x + deviation * torch.randn(SAMPLES, *x.shape).double()
    noisy.requires_grad_()
    g = torch.autograd.grad(f(noisy).sum(), noisy)[0]
    six = 6 * math.sqrt(2 / SAMPLES)
    dots = (g * x).sum(2)
    mean = g.mean(0)
    length = mean.norm(dim=1)
    along = (g * (mean / length.clamp_min(1e-30).unsqueeze(1))).sum(2)
    # the length of a mean is biased by the variance across it
    across = g.var(0).sum(1) / SAMPLES / length.clamp_min(1e-30)
    return ((dots.mean(0), six * dots.std(0)),
            (length, six * along.std(0) + across))


def main():
    torch.manual_seed(1)
    with open("expected.tsv", "w") as out:
        for name, (doc, words) in itertools.product(MODELS, documents()):
            if name == "lstm-saturated" or "rnn" in name:
                continue
            model = Model(name)
            x = model.embed(words)
            for target in (("c3", "y:c4:c1") if name == "lstm-six"
                           else ("c1", "y:c1")):
                f = model.target(target)
                row = lambda method, where, v, tol: out.write(
                    "%s\t%s\t%s\t%s\t%s\t%.7g\t%.2g\n" %
                    (name, method, target, doc, where, v, tol))
                values = expected(model, f, x)
                for t, v in enumerate(values):
                    row("expected", t + 1 if t < len(x) else "bias", v,
                        2e-4 * (1 + max(map(abs, values))))
                for method, (v, tol) in zip(("smoothgrad", "smoothnorm"),
                                            smooth(f, x)):
                    for t in range(len(x)):
                        row(method, t + 1, v[t].item(),
                            tol[t].item() + 1e-6)


main()
