#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""from_huggingface.py MODEL FOLDER: write a classifier of Hugging Face as a
folder for reat-model import.

MODEL is a folder with config.json, model.safetensors and tokenizer.json.  The
words are those of a WordLevel tokenizer; tokenizers that cut words into pieces
are refused, because REAT's texts are words.  Tensors are copied as they are.

Only the author's code knows how the network reads its tensors, and this
program does not run it.  So print the logits of a few texts there, by the
lines that this program prints, and import FOLDER by the command that it
prints.  The command has the settings of the configuration and the tokenizer:
labels, multilabel, epsilon, unknown and lowercase.  Others, as pooling and
head, are yours to add.

Needs tokenizers, numpy and safetensors.
"""
import json
import os
import shlex
import shutil

import tokenizers

import folder
from folder import fail

PRINTED = """\
%d words.  In Python, with the author's model and tokenizer, print some texts
with their logits to a file LOGITS:

    for text in texts:
        logits = model.eval()(torch.tensor([tokenizer.encode(text)]))
        print(text, *logits[0].tolist(), sep="\\t", file=f)

If the model gives an object, take its .logits; if its tokenizer adds words at
the ends of a text, give add_special_tokens=False.  Then, with what else the
model needs (pooling, head, output):

reat-model import -g LOGITS -o %s %s"""


def read(path):
    try:
        with open(path, encoding="utf-8") as f:
            return json.load(f)
    except (OSError, ValueError) as error:
        fail("%s: %s" % (path, error))


def vocabulary(path):
    """Returns the words, and the settings of the tokenizer."""
    found = read(path)
    kind = found.get("model", {}).get("type")
    if kind != "WordLevel":
        fail("%s: a tokenizer %s, expected WordLevel: others cut words into "
             "pieces, and REAT's texts are words" % (path, kind))
    normalizer = found.get("normalizer") or {"type": "Sequence",
                                             "normalizers": []}
    steps = [n["type"] for n in normalizer.get("normalizers", [normalizer])]
    bad = [n for n in steps if n not in ("Lowercase", "NFC")]
    if bad:
        fail("%s: the normalizer %s changes words; only Lowercase and NFC are "
             "known here" % (path, ", ".join(bad)))
    rows = tokenizers.Tokenizer.from_file(path).get_vocab()
    unknown = found["model"].get("unk_token")
    return folder.in_order(rows, path), {
        "unknown": unknown if unknown in rows else "",
        "lowercase": str("Lowercase" in steps).lower()}


def configured(config, path):
    """The settings of the keys that all configurations name alike."""
    settings, names = {}, config.get("id2label")
    if names is not None:
        labels = [names.get(str(i)) for i in range(len(names))]
        if None in labels or any("," in label for label in labels):
            fail("%s: id2label has no label %d, or a label with a comma" %
                 (path, labels.index(None) if None in labels else 0))
        settings["labels"] = ",".join(labels)
    if config.get("problem_type") == "multi_label_classification":
        settings["multilabel"] = "true"
    if config.get("problem_type") == "regression":
        fail("%s: problem_type regression, expected classes" % path)
    if "layer_norm_eps" in config:
        settings["epsilon"] = "%g" % config["layer_norm_eps"]
    return settings


def main():
    a = folder.arguments(__doc__, with_words=False)
    at = [os.path.join(a.model, name) for name in (
        "config.json", "tokenizer.json", "model.safetensors")]
    settings = configured(read(at[0]), at[0])
    words, others = vocabulary(at[1])
    if not os.path.exists(at[2]):
        fail("%s: no such file; pickled weights go through from_pytorch.py" %
             at[2])
    folder.write_words(a.folder, words)
    shutil.copyfile(at[2], os.path.join(a.folder, "weights.safetensors"))
    command = [a.folder] + ["%s=%s" % pair for pair in
                            {**settings, **others}.items()]
    print(PRINTED % (len(words), shlex.quote(os.path.join(
        a.folder, "model.yaml")), " ".join(map(shlex.quote, command))))


if __name__ == "__main__":
    main()
