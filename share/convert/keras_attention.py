# SPDX-License-Identifier: ISC
"""keras_attention.py: pooling attention in a Keras network: a softmax over the
words, of numbers that layers make of the states, or of their products with the
last states.  What stands between is not read: texts are run, and a mean of the
states with these weights is looked for.

Needs keras, numpy, and what keras_layers.py needs.
"""
import keras
import numpy as np

from folder import Head
from keras_layers import add

GLUE = ("Reshape", "Flatten", "Dropout", "Permute")


def same(a, b):
    return all(x.size == y.size and np.allclose(
        x.ravel(), y.ravel(), 1e-4, 1e-5 * min(1, abs(y).max(initial=0)))
        for x, y in zip(a, b))


def softmax(x):
    e = np.exp(x - x.max())
    return e / e.sum()


def products(states, both, divisor):
    """The weights dot, for each text, with the last states of two directions
    as the query."""
    for y in states:
        H = y.shape[1] // 2
        last = np.r_[y[-1, :H], y[0, H:]] if both else y[-1]
        yield softmax(y @ last / divisor(y.shape[1]))


def modules(wires, values, states, name):
    """What makes the numbers of this name from a word's state, or None."""
    layers = []
    while not same(values[name], states):
        layer, given, _ = next(w for w in wires if w[2] == name)
        if type(layer).__name__ not in GLUE:
            layers.append(layer)
        if given not in values or len(layers) > 16:
            return None
        name = given
    head = Head("attention")
    return head if layers and all([add(head, layer) for layer in
                                   layers[::-1]]) else None


def leads(wires, states, to):
    """The tensors between the states and this one."""
    found, todo = set(), [to]
    while todo:
        name = todo.pop()
        found.add(name)
        for _, given, _ in (w for w in wires if w[2] == name):
            todo += [g for g in keras.tree.flatten(given)
                     if g not in found and g != states]
    return found


def find(model, wires, states, both):
    """Returns the tensor that is the mean of the states with the weights of
    attention, its setting and its tensors, and all tensors that lead to it; or
    None.  Tensors are named by id."""
    outputs = {id(t): t for op, _, _ in wires
               for t in keras.tree.flatten(op.output)}
    run = keras.Model(model.input, list(outputs.values()))
    runs = [run(np.array([[(7 * n + 5 * i) % 3 for i in range(n)]]))
            for n in (5, 2, 9)]
    values = {name: [keras.ops.convert_to_numpy(r[k])[0] for r in runs]
              for k, name in enumerate(outputs)}
    y = values[states]
    weights = [(name, values[given], given) for op, given, name in wires
               if "softmax" in (type(op).__name__.lower(), getattr(getattr(
                   op, "activation", None), "__name__", ""))
               and all(a.size == len(s) for a, s in zip(values[name], y))]
    kinds = []
    for name, _, given in weights:
        head = modules(wires, values, y, given)
        if head is not None:
            kinds.append((head.modules, [a.ravel() for a in values[name]],
                          head.tensors))
    kinds += [(kind, list(products(y, both, divisor)), {}) for kind, divisor in
              (("dot", lambda F: 1), ("scaled-dot", lambda F: F ** .5))]
    for _, _, name in wires:
        for setting, alphas, tensors in kinds:
            if len(outputs[name].shape) == 2 and same(values[name], [
                    a @ s for a, s in zip(alphas, y)]):
                return name, setting, tensors, leads(wires, states, name)
    return None
