# SPDX-License-Identifier: ISC
"""keras_layers.py: what from_keras.py knows of layers: the tensors of the
recurrent ones, and the modules of a head.

Needs keras, h5py and numpy.
"""
import json
import zipfile

import h5py
import keras
import numpy as np

from folder import fail
from hard_gates import harden

WEIGHTS = ("kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance")


def gates(layer, array):
    """[gates H, ...]: z r n of a GRU -> r z n; an LSTM's stay i f g o."""
    if type(layer).__name__ == "GRU":
        array = np.concatenate([np.split(array, 3)[k] for k in (1, 0, 2)])
    return array


def of_keras_2(path):
    """hard_sigmoid was 0.2 x + 0.5 then; Keras 3 runs old files with x / 6."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as f:
            return json.loads(f.read("metadata.json"))["keras_version"] < "3"
    with h5py.File(path) as f:
        return str(f.attrs.get("keras_version", "")) < "3"


def hard_sigmoid_2(x):
    return keras.ops.clip(0.2 * x + 0.5, 0, 1)


def direction(layer, end, tensors, old):
    kind = type(layer).__name__
    names = [getattr(layer, key).__name__ for key in (
        "activation", "recurrent_activation") if hasattr(layer, key)]
    if names not in [["tanh", "sigmoid"], ["tanh", "hard_sigmoid"], ["tanh"],
                     ["relu"]]:
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
    if names[1:] == ["hard_sigmoid"]:
        kind += "-hard"
        if old:
            harden(tensors, end, 0.2)
            layer.cell.recurrent_activation = hard_sigmoid_2
    return kind.lower()


def recurrent(layer, number, tensors, old):
    """Returns the cell, the directions and whether it returns sequences."""
    both = type(layer).__name__ == "Bidirectional"
    cells = [layer.forward_layer, layer.backward_layer] if both else [layer]
    if both and layer.merge_mode != "concat":
        fail("%s: merge_mode is not concat" % layer.name)
    if [c.go_backwards for c in cells] != [False, True][:len(cells)]:
        fail("%s: go_backwards" % layer.name)
    for cell, end in zip(cells, ("", "_reverse")):
        name = direction(cell, "_l%d%s" % (number, end), tensors, old)
    return name, len(cells), cells[0].return_sequences


def activation(f):
    name = getattr(f, "__name__", type(f).__name__)
    slope = getattr(f, "negative_slope", 0.2)   # of the function leaky_relu
    if name == "LeakyReLU" and abs(slope - .01) < 1e-9:
        return "leaky-relu"
    return name + (" of slope %g" % slope if "eaky" in name else "")


def add(head, layer):
    """Returns whether the layer has a place in a head."""
    kind, f = type(layer).__name__, getattr(layer, "activation", None)
    found = [getattr(layer, name, None) for name in WEIGHTS]
    kernel, bias, gamma, beta, mean, variance = [
        None if w is None else keras.ops.convert_to_numpy(w) for w in found]
    if kind == "Dense":
        head.module(weight=kernel.T, bias=bias)
    elif kind in ("BatchNormalization", "LayerNormalization") and \
            layer.axis in (-1, 1, [-1], [1]) and len(layer.input.shape) == 2:
        head.norm(layer.epsilon, gamma, beta, layer.input.shape[1],
                  running_mean=mean, running_var=variance)
    elif kind == "LeakyReLU":
        f = layer
    elif kind != "Activation":
        return False
    if f is not None and f is not keras.activations.linear:
        head.activation(activation(f))
    return True
