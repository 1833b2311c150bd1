#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""models.py: measures of gradient times input on the models of ../rivals/make.py.

    python3 models.py        (in this folder; writes models.tok, variants-of.tok
                              and models.tsv)

The scores are those of Captum's InputXGradient for the logit of the predicted
class, infidelity is Captum's with ten variants of each text without random
words, and the others are their equations with PyTorch: the top 10, 20 and 50 %
of the words are removed, or for sufficiency all others.  All is in float64.

A line has the model, measure, at, and the mean over the eight texts, as rows of
reat-eval have them.  models.sh computes the same by REAT.

Versions: Python 3.11.7, torch 2.13.0+cpu, captum 0.9.0, numpy 2.4.6, seed 23.
"""
import importlib.util
import math
import warnings

import numpy as np
import torch
from captum.attr import InputXGradient
from captum.metrics import infidelity

warnings.filterwarnings("ignore")
spec = importlib.util.spec_from_file_location("rivals", "../rivals/make.py")
rivals = importlib.util.module_from_spec(spec)
spec.loader.exec_module(rivals)

SHARES = 10, 20, 50
rng = np.random.default_rng(23)
TEXTS = [["w%d" % i for i in rng.integers(1, 12, T)]
         for T in (2, 3, 4, 5, 6, 7, 9, 11)]
LOST = [rng.random((10, len(words))) < .4 for words in TEXTS]


def tok(file, texts):
    with open(file, "w") as f:
        for doc, words in texts:
            print(f"# sent_id = {doc}", file=f)
            for t, w in enumerate(words):
                print(t + 1, w, *"________", sep="\t", file=f)
            print(file=f)


def measures(model, words, lost):
    """(measure, at): value, of a text."""
    x = model.embed(words).unsqueeze(0)
    T = len(words)
    z = model.outputs(x)[0]
    c = int(z.argmax())
    label = model.labels[c]
    logit, probability = model.target(label), model.target("y:" + label)
    scores = InputXGradient(logit).attribute(x)[0].sum(1).detach().numpy()

    def kept(f, keep):
        with torch.no_grad():
            return f(x[:, np.flatnonzero(keep)]).item()

    def predicted(keep):
        with torch.no_grad():
            return int(model.outputs(x[:, np.flatnonzero(keep)])[0].argmax())

    every = np.ones(T)
    p, fraction, values = kept(probability, every), 1, {}
    order = sorted(range(T), key=lambda t: (-scores[t], t))
    for share in reversed(SHARES):
        top = order[:math.ceil(share / 100 * T - 1e-9)]
        without, only = np.ones(T), np.zeros(T)
        without[top], only[top] = 0, 1
        q = kept(probability, without)
        if predicted(without) != c:
            fraction = share / 100
        for measure, value in (
                ("comprehensiveness", p - q),
                ("sufficiency", p - kept(probability, only)),
                ("log-odds", math.log(p / (1 - p)) - math.log(q / (1 - q))),
                ("log-probability", math.log(p) - math.log(q))):
            values.setdefault((measure, "aopc"), []).append(value)
    values["flip", "fraction"] = [fraction]
    forward = lambda rows: torch.tensor([kept(logit, row)
                                         for row in rows.numpy()])
    gone = torch.tensor(lost, dtype=torch.float64)
    for at in "_", "scaled":
        values["infidelity", at] = [infidelity(
            forward, lambda v: (gone, v - gone),
            torch.ones(1, T, dtype=torch.float64),
            torch.tensor(scores[None]), n_perturb_samples=len(lost),
            normalize=at == "scaled").item()]
    return {key: np.mean(v) for key, v in values.items()}


def main():
    torch.set_num_threads(1)
    tok("models.tok", enumerate(TEXTS))
    variants = []
    for doc, (words, lost) in enumerate(zip(TEXTS, LOST)):
        variants.append((doc, words))
        for k, row in enumerate(lost):
            ids = ",".join(str(t + 1) for t in np.flatnonzero(row))
            variants.append((f"{doc}~{k + 1}~{ids}",
                             [w for w, gone in zip(words, row) if not gone]))
    tok("variants-of.tok", variants)
    with open("models.tsv", "w") as out:
        for name in rivals.MODELS:
            model = rivals.Model(name)
            all = [measures(model, words, lost)
                   for words, lost in zip(TEXTS, LOST)]
            for measure, at in all[0]:
                print(name, measure, at, "%.9g" % np.mean(
                    [v[measure, at] for v in all]), sep="\t", file=out)


main()
