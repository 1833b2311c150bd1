# SPDX-License-Identifier: ISC
"""golden.txt: gradients and training losses of PyTorch in float64.

    python generate.py >golden.txt      (torch 2.13.0, seed 7)

Four small classifiers (GRU and LSTM, one and two directions, the last state,
three classes) on the same twelve texts.  For each: the weights, the gradients
of the mean cross-entropy of all twelve texts, and the losses of 50 steps of
Adam on batches of four texts, taken round and round; the embedding is frozen
in the first run of 50 and is updated by SparseAdam in the second.

A line is a name, how many numbers follow, and the numbers.
"""
import torch
from torch import nn

V, D, H, C, STEPS, BATCH = 9, 4, 5, 3, 50, 4
RATE, DECAY = 0.02, 0.01
torch.set_default_dtype(torch.float64)
torch.manual_seed(7)


def say(name, values):
    values = [v.item() if hasattr(v, "item") else v for v in values]
    print(name, len(values), *("%.9g" % v for v in values))


class Classifier(nn.Module):
    def __init__(self, cell, directions):
        super().__init__()
        self.embedding = nn.Embedding(V, D)
        self.rnn = {"gru": nn.GRU, "lstm": nn.LSTM}[cell](
            D, H, bidirectional=directions == 2, batch_first=True)
        self.output = nn.Linear(directions * H, C)

    def loss(self, texts, gold):
        packed = nn.utils.rnn.pack_sequence(
            [self.embedding(torch.tensor(t)) for t in texts],
            enforce_sorted=False)
        state = self.rnn(packed)[1]
        if isinstance(state, tuple):
            state = state[0]
        logits = self.output(torch.cat(tuple(state), 1))
        return nn.functional.cross_entropy(logits, torch.tensor(gold))


def run(model, texts, gold, tuned):
    model.embedding.sparse = tuned
    rest = [p for n, p in model.named_parameters() if "embedding" not in n]
    steppers = [torch.optim.Adam(rest, lr=RATE, weight_decay=DECAY)]
    if tuned:
        steppers.append(torch.optim.SparseAdam(
            list(model.embedding.parameters()), lr=RATE))
    losses = []
    for step in range(STEPS):
        at = step * BATCH % len(texts)
        model.zero_grad()
        loss = model.loss(texts[at:at + BATCH], gold[at:at + BATCH])
        loss.backward()
        for s in steppers:
            s.step()
        losses.append(loss)
    return losses


texts = [torch.randint(V, (n,)).tolist()
         for n in (3, 7, 1, 5, 5, 2, 9, 4, 6, 1, 3, 8)]
gold = torch.randint(C, (len(texts),)).tolist()
say("sizes", [V, D, H, C, len(texts), STEPS, BATCH])
say("rates", [RATE, DECAY])
say("gold", gold)
for t in texts:
    say("text", t)
for cell in "gru", "lstm":
    for directions in 1, 2:
        model = Classifier(cell, directions)
        # float32 weights, so that both sides start from the same numbers
        for p in model.parameters():
            p.data = p.data.float().double()
        start = {k: v.clone() for k, v in model.state_dict().items()}
        loss = model.loss(texts, gold)
        loss.backward()
        print("model", 2, ["gru", "lstm"].index(cell), directions)
        say("loss", [loss])
        for name, p in model.named_parameters():
            say(name, p.data.flatten())
            say(name + ".grad", p.grad.flatten())
        say("frozen", run(model, texts, gold, False))
        model.load_state_dict(start)
        say("tuned", run(model, texts, gold, True))
