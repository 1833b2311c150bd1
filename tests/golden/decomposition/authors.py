#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""authors.py: compare the code of the methods' authors with REAT's programs.

    python3 authors.py LRP_for_LSTM NEURAL_NLP HIERARCHICAL

The arguments are clones of github.com/ArrasL/LRP_for_LSTM,
NPoe/neural-nlp-explanation-experiment and
csinva/hierarchical-dnn-interpretations; REAT's programs are in PATH.  Nothing
of these repositories is here.  For random models without output bias, which
these programs do not have, it prints the largest difference of each method,
relative to 1 + |score|.

Changed as their files are read, and nothing else: Poerner et al. have hard
sigmoids for gates, which become sigmoids.
"""
import ast
import re
import subprocess
import sys
import tempfile
import types

import numpy as np
from safetensors.numpy import save_file

T, D, H, WORDS = 9, 6, 5, 12
rng = np.random.default_rng(20261129)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def module(name, path, change=lambda s: s):
    """Load a file as a module, with the names it asks for."""
    m = types.ModuleType(name)
    sys.modules[name] = m
    exec(compile(change(open(path).read()), path, "exec"), m.__dict__)
    return m


def model(folder, cell, both):
    """Write a random model; returns its tensors in float64."""
    gates = {"lstm": 4, "gru-before": 3}[cell]
    state = {"embedding.weight": (WORDS, D),
             "output.weight": (2, H * (1 + both))}
    for end in ("", "_reverse")[:1 + both]:
        state["rnn.weight_ih_l0" + end] = (gates * H, D)
        state["rnn.weight_hh_l0" + end] = (gates * H, H)
        state["rnn.bias_ih_l0" + end] = (gates * H,)
        state["rnn.bias_hh_l0" + end] = (gates * H,)
    state = {k: rng.normal(0, .6, shape).astype(np.float32)
             for k, shape in state.items()}
    save_file(state, folder + "/weights.safetensors")
    words = ["<unk>"] + ["w%d" % i for i in range(1, WORDS)]
    open(folder + "/vocab.txt", "w").write("\n".join(words) + "\n")
    open(folder + "/model.yaml", "w").write(
        "reat: 1\ncell: %s\nlayers: 1\nbidirectional: %s\npooling: last\n"
        "labels: [c0, c1]\nunknown: <unk>\nvocabulary: vocab.txt\n"
        "weights: [weights.safetensors]\n" % (cell, "true" if both else
                                              "false"))
    return {k: v.astype(float) for k, v in state.items()}


def scores(program, folder, ids, spans="word"):
    """The scores of the words, or of spans, for class c1."""
    tok = "# sent_id = x\n" + "".join(
        "%d\tw%d" % (t + 1, i) + 8 * "\t_" + "\n"
        for t, i in enumerate(ids)) + "\n"
    out = subprocess.run(program + ["-H", "-q", "-c", "c1", "-l", spans, "-m",
                                    folder + "/"],
                         input=tok, capture_output=True, text=True, check=True)
    rows = [line.split("\t") for line in out.stdout.splitlines()]
    return {(int(r[3]) - 1, int(r[4]) - 1): float(r[9]) for r in rows
            if r[2] in ("word", "span")}


def report(what, got, want):
    off = max(abs(got[k] - want[k]) / (1 + abs(want[k])) for k in want)
    print("%-44s %3d scores  %.1e" % (what, len(want), off))
    assert len(want) == len(got) and off < 1e-4


def arras(clone):
    module("code.LSTM.LRP_linear_layer",
           clone + "/code/LSTM/LRP_linear_layer.py")
    lstm = module("arras", clone + "/code/LSTM/LSTM_bidi.py").LSTM_bidi
    with tempfile.TemporaryDirectory() as folder:
        state = model(folder, "lstm", True)
        net = object.__new__(lstm)
        net.E = state["embedding.weight"]
        for side, end, columns in ("Left", "", slice(0, H)), (
                "Right", "_reverse", slice(H, 2 * H)):
            for to, name in ("Wxh", "weight_ih"), ("Whh", "weight_hh"), (
                    "bxh", "bias_ih"), ("bhh", "bias_hh"):
                i, f, g, o = np.split(state["rnn.%s_l0%s" % (name, end)], 4)
                setattr(net, to + "_" + side, np.concatenate([i, g, f, o]))
            setattr(net, "Why_" + side, state["output.weight"][:, columns])
        ids = rng.integers(1, WORDS, T)
        Rx, Rx_rev, _ = net.lrp(ids, 1)
        want = dict(zip(((t, t) for t in range(T)), (Rx + Rx_rev).sum(1)))
        report("lrp, an LSTM (Arras et al. 2017)",
               scores(["reat-grad", "-a", "lrp"], folder, ids), want)


def poerner(clone):
    code = clone + "/HybridDocuments/ThirdParty/LRP_and_DeepLIFT/code/"
    module("LRP_linear_layer", code + "LRP_linear_layer.py")
    sys.modules["sigmoid_of_gates"] = types.SimpleNamespace(of=sigmoid)
    gru = module("poerner", code + "layers.py", lambda s: re.sub(
        r"def hard_sigmoid\(vec\):(\n\t+).*\n.*\n.*",
        r"def hard_sigmoid(vec):\1import sigmoid_of_gates"
        r"\1return sigmoid_of_gates.of(vec)", s)).BIGRU_np
    for mode, method in ("lrp", "lrp"), ("dl", "deeplift-held"):
        with tempfile.TemporaryDirectory() as folder:
            state = model(folder, "gru-before", True)
            weights = {"E": state["embedding.weight"]}
            for side, end, columns in ("Left", "", slice(0, H)), (
                    "Right", "_reverse", slice(H, 2 * H)):
                for to, name in ("Wxh", "weight_ih"), ("Whh", "weight_hh"), (
                        "bxh", "bias_ih"), ("bhh", "bias_hh"):
                    r, z, n = np.split(state["rnn.%s_l0%s" % (name, end)], 3)
                    weights[to + "_" + side] = np.concatenate([z, r, n])
                weights["Why_" + side] = state["output.weight"][:, columns]
                weights["bhy_" + side] = np.zeros(2)
            ids = rng.integers(1, WORDS, T)
            Rx, Rx_rev, _ = gru(weights, mode).lrp(ids, 1, bias_factor=0.0)
            want = dict(zip(((t, t) for t in range(T)), (Rx + Rx_rev).sum(1)))
            report("%s, a GRU (Poerner et al. 2018)" % method,
                   scores(["reat-grad", "-a", method], folder, ids), want)


class Tensor(np.ndarray):
    """What their programs ask of a tensor of PyTorch."""

    def cpu(self):
        return self

    numpy = cpu


def singh(clone):
    path = clone + "/acd/scores/cd.py"
    names = {"np": np, "sigmoid": sigmoid}
    for file, wanted in (path, ["cd_text"]), (
            clone + "/acd/scores/cd_propagate.py",
            ["propagate_three", "propagate_tanh_two"]):
        tree = ast.parse(open(file).read())
        tree.body = [f for f in tree.body if isinstance(f, ast.FunctionDef)
                     and f.name in wanted]
        for a in tree.body[0].args.args:
            a.annotation = None
        exec(compile(tree, file, "exec"), names)
    with tempfile.TemporaryDirectory() as folder:
        state = {k: v.view(Tensor) for k, v in
                 model(folder, "lstm", False).items()}
        ids = rng.integers(1, WORDS, T)
        net = types.SimpleNamespace(
            lstm=types.SimpleNamespace(state_dict=lambda: {
                k[4:]: v for k, v in state.items() if k.startswith("rnn.")}),
            hidden_dim=H, hidden_to_label=types.SimpleNamespace(
                weight=types.SimpleNamespace(data=state["output.weight"])))

        class Sized(np.ndarray):
            def size(self, k):
                return self.shape[k]

        class Vectors(np.ndarray):
            data = property(lambda self: self.view(Sized))

        net.embed = lambda text: state["embedding.weight"][text].view(Vectors)
        batch = types.SimpleNamespace(text=ids[:, None])
        spans = [(q, r) for q in range(T) for r in range(q, T)]
        want = {(q, r): float(names["cd_text"](batch, net, q, r)[1])
                for q, r in spans}
        got = scores(["reat-grad", "-a", "cd"], folder, ids, ",".join(
            "%d-%d" % (q + 1, r + 1) for q, r in spans))
        report("cd, an LSTM (Singh et al. 2019)", got, want)


def main():
    arras(sys.argv[1])
    poerner(sys.argv[2])
    singh(sys.argv[3])


main()
