# SPDX-License-Identifier: ISC
"""folder.py: what the converters beside it share: words, the modules of a
head, and the folder of a model.

Needs numpy and safetensors.
"""
import argparse
import json
import os
import sys

import numpy as np
from safetensors.numpy import save_file

ACTIVATIONS = ("relu", "tanh", "gelu", "sigmoid", "silu", "elu", "leaky-relu")


def fail(message):
    sys.exit("%s: %s" % (os.path.basename(sys.argv[0]), message))


def arguments(usage, with_words=True, required=False):
    """Those of usage, a program's docstring: model, folder, and -v."""
    p = argparse.ArgumentParser(description=usage.split("\n\n")[0])
    p.add_argument("model")
    p.add_argument("folder")
    if with_words:
        p.add_argument("-v", "--vocabulary", required=required)
    return p.parse_args()


def read_words(path):
    """A file of words, one a line, or JSON: a list, or a map to rows."""
    with open(path, encoding="utf-8") as f:
        text = f.read()
    try:
        found = json.loads(text) if text.lstrip()[:1] in "[{" else None
    except ValueError:
        found = None
    if found is None or isinstance(found, str):
        return text.splitlines()
    return in_order(found, path) if isinstance(found, dict) else found


def in_order(rows, path):
    if sorted(rows.values()) != list(range(len(rows))):
        fail("%s: the rows are not 0 to %d, each once" % (path, len(rows) - 1))
    return sorted(rows, key=rows.get)


def write_words(folder, words):
    for word in words:
        if not isinstance(word, str) or "\n" in word:
            fail("word %r cannot be a line of vocab.txt" % (word,))
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "vocab.txt"), "w", encoding="utf-8",
              newline="\n") as f:
        f.writelines(word + "\n" for word in words)


class Head:
    """What stands between pooling and the logits, in order; or between a
    word's state and its weight in attention."""

    def __init__(self, prefix="head"):
        self.modules, self.tensors, self.epsilon = [], {}, None
        self.prefix = prefix

    def activation(self, name):
        if name not in ACTIVATIONS + ("softmax",):
            fail("activation %s has no place in a head, only %s" %
                 (name, ", ".join(ACTIVATIONS)))
        self.modules.append(name)

    def module(self, **tensors):
        name = "%s.%d" % (self.prefix, len(self.modules))
        self.modules.append(name)
        self.tensors.update(("%s.%s" % (name, key), array) for key, array in
                            tensors.items() if array is not None)

    def norm(self, epsilon, weight, bias, like, **tensors):
        if self.epsilon not in (None, epsilon):
            fail("norms with the epsilons %g and %g, expected one for all" %
                 (self.epsilon, epsilon))
        self.epsilon = epsilon
        self.module(weight=np.ones(like) if weight is None else weight,
                    bias=np.zeros(like) if bias is None else bias, **tensors)

    def output(self):
        """Name the last module output; returns rows and multilabel."""
        end = self.modules.pop() if self.modules[-1:] in (
            ["softmax"], ["sigmoid"]) else None
        last = self.modules.pop() if self.modules else "nothing"
        weight = self.tensors.get(last + ".weight")
        if weight is None or weight.ndim != 2 or "softmax" in self.modules:
            fail("the logits are made by %s, expected a linear layer, then "
                 "softmax, sigmoid or nothing" % last)
        for key in ("weight", "bias"):
            if last + "." + key in self.tensors:
                self.tensors["output." + key] = self.tensors.pop(
                    last + "." + key)
        if end == "softmax" and len(weight) == 1:
            fail("softmax of one output")
        return len(weight), end == "sigmoid" and len(weight) > 1


def write(folder, words, network, head, tensors, logits):
    """network has cell, layers, bidirectional and pooling; logits(ids) returns
    those of a text of words."""
    rows, several = head.output()
    tensors = dict(tensors, **head.tensors)
    if words is None or len(words) > len(tensors["embedding.weight"]):
        fail("no vocabulary (-v), or more words than rows of the embedding")
    yaml = dict({"reat": 1}, **network)
    if head.modules:
        yaml["head"] = head.modules
    if head.epsilon not in (None, 1e-5):
        yaml["epsilon"] = head.epsilon
    yaml["labels"] = ["class%d" % i for i in range(max(rows, 2))]
    if several:
        yaml["multilabel"] = True
    yaml["vocabulary"] = "vocab.txt"
    yaml["weights"] = ["weights.safetensors"]
    unknown = [w for w in ("<unk>", "[UNK]") if w in words][:1]
    yaml.update({"unknown": w for w in unknown})
    yaml["lowercase"] = all(w == w.lower() for w in words
                            if w[:1] not in ("<", "["))
    write_words(folder, words)
    save_file({k: np.ascontiguousarray(v, dtype=np.float32)
               for k, v in tensors.items()},
              os.path.join(folder, "weights.safetensors"))
    with open(os.path.join(folder, "model.yaml"), "w", encoding="utf-8") as f:
        f.writelines("%s: %s\n" % (k, json.dumps(v)) for k, v in yaml.items())
    usable = [i for i, w in enumerate(words) if w and " " not in w]
    with open(os.path.join(folder, "logits.tsv"), "w", encoding="utf-8") as f:
        for n in (1, 3, 8):
            ids = [usable[(7 * n + 5 * i) % len(usable)] for i in range(n)]
            f.write("\t".join([" ".join(words[i] for i in ids)] + [
                "%.9g" % v for v in logits(ids)]) + "\n")
