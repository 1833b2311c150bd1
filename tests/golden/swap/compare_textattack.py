#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""compare_textattack.py DATA TEXTS VECTORS: reat-swap beside TextAttack.

    python3 compare_textattack.py ../../../../shared/data/sst2/test.tsv 50 v.txt

attacks the first TEXTS sentences of DATA of two and more words, all of letters
(others TextAttack's tokenizer does not keep), by TextAttack's search methods and by reat-swap
(in PATH), with sst2-gru, in PyTorch and in REAT.  The candidates of both are the
neighbours in VECTORS that reat-swap -G finds at the cosine 0.7, 10 a word; the
words that keep their place are those of reat-swap.  TextAttack's recipes differ
from this by their constraints, which need downloads.

It compares, text by text, success, queries and the changed text, and prints the
CPU time of both, with one thread.  TextFooler's choice among several that flip
needs the sentence encoder: without it TextAttack takes the one with the lowest
probability, and reat-swap the nearest; so there only success and queries are
compared.
"""
import os
import resource
import subprocess
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
import torch
import textattack
from safetensors.torch import load_file
from textattack import Attack
from textattack.constraints.pre_transformation import (RepeatModification,
                                                       StopwordModification)
from textattack.goal_functions import UntargetedClassification
from textattack.models.wrappers import ModelWrapper
from textattack.search_methods import BeamSearch, GreedyWordSwapWIR
from textattack.transformations import WordSwap

torch.set_num_threads(1)
share = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                     "../../../share/models/")
data, texts, vectors = sys.argv[1], int(sys.argv[2]), sys.argv[3]
sentences = [s for s in (line.split("\t")[0] for line in open(data))
             if all(w.isascii() and w.isalpha() and w.islower()
                    for w in s.split(" ")) and " " in s][:texts]


class Wrapper(ModelWrapper):
    def __init__(self):
        state = {**load_file(share + "sst5-words/embedding.safetensors"),
                 **load_file(share + "sst2-gru/rnn.safetensors")}
        state = {k: v.float() for k, v in state.items()}
        words = open(share + "sst5-words/vocab.txt").read().split("\n")
        self.id = {w: i for i, w in enumerate(words)}
        E = state["embedding.weight"]
        self.embedding = torch.nn.Embedding.from_pretrained(E)
        self.rnn = torch.nn.GRU(E.shape[1],
                                state["rnn.weight_hh_l0"].shape[1])
        self.rnn.load_state_dict({k[4:]: v for k, v in state.items()
                                  if k.startswith("rnn.")})
        self.out = [v for k, v in sorted(state.items())
                    if not k.startswith(("rnn.", "embedding."))]
        self.model = self.rnn

    @torch.no_grad()
    def __call__(self, batch):
        ids = [[self.id.get(w.lower(), self.id["<unk>"])
                for w in text.split()] for text in batch]
        x = torch.nn.utils.rnn.pack_sequence(
            [self.embedding(torch.tensor(i, dtype=torch.long)) for i in ids],
            enforce_sorted=False)
        bias, weight = sorted(self.out, key=lambda v: v.dim())
        return torch.softmax(self.rnn(x)[1][0] @ weight.T + bias, 1)


class Listed(WordSwap):
    def __init__(self, lists):
        super().__init__()
        self.lists = lists

    def _get_replacement_words(self, word):
        return self.lists.get(word, [])


def swap(method, *options):
    """reat-swap's rows, and its CPU time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    rows = subprocess.run(["reat-swap", "-q", "-H", "-t", "tsv", "-a", method,
        "-m", "sst2-gru", *options, "texts.tok"], check=True, text=True,
        capture_output=True).stdout.splitlines()
    return [r.split("\t") for r in rows], \
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


with open("texts.tok", "w") as f:
    for i, s in enumerate(sentences):
        print(f"# sent_id = {i}\n# text = {s}", file=f)
        for t, w in enumerate(s.split(" ")):
            print(t + 1, w, *"________", sep="\t", file=f)
        print(file=f)

# the neighbours, computed here once more
rows = [line.rstrip().split(" ") for line in open(vectors)]
rows = [r for r in rows if len(r) > 2]
names = [r[0] for r in rows]
V = torch.nn.functional.normalize(torch.tensor(
    [[float(x) for x in r[1:]] for r in rows], dtype=torch.float64), dim=1)
number = {w: i for i, w in enumerate(names)}
lists = {}
for w in {w for s in sentences for w in s.split(" ")} & number.keys():
    cosine = V @ V[number[w]]
    best = cosine.topk(11)
    lists[w] = [names[i] for c, i in zip(*best) if i != number[w] and
                c >= 0.7 and names[i].isascii() and names[i].isalpha()][:10]
with open("lists.tsv", "w") as f:
    for w, l in sorted(lists.items()):
        for v in l:
            print(w, v, sep="\t", file=f)

# the words that are not replaced: those without candidates in reat-swap
source = open(os.path.join(os.path.dirname(share), "../../lib/explain/"
                           "stop_words.c")).read()
stop = {w.strip('\n\t "') for w in
        source[source.index("{") + 1:source.index("}")].split(",")}

print("attack", "texts", "success", "queries", "text", "TextAttack",
      "reat-swap", "times", sep="\t")
for name, method, content in [
        ("pwws-textattack", GreedyWordSwapWIR("weighted-saliency"), True),
        ("textfooler", GreedyWordSwapWIR("delete"), True),
        ("beam-swap", BeamSearch(8), False)]:
    wrapper = Wrapper()
    attack = Attack(UntargetedClassification(wrapper, use_cache=False),
        [RepeatModification()] + ([StopwordModification(stopwords=stop)]
                                  if content else []), Listed(lists), method)
    labels = wrapper(sentences).argmax(1).tolist()
    start = time.process_time()
    theirs = []
    for s, label in zip(sentences, labels):
        r = attack.attack(s, label)
        theirs.append(("yes" if "Successful" in type(r).__name__ else "no",
                       str(r.num_queries), r.perturbed_result.attacked_text.text))
    spent = time.process_time() - start
    ours, own = swap(name, "-r", "./lists.tsv")
    # textfooler is asked for the deletion of function words, too: the authors'
    more = [sum(w in stop for w in s.split(" ")) * (name == "textfooler")
            for s in sentences]
    ours = [(r[9], str(int(r[12]) - n), r[15]) for r, n in zip(ours, more)]
    same = [sum(a[k] == b[k] for a, b in zip(ours, theirs)) for k in range(3)]
    for a, b, s in zip(ours, theirs, sentences):
        if a[:2] != b[:2] or (a[2] != b[2] and name != "textfooler"):
            print("#", s, a, b, file=sys.stderr)
    print(name, len(sentences), *same, f"{spent:.2f} s", f"{own:.2f} s",
          f"{spent / own:.0f}", sep="\t")
