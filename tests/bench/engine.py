# SPDX-License-Identifier: ISC
"""engine.py BUILD: compare REAT's programs and kernels with PyTorch and ONNX
Runtime.

All run with one thread.  Both sides have the same random weights and texts (20
words, with Zipf's frequencies), which this script writes as model folders and
tok files.  They must give the same probabilities before anything is timed.  The
sides take turns, and the ratio is the median over the rounds.  Times are CPU
times, user and system, of all processes; only the last row is wall-clock time.

With REAT_BENCH_QUICK=1 it is fast and inaccurate, and only shows that it works.
"""
import os
import resource
import statistics
import struct
import subprocess
import sys
import tempfile
import time

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import onnxruntime
import torch
from safetensors.torch import save_file

BUILD = os.path.abspath(sys.argv[1])
QUICK = os.environ.get("REAT_BENCH_QUICK", "") == "1"
ROUNDS = 1 if QUICK else 5
TEXTS = 640 if QUICK else 20480     # whole programs
TRACED = 256 if QUICK else 4096     # reat-trace | reat-score
PEER_TOKENS = 2560 if QUICK else 40960
T = 20
BATCHES = 1, 8, 32, 128             # the peers'
KERNEL_BATCHES = 32, 64, 120       # ours
TOLERANCE = 1e-4


# ---- the same model three times ----

class Classifier(torch.nn.Module):
    def __init__(self, cell, V, D, H, both):
        super().__init__()
        self.embedding = torch.nn.Embedding(V, D)
        rnn = {"gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[cell]
        self.rnn = rnn(D, H, bidirectional=both)
        self.output = torch.nn.Linear(2 * H if both else H, 2)
        self.cell, self.sizes, self.both = cell, (V, D, H), both

    def forward(self, ids):             # [T][B]
        h = self.rnn(self.embedding(ids))[1]
        h = h[0] if self.cell == "lstm" else h
        return torch.softmax(self.output(torch.cat(tuple(h), 1)), 1)


def field(number, value):
    """A field of a protocol buffer."""
    def varint(n):
        out = b""
        while n > 127:
            out += bytes([n & 127 | 128])
            n >>= 7
        return out + bytes([n])
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    value = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(value)) + value


def onnx_of(model):
    """The model as ONNX, without the package onnx."""
    V, D, H = model.sizes
    w = {k: v.detach().numpy() for k, v in model.state_dict().items()}
    # ONNX's order of gates: GRU z r n, LSTM i o f c
    order = [1, 0, 2] if model.cell == "gru" else [0, 3, 1, 2]

    def gates(key):
        ends = ["", "_reverse"] if model.both else [""]
        return np.stack([np.concatenate(
            [w[f"rnn.{key}_l0{end}"][g * H:g * H + H] for g in order])
            for end in ends])

    def node(op, ins, outs, **attributes):
        body = b"".join(field(1, i) for i in ins)
        body += b"".join(field(2, o) for o in outs) + field(4, op)
        for key, v in attributes.items():
            body += field(5, field(1, key) + (
                field(4, v) + field(20, 3) if isinstance(v, str) else
                field(3, v) + field(20, 2) if isinstance(v, int) else
                b"".join(field(8, i) for i in v) + field(20, 7)))
        return field(1, body)

    def tensor(key, a):
        kind = 7 if a.dtype == np.int64 else 1
        return field(5, b"".join(field(1, n) for n in a.shape) +
                     field(2, kind) + field(8, key) + field(9, a.tobytes()))

    def port(number, key, kind, dims):
        shape = b"".join(field(1, field(2, d)) for d in dims)
        return field(number, field(1, key) + field(2, field(
            1, field(1, kind) + field(2, shape))))

    attributes = {"hidden_size": H, "direction":
                  "bidirectional" if model.both else "forward"}
    if model.cell == "gru":
        attributes["linear_before_reset"] = 1
    graph = (
        node("Gather", ["E", "ids"], ["x"]) +
        node(model.cell.upper(), ["x", "W", "R", "B"], ["", "h"],
             **attributes) +
        node("Transpose", ["h"], ["hT"], perm=(1, 0, 2)) +
        node("Reshape", ["hT", "shape"], ["f"]) +
        node("Gemm", ["f", "Wo", "bo"], ["z"], transB=1) +
        node("Softmax", ["z"], ["p"], axis=1) + field(2, "g") +
        tensor("E", w["embedding.weight"]) +
        tensor("W", gates("weight_ih")) + tensor("R", gates("weight_hh")) +
        tensor("B", np.concatenate([gates("bias_ih"), gates("bias_hh")], 1)) +
        tensor("shape", np.array([-1, (1 + model.both) * H])) +
        tensor("Wo", w["output.weight"]) + tensor("bo", w["output.bias"]) +
        port(11, "ids", 7, ["T", "N"]) + port(12, "p", 1, ["N", "C"]))
    return field(1, 8) + field(7, graph) + field(8, field(2, 14))


def session(model):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(onnx_of(model), options,
                                        providers=["CPUExecutionProvider"])


def write_model(model, folder):
    os.mkdir(folder)
    save_file(model.state_dict(), f"{folder}/weights.safetensors")
    with open(f"{folder}/vocab.txt", "w") as f:
        f.writelines(f"w{i}\n" for i in range(model.sizes[0]))
    with open(f"{folder}/model.yaml", "w") as f:
        f.write(f"reat: 1\ncell: {model.cell}\n"
                f"bidirectional: {str(model.both).lower()}\n"
                "labels: [negative, positive]\nlowercase: true\n"
                "vocabulary: vocab.txt\nweights: [weights.safetensors]\n")


def random_ids(texts, V, seed=1):
    """[T][texts]; word v (from 1) has a probability near 1 / v."""
    u = np.random.default_rng(seed).random((T, texts))
    return (V ** u).astype(np.int64) - 1


def write_tok(ids, path):
    with open(path, "w") as f:
        for n, text in enumerate(ids.T, 1):
            words = [f"w{i}" for i in text]
            f.write(f"# sent_id = {n}\n# text = {' '.join(words)}\n")
            at = 0
            for t, w in enumerate(words):
                tag = "BIII"[t % 4] + "-NP"
                f.write(f"{t + 1}\t{w}\t_\tNOUN\tNN\t_\t_\t_\t_\tTokenRange="
                        f"{at}:{at + len(w)}|phrase={tag}\n")
                at += len(w) + 1
            f.write("\n")


# ---- time ----

def children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def program(command, texts):
    """CPU time of a shell command in us per token."""
    start = children()
    subprocess.run(command, shell=True, check=True, stdout=subprocess.DEVNULL)
    return 1e6 * (children() - start) / (texts * T)


def kernel(*arguments):
    out = subprocess.run([f"{BUILD}/bench/kernel", *map(str, arguments)],
                         check=True, capture_output=True, text=True).stdout
    return [float(x) for x in out.split()]


def peer_time(run, ids, batch, tokens=PEER_TOKENS):
    """CPU time of a peer's forward pass with this batch size, us per token."""
    parts = [np.ascontiguousarray(ids[:, i:i + batch])
             for i in range(0, ids.shape[1] - batch + 1, batch)]
    count = min(len(parts), max(1, tokens // (batch * T)))
    start = time.process_time()
    for part in parts[:count]:
        run(part)
    return 1e6 * (time.process_time() - start) / (count * batch * T)


class Peers:
    """PyTorch and ONNX Runtime with one model, each at its best batch."""

    def __init__(self, model, ids, batches=BATCHES):
        ort = session(model)
        self.ids, self.tokens = ids, PEER_TOKENS // (1 + model.sizes[2] // 300)
        self.run = {
            "PyTorch": lambda x: model(torch.from_numpy(x)).numpy(),
            "ONNX Runtime": lambda x: ort.run(None, {"ids": x})[0]}
        self.batch = {}
        for name, run in self.run.items():
            run(ids[:, :batches[-1]])
            self.batch[name] = min(batches, key=lambda b: min(
                peer_time(run, ids, b, self.tokens // 4) for _ in range(3)))

    def times(self):
        return {f"{name}, {self.batch[name]}":
                peer_time(run, self.ids, self.batch[name], self.tokens)
                for name, run in self.run.items()}


def rounds(ours, theirs):
    """Take turns; returns the medians, their median ratio, the faster peer."""
    mine, other = [], []
    for _ in range(ROUNDS):
        mine.append(ours())
        other.append(theirs())
    who = min(other[0], key=lambda k: statistics.median(o[k] for o in other))
    return (statistics.median(mine), statistics.median(o[who] for o in other),
            statistics.median(o[who] / m for m, o in zip(mine, other)), who)


def row(what, unit, ours, theirs, who, ratio, bar, met):
    print(f"{what:50}{unit:>12}{ours:>9}{theirs:>9}  {who:18}{ratio:>6}  "
          f"{bar:8}{met}", flush=True)


def number(x):
    return f"{x:.3g}" if x < 100 else f"{x:.0f}"


def compare(what, ours, theirs, bar, unit="us a token"):
    m, t, ratio, who = rounds(ours, theirs)
    row(what, unit, number(m), number(t), who, f"{ratio:.2f}", f">= {bar:g}",
        "yes" if ratio >= bar else "no")


# ---- the table ----

def check(model, peers, folder, tok, ids):
    """Both peers and reat-predict give the same probabilities."""
    out = subprocess.run(["reat-predict", "-H", "-m", folder, tok], check=True,
                         capture_output=True, text=True).stdout
    ours = np.array([line.split("\t")[3:5] for line in out.splitlines()],
                    dtype=float)
    for name, run in peers.run.items():
        theirs = np.concatenate([run(ids[:, i:i + 128])
                                 for i in range(0, ids.shape[1], 128)])
        worst = np.abs(theirs - ours).max()
        if not worst <= TOLERANCE:
            sys.exit(f"engine.py: {model.cell}: reat-predict and {name} "
                     f"differ by {worst:g}, expected at most {TOLERANCE:g}")


def best_batch(folder):
    return min(KERNEL_BATCHES, key=lambda b: kernel("forward", folder, b)[0])


def forward_rows(tmp, name, cell, both, whole, alone):
    V, D, H = 20000, 300, 150
    model = Classifier(cell, V, D, H, both).eval()
    folder, ids = f"{tmp}/{cell}-{both}", random_ids(TEXTS, V)
    write_model(model, folder)
    tok = f"{tmp}/tok"
    if not os.path.exists(tok):
        write_tok(ids, tok)
        write_tok(ids[:, :TRACED], f"{tmp}/tok-traced")
    peers = Peers(model, ids)
    check(model, peers, folder, tok, ids)
    compare(f"reat-predict, {name}",
            lambda: program(f"reat-predict -m {folder} {tok}", TEXTS),
            peers.times, whole)
    batch = best_batch(folder)
    compare(f"forward kernel alone, {name}, {batch} texts",
            lambda: kernel("forward", folder, batch)[0], peers.times, alone)
    return peers, folder, batch


PEAK = """
import time
import numpy
n = 960
a, b = (numpy.random.rand(n, n).astype("f4") for _ in range(2))
a @ b
start, times = time.process_time(), 0
while time.process_time() - start < .1:
    a @ b
    times += 1
print(2e-9 * n ** 3 * times / (time.process_time() - start))
"""


def peak():
    """GFLOP/s of a large square product of NumPy's OpenBLAS, which chooses the
    CPU's best kernels if no environment variable forces others."""
    env = {k: v for k, v in os.environ.items()
           if k not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}
    return float(subprocess.run([sys.executable, "-c", PEAK], check=True,
                                capture_output=True, env=env).stdout)


def product_row(folder, batch):
    ours, top = [], []
    for _ in range(ROUNDS):
        ours.append(kernel("product", folder, batch)[0])
        top.append(peak())
    ratio = statistics.median(a / b for a, b in zip(ours, top))
    row(f"its recurrent product, {batch} texts", "GFLOP/s",
        number(statistics.median(ours)), number(statistics.median(top)),
        "large sgemm", f"{ratio:.2f}", ">= 0.85", "yes" if ratio >= .85
        else "no")


def score_rows(tmp, peers, folder):
    def torch_128():
        return {"PyTorch, 128": peer_time(peers.run["PyTorch"], peers.ids,
                                          128)}

    traced = f"{tmp}/tok-traced"
    pipe = f"reat-trace -m {folder} {traced} | reat-score"
    compare("reat-score -m, words and phrases",
            lambda: program(f"reat-score -m {folder} {tmp}/tok", TEXTS),
            torch_128, 2.5)
    compare("reat-trace | reat-score, both processes",
            lambda: program(pipe, TRACED), torch_128, 1)
    m, t, ratio, _ = rounds(
        lambda: kernel("reat", folder)[0],
        lambda: {"": kernel("shapley", folder)[0]})
    row("reat_score alone: shapley for reat's time", "us a token", number(t),
        number(m), "reat", f"{ratio:.2f}", "<= 6", "yes" if ratio <= 6
        else "no")


def large_row(tmp):
    model = Classifier("gru", 2000, 1024, 1024, False).eval()
    write_model(model, f"{tmp}/large")
    peers = Peers(model, random_ids(64 * 4, 2000), (64,))
    compare("forward kernel alone, GRU, D H 1024, 64 texts",
            lambda: kernel("forward", f"{tmp}/large", 64)[0], peers.times, 1)


def cold_row(tmp):
    def wall(*command):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return 1e3 * (time.perf_counter() - start)

    write_tok(random_ids(1, 20), f"{tmp}/one")
    compare("reat-score -m, one text, a cold process",
            lambda: wall("reat-score", "-m", "sst2-gru", f"{tmp}/one"),
            lambda: {"import torch": wall(sys.executable, "-c",
                                          "import torch")}, 50, "ms")


def main():
    torch.set_num_threads(1)
    torch.manual_seed(1)
    os.environ["PATH"] = BUILD + ":" + os.environ["PATH"]
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo")
                if line.startswith("model name")), "unknown CPU")
    print(f"{cpu}, one thread; PyTorch {torch.__version__}, ONNX Runtime "
          f"{onnxruntime.__version__}; D 300, H 150, V 20000, texts of {T} "
          "words")
    row("work", "unit", "ours", "theirs", "peer, batch", "ratio", "bar", "met")
    with tempfile.TemporaryDirectory() as tmp, torch.inference_mode():
        gru = forward_rows(tmp, "GRU", "gru", False, 2.2, 2.8)
        product_row(gru[1], gru[2])
        forward_rows(tmp, "LSTM", "lstm", False, 2, 2.4)
        forward_rows(tmp, "bidirectional GRU", "gru", True, 2, 2)
        score_rows(tmp, *gru[:2])
        large_row(tmp)
        cold_row(tmp)
    print(f"load average at the end: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
