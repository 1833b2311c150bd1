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

A line is a name, the number of numbers, and the numbers.
"""
import torch
from torch import nn

V, D, H, STEPS, BATCH = 9, 4, 5, 50, 4
RATE, DECAY = 0.02, 0.01
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
for f in golden, delta:
    say(f, "sizes", [V, D, H, len(TEXTS), STEPS, BATCH, len(SCALES)])
    for t in TEXTS:
        say(f, "text", t)
say(golden, "rates", [RATE, DECAY])
say(golden, "gold", GOLD)
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
                    for i in range(len(SCALES)):
                        say(delta, "asked", asked(model, i))
                    loss = model.loss(TEXTS, gold)
                    loss.backward()
                    say(golden, "loss", [loss])
                    say(golden, "grad", [
                        n for p in model.parameters()
                        for n in two_numbers(p.grad)])
                    for name in "frozen", "tuned":
                        model.load_state_dict(start)
                        losses = run(model, gold, name == "tuned")
                        print(name, STEPS, *("%.6g" % v for v in losses),
                              file=golden)
