# SPDX-License-Identifier: ISC
# train.py TEXTS D BATCH TUNED CELL: print PyTorch's CPU time in microseconds per
# word for training steps of a network (H 150, the last state, Adam) with one
# thread.  TEXTS has lines of text TAB label; the word numbers are in memory
# before.  Batches are padded.  The time is the better of two ways: packing them
# (pack_padded_sequence), or selecting the last state of each text in the padded
# run.  TUNED is frozen, dense or sparse (SparseAdam).  CELL is gru, or mingru,
# which PyTorch does not have: then the two ways are a loop over the words, and a
# scan in parallel that combines pairs of steps, twice as far each time.
import sys
import time

import torch
from torch import nn

H = 150
STEPS = {5: (220, 20), 50: (50, 10)}	# batch: steps, of them not timed
path, D, batch, tuned = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), \
    sys.argv[4]
mingru = sys.argv[5] == "mingru"
torch.set_num_threads(1)
torch.manual_seed(1)
words, texts, labels = {}, [], []
for line in open(path):
    text, label = line.rstrip("\n").split("\t")
    texts.append(torch.tensor([words.setdefault(w, len(words))
                               for w in text.split(" ")]))
    labels.append(int(label))


class MinGRU(nn.Module):
    """h = a h + (1 - a) n, a = 1 - sigmoid(z): z and n of the word alone."""

    def __init__(self, scan):
        super().__init__()
        self.zn, self.scan = nn.Linear(D, 2 * H), scan

    def forward(self, x):
        z, n = self.zn(x).chunk(2, -1)
        a, b = torch.sigmoid(-z), torch.sigmoid(z) * n
        if not self.scan:
            h = [b[:, 0]]
            for t in range(1, x.shape[1]):
                h.append(a[:, t] * h[-1] + b[:, t])
            return torch.stack(h, 1), None
        far = 1
        while far < x.shape[1]:
            b = torch.cat([b[:, :far], a[:, far:] * b[:, :-far] +
                           b[:, far:]], 1)
            a = torch.cat([a[:, :far], a[:, far:] * a[:, :-far]], 1)
            far *= 2
        return b, None


def run(packed):
    embedding = nn.Embedding(len(words), D, sparse=tuned == "sparse")
    embedding.weight.requires_grad = tuned != "frozen"
    rnn, output = MinGRU(packed) if mingru else nn.GRU(
        D, H, batch_first=True), nn.Linear(H, 2)
    rest = list(rnn.parameters()) + list(output.parameters())
    steppers = [torch.optim.Adam(rest)]
    if tuned == "dense":
        steppers = [torch.optim.Adam(rest + [embedding.weight])]
    if tuned == "sparse":
        steppers.append(torch.optim.SparseAdam([embedding.weight]))
    order = torch.randperm(len(texts)).tolist()
    count, warm = STEPS[batch]
    seen = 0
    for step in range(count):
        if step == warm:
            begun, seen = time.process_time(), 0
        some = sorted(order[step * batch:(step + 1) * batch],
                      key=lambda i: -len(texts[i]))
        sizes = torch.tensor([len(texts[i]) for i in some])
        x = embedding(nn.utils.rnn.pad_sequence(
            [texts[i] for i in some], batch_first=True))
        if packed and not mingru:
            last = rnn(nn.utils.rnn.pack_padded_sequence(
                x, sizes, batch_first=True))[1][-1]
        else:
            last = rnn(x)[0][torch.arange(len(some)), sizes - 1]
        loss = nn.functional.cross_entropy(
            output(last), torch.tensor([labels[i] for i in some]))
        for s in steppers:
            s.zero_grad()
        loss.backward()
        for s in steppers:
            s.step()
        seen += int(sizes.sum())
    return 1e6 * (time.process_time() - begun) / seen


print("%.2f" % min(run(True), run(False)))
