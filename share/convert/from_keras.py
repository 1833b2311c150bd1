#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""from_keras.py MODEL.keras FOLDER [-v VOCABULARY]: write a Keras classifier
as a model of REAT: weights.safetensors, vocab.txt, model.yaml, and logits.tsv
for reat-model check -g, some texts with the logits that Keras gives.

The model is a stack of Embedding, GRU, LSTM or SimpleRNN, each perhaps in
Bidirectional, a global average or maximum over the words or none, and Dense
with softmax or sigmoid.  Dropout is left out; anything else is refused.
VOCABULARY has a word a line; a TextVectorization layer at the beginning has
its own.  Texts have no padding.

Needs keras and safetensors.
"""
import argparse
import json
import os
import sys

import keras
import numpy as np
from safetensors.numpy import save_file

RECURRENT = "GRU, LSTM or SimpleRNN"
POOLINGS = {"GlobalAveragePooling1D": "mean", "GlobalMaxPooling1D": "max"}


def fail(message):
    sys.exit("from_keras.py: " + message)


def gates(layer, array):
    """[gates H, ...]: z r n of a GRU -> r z n; an LSTM's stay i f g o."""
    if type(layer).__name__ == "GRU":
        array = np.concatenate([np.split(array, 3)[k] for k in (1, 0, 2)])
    return array


def direction(layer, end, tensors):
    kind = type(layer).__name__
    names = [getattr(layer, key).__name__ for key in (
        "activation", "recurrent_activation") if hasattr(layer, key)]
    if names not in [["tanh", "sigmoid"], ["tanh"], ["relu"]]:
        fail("%s: a %s with %s" % (layer.name, kind, " and ".join(names)))
    if kind == "SimpleRNN":
        kind = "rnn-" + names[0]
    elif kind == "GRU" and not layer.reset_after:
        kind = "gru-before"
    kernel, recurrent, *bias = [np.array(w) for w in layer.get_weights()]
    bias = list(bias[0]) if bias and kind == "GRU" else bias
    for key, array in zip(("weight_ih", "weight_hh", "bias_ih", "bias_hh"),
                          (kernel.T, recurrent.T, *bias)):
        tensors["rnn.%s%s" % (key, end)] = gates(layer, array)
    return kind.lower()


def recurrent(layer, number, tensors):
    """Returns the cell, the directions and whether it returns sequences."""
    both = type(layer).__name__ == "Bidirectional"
    if both and layer.merge_mode != "concat":
        fail("%s: merge_mode is not concat" % layer.name)
    cells = [layer.forward_layer, layer.backward_layer] if both else [layer]
    if [c.go_backwards for c in cells] != [False, True][:len(cells)]:
        fail("%s: go_backwards" % layer.name)
    names = [direction(cell, "_l%d%s" % (number, end), tensors)
             for cell, end in zip(cells, ("", "_reverse"))]
    return names[0], len(cells), cells[0].return_sequences


def stack(model):
    tensors, kinds, pooling, known = {}, [], None, None
    for layer in model.layers:
        kind = type(layer).__name__
        if kind in ("InputLayer", "Dropout", "SpatialDropout1D"):
            pass
        elif kind == "TextVectorization" and not tensors:
            known = layer.get_vocabulary()
        elif kind == "Embedding" and not tensors:
            tensors["embedding.weight"] = np.array(layer.get_weights()[0])
        elif kind in RECURRENT + " Bidirectional" and pooling is None:
            kinds.append(recurrent(layer, len(kinds), tensors))
        elif kind in POOLINGS and kinds and pooling is None:
            pooling = POOLINGS[kind]
        elif kind == "Dense" and kinds and "output.weight" not in tensors:
            head = layer
            tensors["output.weight"] = np.array(layer.get_weights()[0]).T
            if layer.use_bias:
                tensors["output.bias"] = np.array(layer.get_weights()[1])
        else:
            fail("layer %s (%s) has no place in an Embedding, %s, a global "
                 "pooling, and one Dense" % (layer.name, kind, RECURRENT))
    if "output.weight" not in tensors or "embedding.weight" not in tensors:
        fail("no Embedding at the beginning, or no Dense at the end")
    if len({k[:2] for k in kinds}) != 1 or [k[2] for k in kinds] != \
            [True] * (len(kinds) - 1) + [pooling is not None]:
        fail("layers of different kinds, or sequences that are not pooled")
    rows, end = len(tensors["output.weight"]), head.activation.__name__
    if end != ("sigmoid" if rows == 1 else "softmax") and end != "linear":
        fail("%s: activation %s with %d outputs" % (head.name, end, rows))
    head.activation = None      # of the logits
    return kinds, pooling or "last", known, tensors


def write_logits(model, words, path):
    usable = [i for i, w in enumerate(words) if w and " " not in w]
    with open(path, "w", encoding="utf-8") as f:
        for n in (1, 3, 8):
            ids = [usable[(7 * n + 5 * i) % len(usable)] for i in range(n)]
            x = np.array([ids])
            for layer in model.layers:
                if layer.weights or "Pool" in type(layer).__name__:
                    x = layer(x)
            f.write("\t".join([" ".join(words[i] for i in ids)] + [
                "%.9g" % v for v in keras.ops.convert_to_numpy(x)[0]]) + "\n")


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    p.add_argument("model")
    p.add_argument("folder")
    p.add_argument("-v", "--vocabulary")
    a = p.parse_args()
    model = keras.models.load_model(a.model, compile=False)
    kinds, pooling, words, tensors = stack(model)
    if a.vocabulary is not None:
        with open(a.vocabulary, encoding="utf-8") as f:
            words = f.read().splitlines()
    if words is None or len(words) > len(tensors["embedding.weight"]):
        fail("no vocabulary (-v), or more words than rows of the embedding")
    os.makedirs(a.folder, exist_ok=True)
    os.chdir(a.folder)
    save_file({k: np.ascontiguousarray(v, dtype=np.float32)
               for k, v in tensors.items()}, "weights.safetensors")
    with open("vocab.txt", "w", encoding="utf-8", newline="\n") as f:
        f.writelines(word + "\n" for word in words)
    yaml = {"reat": 1, "cell": kinds[0][0], "layers": len(kinds),
            "bidirectional": kinds[0][1] == 2, "pooling": pooling,
            "labels": ["class%d" % i for i in range(max(
                len(tensors["output.weight"]), 2))],
            "vocabulary": "vocab.txt", "weights": ["weights.safetensors"],
            **({"unknown": "[UNK]"} if "[UNK]" in words else {})}
    yaml["lowercase"] = all(w == w.lower() for w in words if w != "[UNK]")
    with open("model.yaml", "w", encoding="utf-8") as f:
        f.writelines("%s: %s\n" % (k, json.dumps(v)) for k, v in yaml.items())
    write_logits(model, words, "logits.tsv")


if __name__ == "__main__":
    main()
