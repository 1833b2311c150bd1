# SPDX-License-Identifier: ISC
"""generate.py: write golden.txt and delta.txt, gradients of PyTorch in float64.

    python generate.py      (in this folder; torch 2.13.0, about a minute)

The models are small classifiers of every kind that can be trained (GRU and
LSTM, one and two directions, one and two layers, three heads, softmax and
sigmoid).  They have the same texts, and one text is empty.  Word -1 has the
zero vector.  Each text is run alone, without padding.

The weights come from a sequence that the tests compute too:
x = (75 x + 74) mod 65537, (x / 65536 - 1/2) 3/2, starting with x = the model's
number.  A gradient is written as two numbers: its sum weighted by such a
sequence from x = 99, and its norm.

golden.txt has for each model the loss of all texts, its gradients by parameter,
and the losses of two runs of 50 steps of Adam on batches of four texts, again
and again.  The embedding is frozen in the first run and is updated by
SparseAdam in the second.

delta.txt has for each model and the first texts, at scale q and for target F,
the value F and the gradient of F with respect to the word vectors.  For even
texts F is the rows weighted by 1/2, -1/2, -3/2; for odd ones the probability of
class i/2 mod C.

penalty.txt has for each model the loss of all texts with the penalty of the
words MARKED (lib/train/penalty.h), and its gradients by parameter.  The scores
are computed literally, from gates by the equations of the cells; their states
must equal PyTorch's to 1e-12:

    S(t, c) = W_c sum over k >= t of M_k o_k (s_t - a_t s_{t-1}) a_{t+1} ... a_k

A line is a name, the number of numbers, and the numbers.
"""
import torch
from torch import nn

V, D, H, STEPS, BATCH = 9, 4, 5, 50, 4
RATE, DECAY = 0.02, 0.01
PENALTY, MARKED = 0.7, [0, 4, 8]
SCALES = [1, 0.75, 0.5, 1, 0.25, 0.125]
TEXTS = [[0, 4, 7], [2, 4, 6, 8, 5, 4, 8], [7], [1, 8, -1, 2, 4],
         [0, 1, 3, 6, 3], [4, 5], [0, 7, 2, 2, 1, 6, 5, 0, 1], [3, 1, 1, 6],
         [], [0], [3, 2, 8, 4], [7, 2, 8, -1, 3, 2, 8, 3]]
GOLD = [0, 0, 2, 1, 1, 0, 1, 0, 2, 2, 2, 0]
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def say(f, name, values):
    values = [v.item() if hasattr(v, "item") else v for v in values]
    print(name, len(values), *("%.8g" % v for v in values), file=f)


def sequence(x, n):
    out = []
    for _ in range(n):
        x = (75 * x + 74) % 65537
        out.append((x / 65536 - 0.5) * 1.5)
    return torch.tensor(out), x


def two_numbers(g):
    g = g.to_dense().flatten()
    return [(g * sequence(99, g.numel())[0]).sum(), g.norm()]


class Classifier(nn.Module):
    def __init__(self, number, cell, directions, layers, pooling, rows):
        super().__init__()
        self.pooling, self.rows, self.directions = pooling, rows, directions
        self.embedding = nn.Embedding(V, D)
        self.rnn = {"gru": nn.GRU, "lstm": nn.LSTM}[cell](
            D, H, layers, bidirectional=directions == 2, batch_first=True)
        self.output = nn.Linear(directions * H, rows)
        for p in self.parameters():
            values, number = sequence(number, p.numel())
            p.data = values.reshape(p.shape)

    def embed(self, text):
        ids = torch.tensor(text)
        x = torch.zeros(len(text), D)
        if (ids >= 0).any():
            x = x.index_put((ids >= 0,), nn.functional.embedding(
                ids[ids >= 0], self.embedding.weight, sparse=True))
        return x

    def logits(self, x):
        if len(x) == 0:
            return self.output(torch.zeros(self.directions * H))
        y = self.rnn(x[None])[0][0]
        if self.pooling == "last":
            f = torch.cat([y[-1, :H], y[0, H:]])
        elif self.pooling == "mean":
            f = y.mean(0)
        else:
            f = y.max(0).values
        return self.output(f)

    def loss(self, texts, gold):
        z = torch.stack([self.logits(self.embed(t)) for t in texts])
        gold = torch.tensor(gold)
        if self.rows == 1:
            return nn.functional.binary_cross_entropy_with_logits(
                z[:, 0], (gold == 1).double())
        return nn.functional.cross_entropy(z, gold)


def gates(rnn, x, layer, d):
    """The states s and h, carries a and output gates o of a direction, [T][H]
    in its reading order; x [T][inputs] is in the order of the text."""
    suffix = "_l%d%s" % (layer, "_reverse" if d else "")
    w, u, b, c = (getattr(rnn, name + suffix) for name in (
        "weight_ih", "weight_hh", "bias_ih", "bias_hh"))
    h, cell, rows = torch.zeros(H), torch.zeros(H), []
    for row in (x.flip(0) if d else x):
        p, q = (w @ row + b).split(H), (u @ h + c).split(H)
        if isinstance(rnn, nn.GRU):
            r, z = torch.sigmoid(p[0] + q[0]), torch.sigmoid(p[1] + q[1])
            h = (1 - z) * torch.tanh(p[2] + r * q[2]) + z * h
            rows.append([h, h, z, torch.ones(H)])
        else:
            i, f, o = (torch.sigmoid(p[k] + q[k]) for k in (0, 1, 3))
            cell = f * cell + i * torch.tanh(p[2] + q[2])
            h = o * torch.tanh(cell)
            rows.append([torch.tanh(cell), h, f, o])
    return [torch.stack(column) for column in zip(*rows)]


def scores(model, text):
    """REAT's scores [T][rows] of the words, of the top layer."""
    x, T = model.embed(text), len(text)
    for layer in range(model.rnn.num_layers):
        directions = [gates(model.rnn, x, layer, d)
                      for d in range(model.directions)]
        x = torch.cat([h.flip(0) if d else h for d, (_, h, _, _) in
                       enumerate(directions)], 1)
    assert (x - model.rnn(model.embed(text)[None])[0][0]).abs().max() < 1e-12
    S = torch.zeros(T, model.rows)
    for d, (s, h, a, o) in enumerate(directions):
        M = torch.zeros(T, H)
        if model.pooling == "last":
            M[T - 1] = 1
        elif model.pooling == "mean":
            M[:] = 1 / T
        else:
            M[h.argmax(0), torch.arange(H)] = 1
        W = model.output.weight[:, d * H:(d + 1) * H]
        parts = []
        for t in range(T):
            wrote = s[t] - a[t] * s[t - 1] if t > 0 else s[t]
            parts.append(sum(W @ (M[k] * o[k] * wrote *
                                  a[t + 1:k + 1].prod(0))
                             for k in range(t, T)))
        S = S + torch.stack(parts[::-1] if d else parts)
    return S


def penalised(model, texts, gold):
    penalty = 0
    for text in texts:
        marked = [t for t, word in enumerate(text) if word in MARKED]
        if not marked:
            continue
        penalty = penalty + scores(model, text)[marked].square().sum()
    return model.loss(texts, gold) + PENALTY * penalty / len(texts)


def run(model, gold, tuned):
    rest = [p for n, p in model.named_parameters() if "embedding" not in n]
    steppers = [torch.optim.Adam(rest, lr=RATE, weight_decay=DECAY)]
    if tuned:
        steppers.append(torch.optim.SparseAdam(
            list(model.embedding.parameters()), lr=RATE))
    losses = []
    for step in range(STEPS):
        at = step * BATCH % len(TEXTS)
        for p in model.parameters():
            p.grad = None
        loss = model.loss(TEXTS[at:at + BATCH], gold[at:at + BATCH])
        loss.backward()
        for s in steppers:
            s.step()
        losses.append(loss.item())
    return losses


def asked(model, i):
    x = (SCALES[i] * model.embed(TEXTS[i])).detach().requires_grad_()
    z = model.logits(x)
    if i % 2 == 0:
        F = sum(z[k] * (0.5 - k) for k in range(model.rows))
    elif model.rows == 1:
        F = torch.sigmoid(z[0] if i // 2 % 2 == 1 else -z[0])
    else:
        F = torch.softmax(z, 0)[i // 2 % model.rows]
    return [F] + two_numbers(torch.autograd.grad(F, x)[0])


golden, delta = open("golden.txt", "w"), open("delta.txt", "w")
penalty = open("penalty.txt", "w")
for f in golden, delta, penalty:
    say(f, "sizes", [V, D, H, len(TEXTS), STEPS, BATCH, len(SCALES)])
    for t in TEXTS:
        say(f, "text", t)
say(golden, "rates", [RATE, DECAY])
say(golden, "gold", GOLD)
say(penalty, "gold", GOLD)
say(penalty, "penalty", [PENALTY])
say(penalty, "marked", MARKED)
say(delta, "scales", SCALES)
number = 0
for cell in 0, 1:
    for directions in 1, 2:
        for layers in 1, 2:
            for pooling in 0, 1, 2:
                for rows in 1, 3:
                    number += 1
                    kind = [cell, directions, layers, pooling, rows]
                    model = Classifier(number, ["gru", "lstm"][cell],
                                       directions, layers,
                                       ["last", "mean", "max"][pooling], rows)
                    start = {k: v.clone()
                             for k, v in model.state_dict().items()}
                    gold = [g % 2 if rows == 1 else g for g in GOLD]
                    say(golden, "model", kind)
                    say(delta, "model", kind)
                    say(penalty, "model", kind)
                    for i in range(len(SCALES)):
                        say(delta, "asked", asked(model, i))
                    loss = model.loss(TEXTS, gold)
                    loss.backward()
                    say(golden, "loss", [loss])
                    say(golden, "grad", [
                        n for p in model.parameters()
                        for n in two_numbers(p.grad)])
                    for p in model.parameters():
                        p.grad = None
                    loss = penalised(model, TEXTS, gold)
                    loss.backward()
                    say(penalty, "loss", [loss])
                    say(penalty, "grad", [
                        n for p in model.parameters()
                        for n in two_numbers(p.grad)])
                    for name in "frozen", "tuned":
                        model.load_state_dict(start)
                        losses = run(model, gold, name == "tuned")
                        print(name, STEPS, *("%.6g" % v for v in losses),
                              file=golden)
