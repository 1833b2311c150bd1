# Make the files *.onnx of the folder onnx beside this script, the folders
# onnx-* by share/convert/from_onnx.py, and files that from_onnx.py must refuse
# in the folder given.  pytorch-* are networks of the files -old and -new as
# PyTorch has them.
#
#     pip install torch==2.13.0 onnx==1.23.2 onnxruntime==1.32.0 \
#         onnxscript==0.7.2 safetensors
#     python3 onnx_make.py FOLDER [refused]
#
# With refused, only those files are made.
#
# The end of a name is the exporter: old is dynamo=False, new is dynamo=True.
import os
import subprocess
import sys
import warnings

import onnx
import torch
from safetensors.torch import save_file
from torch import nn

HERE = os.path.dirname(os.path.abspath(sys.argv[0]))
CONVERT = os.path.join(HERE, "../../../share/convert/from_onnx.py")
WORDS = ["<pad>", "<unk>", "the", "film", "is", "very", "good", "bad", "not",
         "."]


class Net(nn.Module):
    def __init__(self, cell=nn.GRU, pooling="last", head=(), both=True,
                 layers=1, first=True, end=None, rows=3, scale=1, start=None,
                 attention="sum", **more):
        super().__init__()
        self.emb = nn.Embedding(len(WORDS), 5)
        self.rnn = cell(5, 4, layers, batch_first=first, bidirectional=both,
                        **more)
        self.pooling, self.first, self.both = pooling.split("+"), first, both
        self.attention, F = attention, 8 if both else 4
        if attention == "additive":
            self.attn = nn.Sequential(nn.Linear(F, 6), nn.Tanh(),
                                      nn.Linear(6, 1))
        elif attention == "query":
            self.attn = nn.Linear(F, 1, bias=False)
        elif attention == "parameter":
            self.w = nn.Parameter(torch.zeros(F))
        width, modules = (8 if both else 4) * len(self.pooling), []
        for m in head:
            if isinstance(m, int):
                modules, width = modules + [nn.Linear(width, m)], m
            else:
                modules.append(m(width) if "Norm" in m.__name__ else m())
        self.head = nn.Sequential(*modules)
        self.fc = nn.Linear(width, rows)
        self.end, self.scale, self.start = end, scale, start

    def scores(self, y, last):
        """[texts][words]"""
        return {"sum": lambda: y.sum(2),
                "parameter": lambda: torch.tanh(y) @ self.w,
                "dot": lambda: (y @ last()[:, :, None])[:, :, 0],
                "scaled-dot": lambda: torch.einsum(
                    "btf,bf->bt", y, last()) / y.shape[2] ** .5}.get(
                        self.attention, lambda: self.attn(y)[:, :, 0])()

    def forward(self, ids, more=None):
        start = None if self.start is None else self.start.expand(
            2, ids.shape[0], 4).contiguous()
        x = self.emb(ids) if self.scale == 1 else self.emb(ids) * self.scale
        y, h = self.rnn(x if more is None else x + more[:, :, None], start)
        h = h[0] if isinstance(h, tuple) else h
        y = y if self.first else y.transpose(0, 1)
        parts = {"last": lambda: torch.cat([h[-2], h[-1]], 1) if self.both
                 else h[-1], "end": lambda: y[:, -1],
                 "mean": lambda: y.mean(1), "max": lambda: y.max(1).values,
                 "min": lambda: y.min(1).values,
                 "attention": lambda: (torch.softmax(self.scores(
                     y, parts["last"]), 1)[:, :, None] * y).sum(1)}
        x = self.fc(self.head(torch.cat([parts[p]() for p in self.pooling],
                                        1)))
        return x if self.end is None else self.end(x)


class NoRnn(nn.Linear):
    def __init__(self, D, H, *_, **__):
        super().__init__(D, 2 * H)

    def forward(self, x, start):
        return super().forward(x), x


DEEP = [nn.BatchNorm1d, 6, nn.GELU, nn.LayerNorm, 4, nn.LeakyReLU]
BOTH = {
    "gru": dict(),
    "bilstm-2": dict(cell=nn.LSTM, layers=2, pooling="mean+max", head=DEEP),
}
PYTORCH = {     # with the settings for import
    "gru-old": "pooling=last output=fc",
    "bilstm-2-old": "pooling=mean+max output=fc "
                    "head=head.0,head.1,gelu,head.3,head.4,leaky-relu",
}
OLD = {
    "rnn-relu": dict(cell=nn.RNN, pooling="end", nonlinearity="relu"),
    "columns": dict(first=False, pooling="max+last", head=[5, nn.ReLU],
                    end=lambda x: torch.log_softmax(x, 1)),
    # the reset gate before the product, no bias, GELU in parts: see below
    "gru-before": dict(head=[5, nn.GELU], bias=False, rows=1,
                       end=lambda x: torch.sigmoid(x).squeeze(1)),
}
NEW = {
    "labels": dict(both=False, layers=2, end=torch.sigmoid,
                   head=[6, nn.SiLU, 6, nn.ELU, 4, nn.Tanh]),
}
# attention: additive, a learnt query, a parameter, and the last states
ATTENTION = {
    "additive": dict(cell=nn.LSTM, pooling="attention", attention="additive",
                     head=[5, nn.ReLU]),
    "query": dict(pooling="attention+max", attention="query", layers=2),
}
ATTENTION_OLD = {
    "parameter": dict(pooling="mean+attention", attention="parameter"),
    "dot": dict(pooling="attention", attention="dot", both=False),
    "scaled-dot": dict(pooling="attention", attention="scaled-dot"),
}
HARD = {        # hard sigmoids, by attributes: see below
    "hard-gru": dict(),
    "hard-lstm": dict(cell=nn.LSTM, pooling="mean", both=False, bias=False),
}
ATTRIBUTES = {
    "hard-gru": {"activations": ["HardSigmoid", "Tanh"] * 2,
                 "activation_alpha": [0.25, 0.15],
                 "activation_beta": [0.4, 0.5]},
    "hard-lstm": {"activations": ["HardSigmoid", "Tanh", "Tanh"]},
    "gates": {"activations": ["Sigmoid", "Relu"] * 2},
}
REFUSED = {
    "min": dict(pooling="min"),
    "attention": dict(pooling="attention"),
    "softplus": dict(head=[5, nn.Softplus]),
    "tanh-gelu": dict(head=[5, lambda: nn.GELU("tanh")]),
    "twice": dict(pooling="max+max"),
    "scaled": dict(scale=2),
    "state": dict(start=torch.ones(2, 1, 4)),
    "two": dict(),              # inputs
    "fixed": dict(),            # shape
    "no-rnn": dict(cell=NoRnn, pooling="mean"),
    "gates": dict(),            # ReLU, by an attribute
}


def export(net, file, new, opset):
    ids = torch.ones((1, 4), dtype=torch.int64)
    if new:
        torch.onnx.export(net, (ids,), file, dynamo=True, verbose=False,
                          external_data=False, dynamic_shapes={"ids": {
                              0: torch.export.Dim("b"),
                              1: torch.export.Dim("t")}})
    else:
        name = os.path.basename(file)
        given = (ids, torch.ones(1, 4)) if name == "two.onnx" else (ids,)
        torch.onnx.export(net, given, file, dynamo=False,
                          input_names=["ids", "more"][:len(given)],
                          opset_version=opset, dynamic_axes=None
                          if name == "fixed.onnx" else
                          {"ids": {0: "b", 1: "t"}})


def pytorch(folder, net, settings):
    os.makedirs(folder, exist_ok=True)
    save_file({k: v.contiguous() for k, v in net.state_dict().items()},
              os.path.join(folder, "weights.safetensors"))
    with open(os.path.join(folder, "vocab.txt"), "w") as f:
        f.writelines(w + "\n" for w in WORDS)
    with open(os.path.join(folder, "logits.tsv"), "w") as f, torch.no_grad():
        for text in ("the film is very good .", "not bad", "bad"):
            logits = net(torch.tensor([[WORDS.index(w)
                                        for w in text.split()]]))[0].tolist()
            f.write("\t".join([text] + ["%.9g" % x for x in logits]) + "\n")
    with open(os.path.join(folder, "import"), "w") as f:
        f.write(settings + "\n")


def make(name, number, shape, to, new=False, opset=20):
    torch.manual_seed(number)
    net = Net(**shape)
    with torch.no_grad():
        for module in net.modules():
            if isinstance(module, nn.BatchNorm1d):
                module.running_mean.normal_()
                module.running_var.uniform_(.5, 2)
        for p in net.parameters():
            p.copy_(torch.randn_like(p) / 2)
    if name in PYTORCH:
        pytorch(os.path.join(HERE, "pytorch-" + name[:-4]), net.eval(),
                PYTORCH[name])
    file = os.path.join(to, name + ".onnx")
    export(net.eval(), file, new, opset)
    model = onnx.load(file)
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
        for a in list(node.attribute):
            if a.name == "linear_before_reset" and name == "gru-before":
                node.attribute.remove(a)
        if node.op_type in ("GRU", "LSTM"):
            node.attribute.extend(onnx.helper.make_attribute(k, v) for k, v in
                                  ATTRIBUTES.get(name, {}).items())
    for value in model.graph.value_info:
        del value.metadata_props[:]
    onnx.save(model, file)
    return file


warnings.simplefilter("ignore")
with open(os.path.join(sys.argv[1], "words"), "w") as f:
    f.writelines(w + "\n" for w in WORDS)
number, files = 0, []
os.makedirs(os.path.join(HERE, "onnx"), exist_ok=True)
for shapes, exporters in ((BOTH, (False, True)), (OLD, (False,)),
                          (NEW, (True,)), (HARD, (False,)),
                          (ATTENTION, (False, True)),
                          (ATTENTION_OLD, (False,)),
                          (REFUSED, (False,))):
    if shapes is not REFUSED and sys.argv[2:] == ["refused"]:
        continue
    for name, shape in shapes.items():
        number += 1
        for new in exporters:
            end = "" if len(exporters) == 1 else "-new" if new else "-old"
            file = make(name + end, number, shape, sys.argv[1]
                        if shapes is REFUSED else os.path.join(HERE, "onnx"),
                        new, 17 if name == "gru-before" else 20)
            files += [] if shapes is REFUSED else [(name + end, file)]
for name, file in files:
    subprocess.run([sys.executable, CONVERT, file, os.path.join(
        HERE, "onnx-" + name), "-v", os.path.join(sys.argv[1], "words")],
        check=True)
