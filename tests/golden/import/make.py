# Make the folders beside this script: state_dicts as people have them, and
# logits.tsv, each text with the logits that PyTorch gives.
#
#     pip install torch==2.13.0 safetensors && python3 make.py
#
# Texts are words, separated by blanks; a word that is not in vocab.txt is
# <unk>.
import functools
import os
import sys

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn.utils import parametrizations, weight_norm

WORDS = ["<pad>", "<unk>", "the", "film", "is", "very", "good", "bad", "not",
         "."]
TEXTS = ["the film is very good .", "not bad", "zzz bad film", "good"]
HERE = os.path.dirname(os.path.abspath(sys.argv[0]))


class Net(nn.Module):
    def __init__(self, rows=len(WORDS), cell=nn.GRU, norm=None):
        super().__init__()
        self.emb = nn.Embedding(rows, 5, padding_idx=0)
        self.rnn = cell(5, 4, batch_first=True, bidirectional=True)
        self.fc = nn.Linear(8, 3)
        if norm is not None:
            for name in [n for n, _ in self.rnn.named_parameters()
                         if n.startswith("weight")]:
                norm(self.rnn, name)
            self.fc = norm(self.fc, "weight")

    def states(self, ids):
        h = self.rnn(self.emb(ids))[1]
        h = h[0] if isinstance(h, tuple) else h
        return torch.cat([h[0], h[1]], 1)

    def forward(self, ids):
        return self.fc(self.states(ids))


class Mlp(Net):
    def __init__(self):
        super().__init__()
        self.fc = nn.Sequential(nn.Linear(8, 6), nn.ReLU(), nn.Linear(6, 3))


class LayerNorm(Net):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(8)

    def forward(self, ids):
        return self.fc(self.norm(self.states(ids)))


class BatchNorm(LayerNorm):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(8)


class Attention(Net):
    def __init__(self):
        super().__init__()
        self.attn = nn.MultiheadAttention(8, 2, batch_first=True)

    def forward(self, ids):
        y = self.rnn(self.emb(ids))[0]
        return self.fc(self.attn(y, y, y)[0].mean(1))


class Convolution(Net):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(5, 5, 3, padding=1)

    def forward(self, ids):
        x = self.conv(self.emb(ids).transpose(1, 2)).transpose(1, 2)
        h = self.rnn(x)[1]
        return self.fc(torch.cat([h[0], h[1]], 1))


class Lightning(nn.Module):
    def __init__(self):
        super().__init__()
        self.model = Net()
        self.register_buffer("class_weights", torch.tensor([1.0, 2.0, 3.0]))

    def forward(self, ids):
        return self.model(ids)


class Projected(Net):
    def __init__(self):
        super().__init__(cell=nn.LSTM)
        self.rnn = nn.LSTM(5, 4, batch_first=True, bidirectional=True,
                           proj_size=3)
        self.fc = nn.Linear(6, 3)
        for name in [n for n, _ in self.rnn.named_parameters()
                     if n.startswith("weight")]:
            parametrizations.weight_norm(self.rnn, name)
        self.double()


class FirstState(Net):
    def __init__(self):
        super().__init__()
        self.start = nn.Parameter(torch.randn(2, 1, 4))

    def states(self, ids):
        h = self.rnn(self.emb(ids), self.start)[1]
        return torch.cat([h[0], h[1]], 1)


class Cell(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(len(WORDS), 5)
        self.cell = nn.LSTMCell(5, 4)
        self.fc = nn.Linear(4, 3)

    def forward(self, ids):
        state = None
        for x in self.emb(ids)[0]:
            state = self.cell(x.unsqueeze(0), state)
        return self.fc(state[0])


KINDS = {
    "f64": lambda: Net().double(),
    "weight-norm-old": lambda: Net(norm=weight_norm),
    "weight-norm-new": lambda: Net(cell=nn.LSTM,
                                   norm=parametrizations.weight_norm),
    "more-rows": lambda: Net(rows=16),
    "two-linear": Mlp,
    "layer-norm": LayerNorm,
    "batch-norm": BatchNorm,
    "attention": Attention,
    "convolution": Convolution,
    "left-out": Lightning,
    "lstm-cell": Cell,
    "rnn-relu": lambda: Net(cell=functools.partial(nn.RNN,
                                                   nonlinearity="relu")),
    "projected": Projected,
    "first-state": FirstState,
}


def write(name, net):
    folder = os.path.join(HERE, name)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "vocab.txt"), "w") as f:
        f.writelines(w + "\n" for w in WORDS)
    save_file({k: v.contiguous() for k, v in net.state_dict().items()},
              os.path.join(folder, "weights.safetensors"))
    net.eval()
    with open(os.path.join(folder, "logits.tsv"), "w") as f, torch.no_grad():
        for text in TEXTS:
            ids = [WORDS.index(w) if w in WORDS else 1 for w in text.split()]
            logits = net(torch.tensor([ids]))[0].tolist()
            f.write("\t".join([text] + ["%.9g" % x for x in logits]) + "\n")


for number, (name, kind) in enumerate(KINDS.items()):
    torch.manual_seed(number)
    write(name, kind())
