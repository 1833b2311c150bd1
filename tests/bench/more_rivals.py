# SPDX-License-Identifier: ISC
"""more_rivals.py BUILD [ROW...]: compare DeepLIFT, half LRP, generalised
contextual decomposition, omitted vectors, Shapley and Owen values, sensitivity,
ERASER's measures and attacks with Captum, shap, PyTorch and TextAttack; some of the
rows if they are named.

It does as rivals.py, whose model and texts it has.  deeplift, lrp-half, gcd and
eraser have no library for a GRU: their peers are programs in PyTorch, after
the authors' code, that run many texts, and gcd all spans, at once.  kernelshap
and owen are those of shap, whose functions run texts of one length together.
owen has pairs of pairs of words, because shap's groups are pairs.  sensitivity
is Captum's, with our noise.  The attacks are TextAttack's search methods, with a
list of random synonyms for both; the rows are left out without the module
textattack.
"""
import os
import subprocess
import sys
import tempfile
import time

from engine import (QUICK, T, number, random_ids, rounds, row, write_model,
                    write_tok)
import rivals
from rivals import Peer, agree, compare, program, scores, widened

import captum
import captum.attr
import captum.metrics
import numpy as np
import shap
import torch
from safetensors.torch import load_file

TEXTS = 16 if QUICK else 1024
FEW = 1 if QUICK else 4            # texts of kernelshap and owen
SAMPLES = 300 if QUICK else 5000
COPIES = 5
SHARES = 1, 5, 10, 20, 50
OWEN = 16                          # words: four levels of pairs
ATTACKED = 4 if QUICK else 64      # texts
SYNONYMS = 10


def slope(f, v, v0):
    """The secant of f, or its derivative where v is nearly v0."""
    d = v - v0
    near = d.abs() < 1e-3
    m = f((v + v0) / 2)
    at = m * (1 - m) if f is torch.sigmoid else 1 - m * m
    return torch.where(near, at, (f(v) - f(v0)) / torch.where(near, 1, d))


def shapley(f, a, b, c):
    """The Shapley values of the terms of f(a + b + c), f(0) = 0."""
    fa, fb, fc = f(a), f(b), f(c)
    ab, ac, bc, whole = f(a + b), f(a + c), f(b + c), f(a + b + c)
    return (fa / 3 + (ab - fb + ac - fc) / 6 + (whole - bc) / 3,
            fb / 3 + (ab - fa + bc - fc) / 6 + (whole - ac) / 3,
            fc / 3 + (ac - fa + bc - fb) / 6 + (whole - ab) / 3)


class More(Peer):
    @torch.inference_mode()
    def deeplift(self, i, n):
        """Rescale, each factor of a product gets half: [n][T]."""
        H, ih, hh, bi, bh = self.weights()
        x = self.embedded(i, n)
        n = len(x)
        h, h0, C = torch.zeros(n, H), torch.zeros(H), torch.zeros(n, T, H)
        gates, new = slice(0, 2 * H), slice(2 * H, None)
        for t in range(T):
            p, q, q0, Q = x[:, t] @ ih.T, h @ hh.T + bh, h0 @ hh.T + bh, \
                C @ hh.T
            P = torch.zeros(n, T, 3 * H)
            P[:, t] = p
            p = p + bi
            v, v0 = (p + q)[:, gates], (bi + q0)[gates]
            k = slope(torch.sigmoid, v, v0)[:, None]
            R, Z = (k * (P + Q)[..., gates]).split(H, 2)
            (r, z), (r0, z0) = torch.sigmoid(v).split(H, 1), \
                torch.sigmoid(v0).split(H)
            both = lambda a, a0, A, b, b0, B: \
                ((a + a0) / 2)[:, None] * B + ((b + b0) / 2)[:, None] * A
            a, a0 = p[:, new] + r * q[:, new], bi[new] + r0 * q0[new]
            A = P[..., new] + both(r, r0, R, q[:, new], q0[new], Q[..., new])
            N = slope(torch.tanh, a, a0)[:, None] * A
            m, m0 = torch.tanh(a), torch.tanh(a0)
            C = both(z, z0, Z, h, h0, C) + both(1 - z, 1 - z0, -Z, m, m0, N)
            h, h0 = z * h + (1 - z) * m, z0 * h0 + (1 - z0) * m0
        return C @ self.model.output.weight[1]

    @torch.inference_mode()
    def half(self, i, n, epsilon=0.001):
        """LRP where a gate takes half: [n][T]."""
        H, ih, hh, bi, bh = self.weights()
        x = self.embedded(i, n)
        n = len(x)
        h, steps = torch.zeros(n, H), []
        stable = lambda v: v + epsilon * torch.where(v >= 0, 1., -1.)
        for t in range(T):
            p, q = x[:, t] @ ih.T + bi, h @ hh.T + bh
            v = p[:, :2 * H] + q[:, :2 * H]
            r, z = torch.sigmoid(v).split(H, 1)
            m = q[:, 2 * H:]
            a = p[:, 2 * H:] + r * m
            c = torch.tanh(a)
            new = z * h + (1 - z) * c
            steps.append((h, v, r, z, m, a, c, new))
            h = new
        W = self.model.output.weight[1]
        y = h @ W + self.model.output.bias[1]
        R = h * W * (y / stable(y))[:, None]
        S = torch.zeros(n, T)
        for t in reversed(range(T)):
            h, v, r, z, m, a, c, new = steps[t]
            share = R / stable(new)
            old, fresh = z * share, (1 - z) * share
            d = fresh * c / 2 / stable(a)
            g = torch.cat([r * d * m / 2, (old * h + fresh * c) / 2], 1) / \
                stable(v)
            S[:, t] = (x[:, t] * (torch.cat([g, d], 1) @ ih)).sum(1)
            R = h * (old / 2 + torch.cat([g, r * d / 2], 1) @ hh)
        return S

    @torch.inference_mode()
    def gcd(self, i, n):
        """Generalised contextual decomposition of all words: [n][T]."""
        H, ih, hh, bi, bh = self.weights()
        x = self.embedded(i, n)
        n = len(x)
        h, parts = torch.zeros(n, H), [torch.zeros(n, T, H)] * 3
        new = slice(2 * H, None)
        for t in range(T):
            of = (torch.arange(T) == t)[:, None]
            p = x[:, t] @ ih.T
            v = p + bi + h @ hh.T + bh
            r, z = torch.sigmoid(v[:, :2 * H]).split(H, 1)
            h = z * h + (1 - z) * torch.tanh(
                p[:, new] + bi[new] + r * (h @ hh[new].T + bh[new]))
            r, z, p = r[:, None], z[:, None], p[:, None, new]
            q = [r * (y @ hh[new].T) for y in parts]
            share = shapley(torch.tanh, p * of + q[0], p * ~of + q[1],
                            bi[new] + r * bh[new] + q[2])
            parts = [z * y + (1 - z) * s for y, s in zip(parts, share)]
        return parts[0] @ self.model.output.weight[1]

    @torch.inference_mode()
    def occlude(self, i, n):
        x = self.embedded(i, n)
        less = x[:, None] * (1 - torch.eye(T))[:, :, None]
        return self.logit(x)[:, None] - self.logit(
            less.reshape(-1, T, x.shape[2])).reshape(-1, T)

    @torch.inference_mode()
    def kept(self, i, rows):
        """Logits [len(rows)][2] of text i with the words of the rows."""
        text, rows = self.ids[:, i], torch.as_tensor(rows) > 0
        z = self.model.output.bias.repeat(len(rows), 1)
        length = rows.sum(1)
        for m in set(length.tolist()) - {0}:
            at = torch.nonzero(length == m)[:, 0]
            ids = text[:rows.shape[1]][torch.nonzero(rows[at])[:, 1]]
            x = self.model.embedding(ids.reshape(-1, m).T)
            z[at] = self.model.output(self.model.rnn(x)[1][0])
        return z

    def kernelshap(self, i, n):
        return torch.tensor(np.array([shap.KernelExplainer(
            lambda rows: torch.softmax(self.kept(k, rows), 1)[:, 1].numpy(),
            np.zeros((1, T))).shap_values(
                np.ones((1, T)), nsamples=SAMPLES, l1_reg=0, silent=True)[0]
            for k in range(i, i + n)]))

    def owen(self, i, n):
        tree, first, size = [], 0, 1    # pairs of neighbours
        while OWEN > size:
            size *= 2
            for k in range(OWEN // size):
                tree.append([first + 2 * k, first + 2 * k + 1, size, size])
            first = first + 2 * (OWEN // size) if size > 2 else OWEN
        masker = shap.maskers.Partition(np.zeros((1, OWEN)),
                                        clustering=np.array(tree, float))
        return torch.tensor(np.array([shap.explainers.Partition(
            lambda rows: self.kept(k, rows)[:, 1].numpy(), masker)(
                np.ones((1, OWEN)), max_evals=100000, silent=True).values[0]
            for k in range(i, i + n)]))

    def sensitivity(self, i, n):
        x = self.embedded(i, n)
        noisy = torch.stack([E[self.ids[:, i:i + n].T] for E in self.copies],
                            1)

        def explain(x):
            x = (x[0] if isinstance(x, tuple) else x).detach()
            return captum.attr.InputXGradient(self.logit).attribute(
                x.requires_grad_()).sum(2).detach(),
        return captum.metrics.sensitivity_max(
            explain, x, perturb_func=lambda _: noisy.flatten(0, 1),
            n_perturb_samples=COPIES)

    @torch.inference_mode()
    def eraser(self, i, n):
        """AOPC of comprehensiveness and sufficiency: [n][2]."""
        ids, top = self.ids[:, i:i + n], self.top[i:i + n]
        p, c = self.model(ids).max(1)
        out = []
        for share in SHARES:
            k = max(1, round(T * share / 100))
            for chosen in top[:, k:], top[:, :k]:
                less = ids.gather(0, chosen.sort(1)[0].T)
                out.append(p - self.model(less)[range(len(c)), c])
        return torch.stack(out, 1).reshape(-1, len(SHARES), 2).mean(1)

    @torch.inference_mode()
    def asked(self, texts):
        """The probabilities of texts of one length; other words are zero."""
        ids = torch.tensor([[int(w[1:]) if w[1:].isdigit() else -1
                             for w in s.split()] for s in texts])
        x = self.model.embedding(ids.clamp(min=0)) * (ids >= 0)[..., None]
        return torch.softmax(self.model.output(
            self.model.rnn(x.transpose(0, 1))[1][0]), 1)


def measured(command):
    out = subprocess.run(command, shell=True, check=True, text=True,
                         capture_output=True).stdout
    return [float(line.split("\t")[5]) for line in out.splitlines()]


def values(name, command, ours, peer, run, batches, who, bar, texts, tolerance):
    agree(name, np.array(ours), np.concatenate(
        [run(i, batches[0]).numpy() for i in range(0, texts, batches[0])]
    ).mean(0), tolerance)
    compare(name, lambda: program(command, texts * T), run, batches, who, bar,
            texts)


def words(asked, tmp, tok):
    """Methods of words: program, peer, batches, who, bar, texts, tolerance."""
    head = lambda n: f"head -n {(T + 3) * n} {tok} | "
    return {
        "deeplift": ("reat-grad -a deeplift", "deeplift", (8, 32, 128),
                     "PyTorch", 4, TEXTS, 1e-3),
        "lrp-half": ("reat-grad -a lrp-half", "half", (8, 32, 128, 256),
                     "PyTorch", 1.5, TEXTS, 1e-2),
        "gcd": ("reat-grad -a gcd", "gcd", (4, 16, 64), "PyTorch", 4, TEXTS,
                1e-3),
        "occlude": ("reat-occlude -a occlude", "occlude", (1, 4, 16, 64),
                    "PyTorch", 4, TEXTS, 1e-3),
        "kernelshap": (f"reat-lime -a kernelshap -n {SAMPLES}", "kernelshap",
                       (1,), "shap, PyTorch", 4, FEW, .5 if QUICK else .3)}


def main():
    wanted = sys.argv[2:]
    torch.set_num_threads(1)
    torch.manual_seed(1)
    os.environ["PATH"] = rivals.BUILD + ":" + os.environ["PATH"]
    rivals.about(f"shap {shap.__version__}")
    with tempfile.TemporaryDirectory() as tmp:
        model = widened()
        ids = random_ids(TEXTS, model.sizes[0])
        peer, folder, tok = More(model, ids), f"{tmp}/model", f"{tmp}/tok"
        write_model(model, folder)
        write_tok(ids, tok)
        asked = f"-q -H -m {folder} -c positive -l word"
        for name, (command, method, batches, who, bar, texts, tolerance) in \
                words(asked, tmp, tok).items():
            if wanted and name not in wanted:
                continue
            run = getattr(peer, method)
            whole = f"head -n {(T + 3) * texts} {tok} | {command} {asked}"
            n = min(64, texts)
            agree(name, scores(whole)[0][:n], run(0, n).numpy(), tolerance)
            compare(command, lambda: program(whole, texts * T), run, batches,
                    who, bar, texts)
        if not wanted or "owen" in wanted:
            owen_row(peer, asked, tok, tmp)
        if not wanted or "sensitivity" in wanted:
            sensitivity_row(peer, asked, folder, tok, tmp)
        if not wanted or "eraser" in wanted:
            eraser_row(peer, folder, tok, tmp)
        if not wanted or "attack" in wanted:
            attack_rows(peer, folder, tok, tmp)
    print(f"load average at the end: {os.getloadavg()[0]:.1f}")


def owen_row(peer, asked, tok, tmp):
    with open(tok) as f, open(f"{tmp}/pairs", "w") as out:
        blocks = f.read().split("\n\n")[:FEW]
        for block in blocks:
            for line in block.split("\n"):
                t = line.partition("\t")[0]
                if t.isdigit():
                    if int(t) > OWEN:
                        continue
                    at = int(t) - 1
                    layers = "|".join(
                        f"{name}={'I' if at % size else 'B'}-X"
                        for name, size in (("a", 8), ("b", 4), ("c", 2)))
                    line = line.rsplit("\t", 1)[0] + "\t" + layers
                if not line.startswith("# text"):
                    out.write(line + "\n")
            out.write("\n")
    command = f"reat-occlude -a owen {asked},a,b,c {tmp}/pairs"
    ours = scores(command, OWEN)[0]
    agree("owen", ours, peer.owen(0, FEW).numpy(), 1e-3)
    compare(f"reat-occlude -a owen, {OWEN} words",
            lambda: program(command, FEW * T), peer.owen, (1,),
            "shap, PyTorch", 4, FEW)


def sensitivity_row(peer, asked, folder, tok, tmp):
    peer.copies = []
    for k in range(COPIES):
        subprocess.run(f"reat-model change -s {k} -o {tmp}/copy{k} {folder} "
                       "noise=0.02", shell=True, check=True)
        files = [f for f in os.listdir(f"{tmp}/copy{k}")
                 if f.endswith(".safetensors")]
        peer.copies += [w["embedding.weight"].float() for w in
                        (load_file(f"{tmp}/copy{k}/{f}") for f in files)
                        if "embedding.weight" in w]
    grad = f"reat-grad -a gradxinput {asked} {tok}".replace(" -H", "")
    names = [f"{tmp}/scores{k}" for k in range(-1, COPIES)]
    command = "; ".join(
        grad.replace(folder, f) + " >" + name for f, name in
        zip([folder] + [f"{tmp}/copy{k}/" for k in range(COPIES)], names)) + \
        f"; reat-eval -H -a sensitivity {' '.join(names)}"
    values("reat-eval -a sensitivity", command, measured(command)[:1], peer,
           peer.sensitivity, (8, 1, 32), "Captum", 3, TEXTS, 1e-2)


def eraser_row(peer, folder, tok, tmp):
    score = f"reat-score -q -a reat -m {folder} -l word {tok} >{tmp}/scores"
    subprocess.run(score, shell=True, check=True)
    S = torch.from_numpy(scores(f"sed 1d {tmp}/scores")[0])
    peer.top = S.sort(dim=1, descending=True, stable=True)[1]
    shares = ",".join(f"{share}%" for share in SHARES)
    command = "; ".join(
        [f"reat-erase -K top -n {shares} {tmp}/scores {tok} | "
         f"reat-predict -q -m {folder} >{tmp}/left"] +
        [f"reat-eval -H -n 1 -a {measure} reat={tmp}/left | grep aopc"
         for measure in ("comprehensiveness", "sufficiency")])
    values("comprehensiveness and sufficiency", command, measured(command),
           peer, peer.eraser, (64, 8, 256), "PyTorch", 2, TEXTS, 1e-3)


def attack_rows(peer, folder, tok, tmp):
    """TextAttack and reat-swap: the same successes, after the same queries."""
    try:
        from textattack import Attack
        from textattack.constraints.pre_transformation import \
            RepeatModification
        from textattack.goal_functions import UntargetedClassification
        from textattack.models.wrappers import ModelWrapper
        from textattack.search_methods import GreedyWordSwapWIR
        from textattack.transformations import WordSwap
    except (ImportError, LookupError):
        print("reat-swap: no peer: no module textattack, or not its data")
        return

    class Wrapper(ModelWrapper):
        model = peer.model

        def __call__(self, texts):
            return peer.asked(texts)

    class Listed(WordSwap):
        def _get_replacement_words(self, word):
            return [f"w{i}" for i in synonyms[int(word[1:])]]

    V = peer.model.sizes[0]
    steps = np.random.default_rng(1).integers(1, V // SYNONYMS, (V, SYNONYMS))
    synonyms = (np.arange(V)[:, None] + steps.cumsum(1)) % V    # ten others
    with open(f"{tmp}/synonyms", "w") as f:
        f.writelines(f"w{i}\tw{j}\n" for i in np.unique(
            peer.ids[:, :ATTACKED]) for j in synonyms[i])
    texts = [" ".join(f"w{i}" for i in ids)
             for ids in peer.ids[:, :ATTACKED].T.tolist()]
    labels = peer.asked(texts).argmax(1).tolist()
    for name, order in (("pwws-textattack", "weighted-saliency"),
                        ("textfooler", "delete")):
        attack = Attack(UntargetedClassification(Wrapper(), use_cache=False),
                        [RepeatModification()], Listed(),
                        GreedyWordSwapWIR(order))
        command = (f"head -n {(T + 3) * ATTACKED} {tok} | reat-swap -q -H "
                   f"-t tsv -a {name} -m {folder} -r {tmp}/synonyms")
        out = subprocess.run(command, shell=True, check=True, text=True,
                             capture_output=True).stdout
        ours = [(r[9] == "yes", int(r[12]), r[15]) for r in
                (line.split("\t") for line in out.splitlines())]
        theirs = []

        def library():
            theirs.clear()
            start = time.process_time()
            for text, label in zip(texts, labels):
                r = attack.attack(text, label)
                theirs.append(("Successful" in type(r).__name__, r.num_queries,
                               r.perturbed_result.attacked_text.text))
            return {"": 1e3 * (time.process_time() - start) / ATTACKED}

        library()
        # of several synonyms that flip, reat-swap takes TextFooler's
        parts = 3 if name == "pwws-textattack" else 2
        same = sum(a[:parts] == b[:parts] for a, b in zip(ours, theirs))
        if same < ATTACKED:
            sys.exit(f"more_rivals.py: {name}: {same} results of {ATTACKED} "
                     "are TextAttack's")
        print(f"  {name}: the same results, after "
              f"{sum(q for _, q, _ in ours) / ATTACKED:.0f} queries a text, "
              f"{sum(s for s, _, _ in ours)} of {ATTACKED} succeed")
        m, t, ratio, _ = rounds(lambda: program(command, ATTACKED * T) * T /
                                1e3, library)
        row(f"reat-swap -a {name}", "ms a text", number(m), number(t),
            "TextAttack", f"{ratio:.1f}", ">= 10", "yes" if ratio >= 10
            else "no")


if __name__ == "__main__":
    main()
