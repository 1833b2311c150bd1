# SPDX-License-Identifier: ISC
"""onnx_pooling.py: the pooling in a graph of ONNX, by the numbers that the head
reads; and what gives the weights of attention: modules that read a word's
states, or the product with the last states.

Needs numpy, and what onnx_graph.py needs.
"""
import numpy as np

from folder import Head, fail
from onnx_graph import fits, head_of


def last(states):
    return np.concatenate([states[-1, 0], states[0, -1]]) \
        if states.shape[1] == 2 else states[-1, 0]


POOLINGS = {"last": last, "end": lambda s: s[-1], "mean": lambda s: s.mean(0),
            "max": lambda s: s.max(0)}


def softmaxes(graph, runs, states):
    """The nodes that give a weight for each word in all runs."""
    return [n for n in graph.graph.node if n.op_type == "Softmax" and all(
        r[n.output[0]].size == len(s) for r, s in zip(runs, states))]


def find(graph, runs, states, read):
    """The kinds of pooling whose numbers the head reads in all runs, or None;
    and the Softmax of attention, or None.  states are [T][directions][H]."""
    F = states[0][0].size
    if any(r[read].size != runs[0][read].size or r[read].size % F
           for r in runs):
        return None, None
    kinds, found = [], None
    for at in range(0, runs[0][read].size, F):
        part = [r[read].ravel()[at:at+F] for r in runs]
        kind = [k for k, f in POOLINGS.items() if all(
            fits(p, f(s)) for p, s in zip(part, states))][:1]
        for node in [] if kind else softmaxes(graph, runs, states):
            if all(fits(p, np.tensordot(r[node.output[0]].ravel(), s, 1))
                   for p, r, s in zip(part, runs, states)):
                kind, found = ["attention"], node
        kinds += kind
    return kinds if len(kinds) * F == runs[0][read].size else None, found


def attention(graph, runs, states, node):
    """The setting of model.yaml and the tensors that give the numbers which
    the Softmax node reads."""
    flat = [s.reshape(len(s), -1) for s in states]
    head, read, _ = head_of(graph, runs[0], node.input[0], Head("attention"))
    if head.modules and all(fits(r[read], h) for r, h in zip(runs, flat)):
        return head.modules, head.tensors
    for name, divisor in (("dot", 1), ("scaled-dot", flat[0].shape[1] ** .5)):
        if all(fits(r[node.input[0]], h @ last(s) / divisor)
               for r, h, s in zip(runs, flat, states)):
            return name, {}
    fail("attention whose weights are not made by modules of a word's state "
         "or by its product with the last states, but by %s" %
         graph.made[read].op_type)
