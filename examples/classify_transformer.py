#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""classify_transformer.py ENCODER TEXTS: a transformer, as a command for option
-x (reat-command(5)): the mean of its last states, and logistic regression.

ENCODER is a folder of Hugging Face with config.json, tokenizer.json and
weights.  TEXTS has a line a text: the text, a tab, its label; on it the
regression is fitted, and the encoder stays as it is.

    reat-tokenize texts | reat-lime -n 1000 -W 600 \\
        -x 'python3 classify_transformer.py all-MiniLM-L6-v2 train.tsv'

Needs torch, transformers, tokenizers and scikit-learn.
"""
import os
import sys

import numpy as np
import torch
import transformers
from sklearn.linear_model import LogisticRegression
from tokenizers import Tokenizer

from classify_sklearn import answer

BATCH = 64


class Encoder:
    def __init__(self, folder):
        self.model = transformers.AutoModel.from_pretrained(folder).eval()
        self.tokenizer = Tokenizer.from_file(
            os.path.join(folder, "tokenizer.json"))
        self.tokenizer.enable_truncation(
            self.model.config.max_position_embeddings)
        self.tokenizer.enable_padding()

    @torch.inference_mode()
    def __call__(self, texts):
        """The mean of the last states of each text."""
        order = np.argsort([len(t) for t in texts], kind="stable")
        means = np.empty((len(texts), self.model.config.hidden_size), "f4")
        for at in np.array_split(order, -(-len(texts) // BATCH)):
            e = self.tokenizer.encode_batch([texts[i] for i in at])
            ids = torch.tensor([x.ids for x in e])
            mask = torch.tensor([x.attention_mask for x in e])
            states = self.model(input_ids=ids, attention_mask=mask)[0]
            m = mask.unsqueeze(-1).float()
            means[at] = ((states * m).sum(1) / m.sum(1)).numpy()
        return means


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: classify_transformer.py ENCODER TEXTS")
    encode = Encoder(sys.argv[1])
    with open(sys.argv[2]) as file:
        texts, labels = zip(*(line.rstrip("\n").split("\t")[:2]
                              for line in file if "\t" in line))
    head = LogisticRegression(C=10, max_iter=2000).fit(encode(texts), labels)
    answer(head.classes_, lambda texts: head.predict_proba(encode(texts)))


main()
