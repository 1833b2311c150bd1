#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""from_onnx.py MODEL.onnx FOLDER -v VOCABULARY: write an ONNX classifier as a
model of REAT: weights.safetensors, vocab.txt, model.yaml, and logits.tsv for
reat-model check -g, some texts with the logits that onnxruntime gives.

The model has one input, the rows of a text's words, and one output.  It is a
Gather from the embedding; GRU, LSTM or RNN; pooling; and a head of linear
layers, norms and activations.  What stands between these is not read: texts
are run, and the numbers that the head reads must be the last states, the end,
the mean or the maximum or attention, or several of them.  Anything else is refused.
VOCABULARY has a word a line.  Texts have no padding.

Needs onnx, onnxruntime, numpy and safetensors.
"""
import numpy as np

import folder
import onnx_pooling
from folder import fail
from hard_gates import harden
from onnx_graph import RECURRENT, Graph, attributes, fits, head_of

GATES = {"GRU": (1, 0, 2), "LSTM": (0, 2, 3, 1), "RNN": (0,)}
KNOWN = set(RECURRENT) | set(
    "Gather Transpose Reshape Squeeze Unsqueeze Slice Shape Concat Gemm Mul "
    "ConstantOfShape Expand Add".split())
DEFAULTS = {"GRU": ["sigmoid", "tanh"], "LSTM": ["sigmoid", "tanh", "tanh"]}


def recurrent(node, number, runs, below, tensors):
    """Add a layer's tensors; below are the vectors it must read in each run.
    Returns its cell, directions and states [T][directions][H]."""
    kind, given, values = node.op_type, attributes(node), runs[0]
    slots = dict(zip(("X", "W", "R", "B", "lens", "h", "c", "P"), node.input))
    both = given.get("direction", b"forward") == b"bidirectional"
    names = [f.decode().lower() for f in given.get("activations", [])] or \
        DEFAULTS.get(kind, ["tanh"]) * (1 + both)
    one = names[:len(names) // (1 + both)]
    hard = one[:1] == ["hardsigmoid"] and kind in DEFAULTS
    given.setdefault("activation_alpha", [0.2] * (1 + both))
    given.setdefault("activation_beta", [0.5] * (1 + both))
    if one[hard:] != DEFAULTS.get(kind, one)[hard:] or one * (1 + both) != names or \
            kind == "RNN" and one[0] not in ("relu", "tanh"):
        fail("%s with the activations %s" % (kind, ", ".join(names)))
    if hard and any(len(given["activation_" + k]) != 1 + both
                    for k in ("alpha", "beta")):
        fail("%s with activation_alpha or _beta for other activations" % kind)
    bad = [k for k in ("clip", "layout", "input_forget") if given.get(k)] + \
        (["peepholes"] if slots.get("P") else [])
    if bad or given.get("direction") == b"reverse":
        fail("%s with %s" % (kind, ", ".join(bad) or "direction reverse"))
    cell = {"GRU": "gru" if given.get("linear_before_reset") else "gru-before",
            "LSTM": "lstm", "RNN": "rnn-" + one[0]}[kind] + "-hard" * hard
    for r, x in zip(runs, below):
        if not fits(r[slots["X"]], x):
            fail("layer %d (%s) does not read the %s alone" % (
                number, kind, "layer below" if number else "embedding"))
        if any(np.any(r[slots[k]]) for k in "hc" if slots.get(k)) or \
                slots.get("lens") and np.any(r[slots["lens"]] != len(x)):
            fail("%s with a first state or a length of its own" % kind)
    for d in range(1 + both):
        W, R = values[slots["W"]][d], values[slots["R"]][d]
        B = [("bias_ih", b) for b in np.split(values[slots["B"]][d], 2)] \
            if slots.get("B") else []
        if B and cell.startswith("gru-before"):
            B = [("bias_ih", B[0][1] + B[1][1])]
        elif B:
            B[1] = ("bias_hh", B[1][1])
        for key, array in [("weight_ih", W), ("weight_hh", R)] + B:
            parts = np.split(array, len(GATES[kind]))
            tensors["rnn.%s_l%d%s" % (key, number, "_reverse" * d)] = \
                np.concatenate([parts[k] for k in GATES[kind]])
        if hard:
            harden(tensors, "_l%d%s" % (number, "_reverse" * d),
                   given["activation_alpha"][d], given["activation_beta"][d])
    return cell, 1 + both, [r[node.output[0]][:, :, 0] for r in runs]


def main():
    a = folder.arguments(__doc__, required=True)
    words = folder.read_words(a.vocabulary)
    try:
        g = Graph(a.model)
    except Exception as error:
        fail("%s: %s" % (a.model, (str(error) or "no graph").splitlines()[0]))
    layers = [n for n in g.graph.node if n.op_type in GATES and
              g.reads.intersection(n.input)]
    rows = [n.input[0] for n in g.graph.node if n.op_type == "Gather" and
            n.input[0] in g.constants and g.constants[n.input[0]].ndim == 2]
    if not layers or len(rows) != 1:
        fail("%d GRU, LSTM and RNN, %d embeddings; expected one or more, and "
             "one (Keras's export writes the steps of a layer out as other "
             "nodes: give the .keras file to from_keras.py)" % (
                 len(layers), len(rows)))
    E = g.constants[rows[0]]
    rows = min(len(words), len(E))
    texts = [[(7 * n + 5 * i) % rows for i in range(n)]
             for n in (5, 2, 9)]
    runs = [g.run(ids) for ids in texts]
    if runs[0][layers[0].input[0]].shape[0] != len(texts[0]):
        g.columns = True
        runs = [g.run(ids) for ids in texts]
    layers_of, tensors = [], {"embedding.weight": E}
    below = [E[ids][:, None] for ids in texts]
    for number, node in enumerate(layers):
        cell, both, states = recurrent(node, number, runs, below, tensors)
        below = [s.reshape(len(s), 1, -1) for s in states]
        layers_of.append((cell, both))
    if len(set(layers_of)) != 1:
        fail("layers of different kinds: %s" % layers_of)
    head, read, logits = head_of(g, runs[0], g.output, folder.Head())
    kinds, weights = onnx_pooling.find(g, runs, states, read)
    if kinds is None or len(set(kinds)) < len(kinds):
        between = sorted({n.op_type for n in g.graph.node
                          if g.reads.intersection(n.input)} - KNOWN)
        fail("what the head reads is not the last states, the end, the mean, "
             "the maximum or attention, each once: it is made by %s; nodes "
             "that are not read: %s" % (g.made[read].op_type,
                                        ", ".join(between) or "none"))
    network = {"cell": cell, "layers": len(layers), "bidirectional": both == 2,
               "pooling": "+".join(kinds)}
    if weights is not None:
        network["attention"], more = onnx_pooling.attention(
            g, runs, states, weights)
        tensors.update(more)
    folder.write(a.folder, words, network, head, tensors,
                 lambda ids: g.run(ids)[logits].ravel())


if __name__ == "__main__":
    main()
