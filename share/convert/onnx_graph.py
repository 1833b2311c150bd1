# SPDX-License-Identifier: ISC
"""onnx_graph.py: what from_onnx.py knows of a graph: its tensors for a text,
and the modules of its head.

Needs onnx, onnxruntime and numpy.
"""
import math

import numpy as np
import onnx
import onnxruntime

from folder import fail

RECURRENT = ("GRU", "LSTM", "RNN")
SAME = ("Identity", "Dropout", "Cast", "Squeeze", "Unsqueeze", "Flatten",
        "Reshape", "Gather")
ACTIVATIONS = {  # with the attributes of PyTorch's defaults
    "Relu": {}, "Tanh": {}, "Sigmoid": {}, "Softmax": {}, "LogSoftmax": {},
    "Elu": {"alpha": 1}, "LeakyRelu": {"alpha": .01},
    "Gelu": {"approximate": b"none"}}
NAMES = {"LeakyRelu": "leaky-relu", "LogSoftmax": "softmax"}


def attributes(node):
    return {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}


class Graph:
    def __init__(self, path):
        model = onnx.load(path)
        g = self.graph = model.graph
        self.constants = {i.name: onnx.numpy_helper.to_array(i)
                          for i in g.initializer}
        inputs = [i for i in g.input if i.name not in self.constants]
        if len(inputs) != 1 or len(g.output) != 1:
            fail("inputs %s and outputs %s, expected one of each: words, and "
                 "logits" % tuple(", ".join(i.name for i in x)
                                  for x in (inputs, g.output)))
        self.input, self.output = inputs[0].name, g.output[0].name
        kind = inputs[0].type.tensor_type
        self.type = onnx.helper.tensor_dtype_to_np_dtype(kind.elem_type)
        if max(d.dim_value for d in kind.shape.dim) > 1:
            fail("%s has a fixed shape, expected any number of words "
                 "(dynamic_axes, dynamic_shapes)" % self.input)
        self.reads, self.made = {self.input}, {}
        for n in g.node:
            if n.op_type in RECURRENT and not n.output[0]:
                n.output[0] = "states of " + n.output[1]
            self.made.update((o, n) for o in n.output if o)
            if self.reads.intersection(n.input):
                self.reads.update(o for o in n.output if o)
        del g.output[:]
        g.output.extend(onnx.ValueInfoProto(name=name) for name in self.made)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(
            model.SerializeToString(), options)
        self.columns = False

    def run(self, ids):
        """Returns all tensors by name."""
        x = np.array([ids], self.type)
        x = x.T if self.columns else x
        found = self.session.run(None, {self.input: x})
        return dict(zip(self.made, found), **self.constants)


def fits(a, b):
    near = 1e-5 * min(1, abs(b).max(initial=0))
    return a.size == b.size and np.allclose(a.ravel(), b.ravel(), 1e-4, near)


def decomposed(graph, name, values):
    """GELU or SiLU in several nodes: the activation and what it reads."""
    reads, ops, order = {name}, set(), list(graph.made)
    while reads.issubset(graph.made):
        last = max(reads, key=order.index)
        ops.add(graph.made[last].op_type)
        if not ops <= {"Mul", "Div", "Add", "Erf", "Sigmoid"}:
            break
        reads = (reads - {last}) | graph.reads.intersection(
            graph.made[last].input)
        below, x = list(reads)[0], values[list(reads)[0]].astype(float)
        erf = np.vectorize(math.erf)(x / 2 ** .5) if "Erf" in ops else 0
        for kind, op, y in (("gelu", "Erf", x * (1 + erf) / 2),
                            ("silu", "Sigmoid", x / (1 + np.exp(-x)))):
            if len(reads) == 1 and op in ops and fits(y, values[name]):
                return kind, below
    return None, None


def module(op, given, values, node, below):
    """A function that adds the module to a head, or None."""
    const = [values[i] for i in node.input[1:] if i]
    if op in ACTIVATIONS and given.get("axis", -1) in (-1, 1) and all(
            abs(given.get(k, v) - v) < 1e-6 if k == "alpha" else
            given.get(k, v) == v for k, v in ACTIVATIONS[op].items()):
        return lambda h: h.activation(NAMES.get(op, op.lower()))
    if op == "Gemm" and not given.get("transA") and \
            given.get("alpha", 1) == given.get("beta", 1) == 1:
        W = const[0] if given.get("transB") else const[0].T
        return lambda h: h.module(weight=W, bias=(const[1:] or [None])[0])
    if op == "MatMul" and const[0].ndim < 3:
        return lambda h: h.module(weight=const[0].reshape(
            len(const[0]), -1).T)
    if op == "Add" and below is not None and below.op_type == "MatMul":
        W, b = values[below.input[1]].T, const[0].ravel()
        return lambda h: h.module(weight=W, bias=b)
    if op in ("BatchNormalization", "LayerNormalization"):
        keys = ("running_mean", "running_var")[:len(const) - 2]
        return lambda h: h.norm(
            round(given.get("epsilon", 1e-5), 9), const[0],
            const[1] if len(const) > 1 else None, const[0].size,
            **dict(zip(keys, const[2:])))
    return None


def head_of(graph, values, name, head):
    """The modules that give a tensor, added to head; the names of what the
    first reads and of the logits."""
    steps, logits = [], name
    while name in graph.made:
        node = graph.made[name]
        op, reads = node.op_type, [i for i in node.input if i in graph.reads]
        if op == "Add" and reads[0] == node.input[1]:
            node.input.reverse()
        below = graph.made.get(reads[0])
        add = module(op, attributes(node), values, node, below) \
            if reads == [node.input[0]] else None
        if op in SAME and fits(values[reads[0]], values[name]):
            name = reads[0]
            logits = name if not steps else logits
            continue
        if add is None:
            kind, name_below = decomposed(graph, name, values)
            if kind is None:
                break
            add, reads = lambda h, k=kind: h.activation(k), [name_below]
        elif op == "Add":
            reads = [below.input[0]]
        if not steps and op in ("Softmax", "LogSoftmax", "Sigmoid"):
            logits = reads[0]
        steps.append(add)
        name = reads[0]
    for add in reversed(steps):
        add(head)
    return head, name, logits
