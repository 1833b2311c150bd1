#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""compare_lime.py: compare reat-lime with the lime library on SST-2.

    python3 compare_lime.py DATA [TEXTS [SAMPLES [MODEL [FILE]]]]

from the root of the repository.

DATA is the folder with sst2/test.tsv.  Both explain the first TEXTS (50) texts
of 5 words or more with SAMPLES (50,000) samples each, drawn independently.  It
prints Spearman's correlation of the words' scores, and in how many texts the
word with the largest score is the same; and the same for two seeds of
reat-lime, which shows the effect of chance.  README has the printed table.
FILE gets the library's scores: text (the number of its line in test.tsv), word,
score.
"""
import json
import os
import subprocess
import sys

import lime.lime_text
import numpy as np
import torch
from safetensors.torch import load_file
from scipy.stats import spearmanr

torch.set_num_threads(1)
DATA = sys.argv[1]
TEXTS = int(sys.argv[2]) if len(sys.argv) > 2 else 50
SAMPLES = int(sys.argv[3]) if len(sys.argv) > 3 else 50000
MODEL = sys.argv[4] if len(sys.argv) > 4 else "sst2-gru"
FILE = sys.argv[5] if len(sys.argv) > 5 else None
BIN = os.environ.get("REAT_BUILD", "build")
SHARE = "share/models/"


class Model:
    def __init__(self):
        state = {k: v.float() for f in (
            "sst5-words/embedding", MODEL + "/rnn")
            for k, v in load_file(SHARE + f + ".safetensors").items()}
        words = open(SHARE + "sst5-words/vocab.txt").read().split("\n")
        self.row = {w: i + 1 for i, w in enumerate(words) if w}
        E = state["embedding.weight"]
        self.E = torch.cat([torch.zeros(1, E.shape[1]), E])  # 0: unknown
        rnn = {k[4:]: v for k, v in state.items() if k.startswith("rnn.")}
        H = rnn["weight_hh_l0"].shape[1]
        self.both = "weight_hh_l0_reverse" in rnn
        kind = torch.nn.LSTM if "lstm" in MODEL else torch.nn.GRU
        self.rnn = kind(E.shape[1], H, bidirectional=self.both)
        self.rnn.load_state_dict(rnn)
        self.W, self.b = state["output.weight"], state["output.bias"]

    @torch.inference_mode()
    def probabilities(self, strings):
        ids = [[self.row.get(w.lower(), 0) for w in s.split()]
               for s in strings]
        p = np.zeros((len(ids), 2))
        for length in set(map(len, ids)):
            at = [i for i, v in enumerate(ids) if len(v) == length]
            h = torch.zeros(1, self.W.shape[1])
            if length > 0:
                h = self.rnn(self.E[torch.tensor([ids[i] for i in at]).T])[1]
                h = h[0] if isinstance(h, tuple) else h
                h = torch.cat(tuple(h), 1)
            p[at] = torch.softmax(h @ self.W.T + self.b, 1).numpy()
        return p


def ours(texts, seed):
    tok = subprocess.run([f"{BIN}/reat-tokenize", "-r", "split"],
                         input="".join(t + "\n" for t in texts), text=True,
                         check=True, capture_output=True).stdout
    out = subprocess.run(
        [f"{BIN}/reat-lime", "-H", "-l", "word", "-c", "positive", "-m",
         MODEL, "-n", str(SAMPLES), "-s", str(seed)], input=tok, text=True, check=True,
        capture_output=True).stdout
    scores = {}
    for r in (line.split("\t") for line in out.splitlines()):
        if r[2] == "word":
            scores.setdefault(int(r[0]), []).append(float(r[9]))
    return [scores[i + 1] for i in range(len(texts))]


def compare(A, B):
    rho = [spearmanr(a, b)[0] for a, b in zip(A, B)]
    top = [np.argmax(np.abs(a)) == np.argmax(np.abs(b)) for a, b in zip(A, B)]
    return dict(mean=round(float(np.mean(rho)), 4),
                median=round(float(np.median(rho)), 4),
                least=round(float(np.min(rho)), 4),
                below_098=int(np.sum(np.array(rho) < 0.98)),
                same_top_word=int(np.sum(top)))


def main():
    texts = [line.split("\t")[0] for line in open(DATA + "/sst2/test.tsv")]
    number = [i for i, t in enumerate(texts) if len(t.split()) >= 5][:TEXTS]
    texts = [texts[i] for i in number]
    model = Model()
    theirs = []
    for i, text in enumerate(texts):
        explainer = lime.lime_text.LimeTextExplainer(
            bow=False, mask_string="", split_expression=r"\s+",
            random_state=i)
        T = len(text.split())
        found = dict(explainer.explain_instance(
            text, model.probabilities, labels=(1,), num_features=T,
            num_samples=SAMPLES).local_exp[1])
        theirs.append([found[t] for t in range(T)])
    if FILE:
        with open(FILE, "w") as f:
            for i, scores in zip(number, theirs):
                for t, score in enumerate(scores):
                    f.write(f"{i + 1}\t{t + 1}\t{score:.6g}\n")
    S, again = ours(texts, 1), ours(texts, 2)
    print(json.dumps(dict(model=MODEL, texts=len(texts), samples=SAMPLES,
                          library=compare(S, theirs),
                          two_seeds=compare(S, again))))


main()
