# SPDX-License-Identifier: ISC
"""rivals.py BUILD: compare gradients, relevance, LIME, omission and infidelity
with Captum, lime and PyTorch.

lrp, cd and input reduction have no library: their peers are programs in PyTorch
that run many texts, and cd all spans and reduction all texts of a size, at once.
The row of anchors is left out without anchor-exp, whose search is the authors';
its samples are run by PyTorch.  Trees (-j) have no peer.

All run with one thread; REAT's times are those of whole programs from tok to
TSV.  Both sides have the same texts of 20 words and the same model of the
paper's size: sst2-gru, whose 100-dimensional embeddings are rotated into 300
dimensions (D 300, H 150; the function is the same).  The peers do the same work
in batches, with their fastest batch size; their times include the embedding and
the splitting of strings.  The scores of both sides are compared before anything
is timed.  The sides take turns, and the ratio is the median over the rounds.
Times are CPU times, user and system.

With REAT_BENCH_QUICK=1 it is fast and inaccurate, and only shows that it works.
"""
import os
import subprocess
import sys
import tempfile
import time

from engine import (BUILD, QUICK, T, Classifier, children, number, random_ids,
                    rounds, row, write_model, write_tok)

import captum.attr
import captum.metrics
import lime.lime_text
import numpy as np
import torch
from safetensors.torch import load_file

try:
    from anchor.anchor_base import AnchorBaseBeam
except ImportError:
    AnchorBaseBeam = None

SHARE = os.path.join(os.path.dirname(__file__), "../../share/models/")
MANY = 64 if QUICK else 4096       # gradxinput's texts, which are soon done
TEXTS = 64 if QUICK else 512
LIMED = 1 if QUICK else 6          # texts that LIME explains
SAMPLES = 300 if QUICK else 5000
STEPS = 50                         # Captum's default
MEASURED = 16 if QUICK else 128    # texts whose infidelity is measured
VARIANTS = 50
REDUCED = 2 if QUICK else 32       # texts that are reduced
ANCHORED = 1 if QUICK else 8       # texts whose anchor is searched


def widened():
    """sst2-gru in 300 dimensions: E Q and W Q, Q [100][300], Q Q^T = 1."""
    state = {**load_file(SHARE + "sst5-words/embedding.safetensors"),
             **load_file(SHARE + "sst2-gru/rnn.safetensors")}
    state = {k: v.float() for k, v in state.items()}
    Q = torch.linalg.qr(torch.randn(300, 100))[0].T
    for name in "embedding.weight", "rnn.weight_ih_l0":
        state[name] = state[name] @ Q
    model = Classifier("gru", len(state["embedding.weight"]), 300, 150, False)
    model.load_state_dict(state)
    return model.eval().requires_grad_(False)


class Peer:
    def __init__(self, model, ids):
        self.model, self.ids = model, torch.from_numpy(ids)

    def logit(self, x):                 # x [B][T][D] -> the second class's
        return self.model.output(self.model.rnn(x.transpose(0, 1))[1][0])[:, 1]

    def embedded(self, i, n):           # texts i.., [n][T][D]
        return self.model.embedding(self.ids[:, i:i + n].T).detach()

    def gradxinput(self, i, n):
        x = self.embedded(i, n).requires_grad_()
        return captum.attr.InputXGradient(self.logit).attribute(
            x).sum(2).detach()

    def ig(self, i, n, rule="gausslegendre"):
        x = self.embedded(i, n)
        return captum.attr.IntegratedGradients(self.logit).attribute(
            x, n_steps=STEPS, method=rule).sum(2).detach()

    def smoothgrad(self, i, n):         # the noise of the first text for all
        x = self.embedded(i, n)
        tunnel = captum.attr.NoiseTunnel(captum.attr.Saliency(self.logit))
        return (x * tunnel.attribute(
            x, nt_samples=50, abs=False,
            stdevs=.15 * float(x[0].max() - x[0].min()))).sum(2).detach()

    def expected(self, i, n):           # ten texts are the background
        return captum.attr.GradientShap(self.logit).attribute(
            self.embedded(i, n), baselines=self.embedded(0, 10),
            n_samples=200).sum(2).detach()

    @torch.inference_mode()
    def omit(self, i, n):
        ids = self.ids[:, i:i + n]
        less = torch.stack([torch.cat([ids[:t], ids[t + 1:]])
                            for t in range(T)], 2)  # [T - 1][n][T]
        x = self.model.embedding(less.reshape(T - 1, -1))
        run = lambda h: self.model.output(h[1][0])[:, 1]
        full = run(self.model.rnn(self.model.embedding(ids)))
        return full[:, None] - run(self.model.rnn(x)).reshape(-1, T)

    def weights(self):
        rnn, H = self.model.rnn, self.model.rnn.hidden_size
        return (H, rnn.weight_ih_l0, rnn.weight_hh_l0, rnn.bias_ih_l0,
                rnn.bias_hh_l0)

    @torch.inference_mode()
    def lrp(self, i, n, epsilon=0.001):
        """Arras et al. 2017 for a GRU: [n][T]."""
        H, ih, hh, bi, bh = self.weights()
        x = self.embedded(i, n)
        n = len(x)
        h, steps = torch.zeros(n, H), []
        stable = lambda v: v + epsilon * torch.where(v >= 0, 1., -1.)
        for t in range(T):
            p, q = x[:, t] @ ih.T + bi, h @ hh.T + bh
            r, z = torch.sigmoid(p[:, :2 * H] + q[:, :2 * H]).split(H, 1)
            a = p[:, 2 * H:] + r * q[:, 2 * H:]
            c = torch.tanh(a)
            new = z * h + (1 - z) * c
            steps.append((h, r, z, a, c, new))
            h = new
        W = self.model.output.weight[1]
        y = h @ W + self.model.output.bias[1]
        R = h * W * (y / stable(y))[:, None]
        S = torch.zeros(n, T)
        for t in reversed(range(T)):
            h, r, z, a, c, new = steps[t]
            share = R / stable(new)
            d = share * (1 - z) * c / stable(a)
            S[:, t] = (x[:, t] * (d @ ih[2 * H:])).sum(1)
            R = h * (share * z + (d * r) @ hh[2 * H:])
        return S

    @torch.inference_mode()
    def cd(self, i, n):
        """Contextual decomposition of all words: [n][T]."""
        H, ih, hh, bi, bh = self.weights()
        x = self.embedded(i, n)
        n = len(x)
        b, g = torch.zeros(n * T, H), torch.zeros(n * T, H)

        def share(a, b, c, f):
            fc, fa, fb, fz = f(c), f(a + c), f(b + c), f(a + b + c)
            return (fa - fc + fz - fb) / 2, (fb - fc + fz - fa) / 2, fc
        for t in range(T):
            of = (torch.arange(T) == t).repeat(n)[:, None]
            p = (x[:, t] @ ih.T).repeat_interleave(T, 0)
            rel, irr = p * of, p * ~of
            qb, qg = b @ hh.T, g @ hh.T
            gate = lambda k: share(
                *(u[:, k] + v[:, k] for u, v in ((rel, qb), (irr, qg))),
                bi[k] + bh[k], torch.sigmoid)
            r, z = gate(slice(0, H)), gate(slice(H, 2 * H))
            k = slice(2 * H, None)
            m, w, e = qb[:, k], qg[:, k], bh[k]
            c = share(rel[:, k] + r[0] * (m + e) + r[2] * m,
                      irr[:, k] + r[1] * (m + w + e) + (r[0] + r[2]) * w,
                      bi[k] + r[2] * e, torch.tanh)
            y = -z[0], -z[1], 1 - z[2]
            both = y[2] * c[2]
            b, g = ((z[0] + z[2]) * b + y[0] * (c[0] + c[2]) + y[2] * c[0] +
                    of * both,
                    sum(z) * g + z[1] * b + y[1] * sum(c) +
                    (y[0] + y[2]) * c[1] + ~of * both)
        return (b @ self.model.output.weight[1]).reshape(n, T)

    @torch.inference_mode()
    def probabilities(self, strings):   # of the lime library's variants
        """Runs variants of one length together, so there is no padding."""
        ids = [[int(w[1:]) for w in s.split()] for s in strings]
        p = np.zeros((len(ids), 2))
        for length in set(map(len, ids)):
            at = [i for i, v in enumerate(ids) if len(v) == length]
            if length == 0:
                p[at] = torch.softmax(self.model.output.bias, 0).numpy()
                continue
            p[at] = self.model(torch.tensor([ids[i] for i in at]).T).numpy()
        return p

    @torch.inference_mode()
    def infidelity(self, i, gone, S):   # gone [K][T], S [T]
        x = self.embedded(i, 1)[0]

        def logit(kept):                # of texts without some words, packed
            h = torch.zeros(len(kept), self.model.sizes[2])
            some = kept.sum(1) > 0
            h[some] = self.model.rnn(torch.nn.utils.rnn.pack_sequence(
                [x[row > 0] for row in kept[some]], False))[1][0]
            return self.model.output(h)[:, 1]

        return captum.metrics.infidelity(
            logit, lambda one: (gone, one - gone), torch.ones(1, T), S[None],
            n_perturb_samples=len(gone)).item()

    @torch.inference_mode()
    def reduction(self, i, beam=5):     # how many words are left
        text = tuple(self.ids[:, i].tolist())
        of = int(self.model(torch.tensor([text]).T).argmax())
        texts = [text]
        while len(texts[0]) > 1:
            less = sorted({t[:k] + t[k + 1:] for t in texts
                           for k in range(len(t))})
            p = self.model(torch.tensor(less).T)
            kept = [j for j in p[:, of].argsort(descending=True)[:beam]
                    if p[j].argmax() == of]
            if not kept:
                break
            texts = [less[j] for j in kept]
        return len(texts[0])

    @torch.inference_mode()
    def anchor(self, i):
        text = self.ids[:, i].numpy()
        of = int(self.model(torch.tensor(text)[:, None]).argmax())

        def sample(present, n, compute_labels=True):
            data = np.random.randint(0, 2, (n, T))
            data[:, list(present)] = 1
            p = self.model(torch.from_numpy(np.where(data, text, 0)).T)
            raw = np.array([str(d) for d in data]).reshape(-1, 1)
            return raw, data, (p.argmax(1) == of).int().numpy()

        return AnchorBaseBeam.anchor_beam(
            sample, delta=.1, epsilon=.15, batch_size=100, beam_size=4,
            desired_confidence=.95, stop_on_first=True)

    def lime(self, i, samples=SAMPLES):
        text = " ".join(f"w{v}" for v in self.ids[:, i].tolist())
        explainer = lime.lime_text.LimeTextExplainer(
            bow=False, mask_string="", split_expression=r"\s+",
            random_state=i)
        found = explainer.explain_instance(
            text, self.probabilities, labels=(1,), num_features=T,
            num_samples=samples).local_exp[1]
        return [dict(found)[t] for t in range(T)]


def scores(command, words=T):
    """For each text: the scores of its words [T], the bias, the logit."""
    out = subprocess.run(command, shell=True, check=True, capture_output=True,
                         text=True).stdout
    rows = [line.split("\t") for line in out.splitlines()]
    of = lambda name: np.array([float(r[9]) for r in rows if r[2] == name])
    return of("word").reshape(-1, words), of("bias"), of("logit")


def agree(name, ours, theirs, tolerance):
    worst = np.abs(ours - np.array(theirs)).max() / np.abs(theirs).max()
    if not worst <= tolerance:
        sys.exit(f"rivals.py: {name}: scores differ by {worst:g} of the "
                 f"largest, expected at most {tolerance:g}")
    print(f"  {name}: scores differ by at most {worst:.1g} of the largest",
          flush=True)


def program(command, tokens):
    start = children()
    subprocess.run(command, shell=True, check=True, stdout=subprocess.DEVNULL)
    return 1e6 * (children() - start) / tokens


def peer_time(run, batch, texts):
    start = time.process_time()
    for i in range(0, texts, batch):
        run(i, batch)
    return 1e6 * (time.process_time() - start) / (texts * T)


def compare(what, ours, run, batches, who, bar, texts=TEXTS):
    run(0, batches[0])
    batch = min(batches, key=lambda b: min(
        peer_time(run, b, min(texts, max(batches))) for _ in range(3)))
    m, t, ratio, _ = rounds(ours, lambda: {"": peer_time(run, batch, texts)})
    row(what, "us a token", number(m), number(t), f"{who}, {batch}",
        f"{ratio:.1f}", f">= {bar:g}", "yes" if ratio >= bar else "no")


def missed(S, bias, logit):
    """The score minus words and baseline, as a part of the words' size."""
    return (np.abs(S.sum(1) + bias - logit) / np.abs(S).sum(1))


def ig_row(peer, grad, tok, rule, bar):
    """reat-grad adds nodes until no text is worse than Captum's worst text."""
    theirs = np.concatenate([peer.ig(i, 4, rule).numpy()
                             for i in range(0, TEXTS, 4)])
    _, bias, logit = scores(f"{grad} {tok}")
    captums = missed(theirs.astype(np.float64), bias, logit)
    # below this, single precision is the limit
    tolerance = max(captums.max(), 1e-7)
    command = f"{grad} -e {tolerance:.2g} {tok}"
    ours = scores(command)
    agree("ig", ours[0], theirs, max(1e-3, 20 * tolerance))
    errors = missed(*ours)
    compare(f"reat-grad -a ig -e {tolerance:.1g}",
            lambda: program(command, TEXTS * T),
            lambda i, n: peer.ig(i, n, rule), (1, 4, 16), "Captum", bar)
    print(f"  beside Captum's {STEPS} steps by {rule}; words and baseline "
          "miss the score by\n  (median, largest, of sum |S|): Captum "
          f"{np.median(captums):.1g}, {captums.max():.1g}; ours "
          f"{np.median(errors):.1g}, {errors.max():.1g}")


def lime_row(peer, lime_program, tok):
    few = 3000                          # enough to see that it is the same
    theirs = peer.lime(0, few)
    ours = scores(f"head -n {T + 3} {tok} | {lime_program} -n {few}")[0][0]
    agree("lime", ours, theirs, 0.2)
    command = f"head -n {(T + 3) * LIMED} {tok} | {lime_program} -n {SAMPLES}"

    def library():
        start = time.process_time()
        for i in range(LIMED):
            peer.lime(i)
        return {"": 1e3 * (time.process_time() - start) / LIMED}

    m, t, ratio, _ = rounds(
        lambda: program(command, LIMED * T) * T / 1e3, library)
    row(f"reat-lime, {SAMPLES} samples", "ms a text", number(m), number(t),
        "lime, PyTorch", f"{ratio:.1f}", ">= 8", "yes" if ratio >= 8 else "no")


def search_row(method, texts, run, who, bar, tok):
    """A search a text, beside one that takes one text after the other."""
    command = f"head -n {(T + 3) * texts} {tok} | reat-reduce -q -a {method}"

    def library():
        start = time.process_time()
        for i in range(texts):
            run(i)
        return {"": 1e3 * (time.process_time() - start) / texts}

    m, t, ratio, _ = rounds(lambda: program(
        f"{command} -m {os.path.dirname(tok)}/model", texts * T) * T / 1e3,
        library)
    row(f"reat-reduce -a {method}", "ms a text", number(m), number(t), who,
        f"{ratio:.1f}", f">= {bar:g}", "yes" if ratio >= bar else "no")


def reduce_rows(peer, folder, tok):
    out = subprocess.run(
        f"head -n {(T + 3) * REDUCED} {tok} | reat-reduce -q -H -m {folder}",
        shell=True, check=True, capture_output=True, text=True).stdout
    ours = [int(line.split("\t")[6]) for line in out.splitlines()]
    theirs = [peer.reduction(i) for i in range(REDUCED)]
    if sum(a != b for a, b in zip(ours, theirs)) > REDUCED / 16:
        sys.exit(f"rivals.py: reduction leaves {ours} words, expected {theirs}")
    search_row("reduction", REDUCED, peer.reduction, "PyTorch", 3, tok)
    if AnchorBaseBeam is None:
        print("reat-reduce -a anchor: no peer: no module anchor")
    else:
        search_row("anchor", ANCHORED, peer.anchor, "anchor-exp, PyTorch", 3,
                   tok)


def tree_rows(asked, tok):
    for name in "reat-occlude -j tree", "reat-grad -a skip -j tree":
        command = f"head -n {(T + 3) * REDUCED} {tok} | {name} {asked}"
        m = min(program(command, REDUCED * T) for _ in range(1 if QUICK else 5))
        row(name, "us a token", number(m), "-", "none", "-", "-", "-")


def infidelity_row(peer, asked, folder, tok, tmp):
    head = f"head -n {(T + 3) * MEASURED} {tok}"
    subprocess.run(f"{head} | reat-score {asked} >{tmp}/scores", shell=True,
                   check=True)
    S = torch.from_numpy(scores(f"cat {tmp}/scores")[0]).float()
    names = subprocess.run(f"{head} | reat-erase -K {VARIANTS}", shell=True,
                           check=True, capture_output=True, text=True).stdout
    gone = torch.zeros(MEASURED * VARIANTS, T)
    variants = [line.split("~")[2] for line in names.splitlines()
                if line.startswith("# sent_id") and "~" in line]
    for row, lost in zip(gone, variants):
        for part in lost.split(","):
            first, _, last = part.partition("-")
            row[int(first) - 1:int(last or first)] = 1
    gone = gone.reshape(MEASURED, VARIANTS, T)
    command = (f"{head} | reat-erase -K {VARIANTS} | reat-predict -q -g -m "
               f"{folder} | reat-eval -H -n 1 -a infidelity -c positive - "
               f"{tmp}/scores")
    ours = subprocess.run(command, shell=True, check=True, capture_output=True,
                          text=True).stdout.split()[5]
    run = lambda i, n: peer.infidelity(i, gone[i], S[i])
    agree("infidelity", np.array([float(ours)]),
          [np.mean([run(i, 1) for i in range(MEASURED)])], 1e-3)
    compare(f"reat-eval -a infidelity, {VARIANTS} variants",
            lambda: program(command, MEASURED * T), run, (1,), "Captum", 3,
            MEASURED)


def about(other):
    cpu, flags = ([line.split(":")[1].strip() for line in open("/proc/cpuinfo")
                   if line.startswith(name)] for name in ("model name", "flags"))
    width = next((w for w in ("avx512f", "avx2", "avx") if flags and
                  w in flags[0].split()), "no AVX")
    print(f"{cpu[0] if cpu else 'unknown CPU'}, {width}; PyTorch "
          f"{torch.__version__}, Captum {captum.__version__}, {other}; one "
          f"thread; sst2-gru at D 300, H 150; texts of {T} words")
    row("work", "unit", "ours", "theirs", "peer, batch", "ratio", "bar", "met")


def main():
    torch.set_num_threads(1)
    torch.manual_seed(1)
    os.environ["PATH"] = BUILD + ":" + os.environ["PATH"]
    about("lime 0.2.0.1")
    with tempfile.TemporaryDirectory() as tmp:
        model = widened()
        ids = random_ids(MANY, model.sizes[0])
        peer, folder, tok = Peer(model, ids), f"{tmp}/model", f"{tmp}/tok"
        write_model(model, folder)
        write_tok(ids[:, :TEXTS], tok)
        write_tok(ids, f"{tmp}/many")
        asked = f"-H -m {folder} -c positive -l word"

        def simple(command, run, batches, who, bar, path, texts):
            agree(command, scores(f"{command} {asked} {tok}")[0][:64],
                  run(0, 64).numpy(), 1e-3)
            compare(command, lambda: program(f"{command} {asked} {path}",
                                             texts * T),
                    run, batches, who, bar, texts)

        simple("reat-grad -a gradxinput", peer.gradxinput, (8, 32, 128),
               "Captum", 3, f"{tmp}/many", MANY)
        simple("reat-grad -a lrp", peer.lrp, (8, 32, 128, 512), "PyTorch", 1.5,
               f"{tmp}/many", MANY)
        simple("reat-grad -a cd", peer.cd, (4, 16, 64), "PyTorch", 4, tok,
               TEXTS)
        for rule in "riemann_middle", "gausslegendre":
            ig_row(peer, f"reat-grad {asked}", tok, rule, 15)
        # both draw samples of their own, so scores are not compared here
        write_tok(ids[:, :10], f"{tmp}/ten")
        for command, run in (
                ("reat-grad -a smoothgrad", peer.smoothgrad),
                (f"reat-grad -a expected -r {tmp}/ten", peer.expected)):
            compare(command.split(" -r")[0],
                    lambda: program(f"{command} {asked} {tok}", TEXTS * T),
                    run, (1, 4, 16), "Captum", 3)
        simple("reat-occlude -a omit", peer.omit, (1, 4, 16, 64), "PyTorch",
               5, tok, TEXTS)
        lime_row(peer, f"reat-lime {asked}", tok)
        infidelity_row(peer, asked, folder, tok, tmp)
        reduce_rows(peer, folder, tok)
        tree_rows(asked, tok)
    print(f"load average at the end: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
