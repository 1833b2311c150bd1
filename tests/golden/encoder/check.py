#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""check.py ENCODE TINY <tok: make a tiny transformer with random weights in
the folder TINY, run ENCODE (share/convert/encode.py) on the blocks, and compare
each vector with the mean of its sub-words' states, found one text and one
character at a time.  Prints how many words were compared.

Made and run with torch 2.13.0, transformers 5.24.0, tokenizers 0.23.3.
"""
import re
import subprocess
import sys

import numpy as np
import torch
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing
from transformers import BertConfig, BertModel

MOST, STRIDE = 48, 32     # sub-words that the tiny encoder reads; windows


def make(folder):
    torch.manual_seed(1)
    letters = [chr(c) for c in range(33, 127) if not chr(c).isupper()]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"] + letters + \
        ["##" + c for c in letters] + ["film", "charm", "##ing", "do"]
    vocabulary = {p: i for i, p in enumerate(pieces)}
    t = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    t.normalizer = BertNormalizer(lowercase=True)
    t.pre_tokenizer = BertPreTokenizer()
    t.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    t.save(folder + "/tokenizer.json")
    BertModel(BertConfig(
        vocab_size=len(pieces), hidden_size=8, num_hidden_layers=2,
        num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=MOST)).save_pretrained(folder)


def states(net, tokenizer, text, layer):
    """(first, end, state) of each sub-word of each window."""
    code = tokenizer.encode(text, add_special_tokens=False)
    room, at = MOST - 2, 0
    while True:
        ids = [2] + code.ids[at:at + room] + [3]
        with torch.no_grad():
            h = net(input_ids=torch.tensor([ids]),
                    output_hidden_states=True).hidden_states[layer][0, 1:-1]
        for o, v in zip(code.offsets[at:at + room], h.numpy()):
            yield o[0], o[1], v
        if at + room >= len(code.ids):
            return
        at += room - STRIDE


def expected(net, tokenizer, layer, block):
    text = re.search(r"^# text = ?(.*)$", block, re.M)[1]
    parts = list(states(net, tokenizer, text, layer))
    for first, end in re.findall(r"TokenRange=(\d+):(\d+)", block):
        mine = set(range(int(first), int(end)))
        own = [v for a, b, v in parts if mine & set(range(a, b))]
        yield np.mean(own, axis=0) if own else np.zeros(8)


def main():
    encode, folder = sys.argv[1:]
    make(folder)
    net = BertModel.from_pretrained(folder).eval()
    tokenizer = Tokenizer.from_file(folder + "/tokenizer.json")
    tok, words = sys.stdin.read(), 0
    for options, dtype, limit in ((["-n", "2"], ">f2", 2e-3),
                                  (["-l", "1", "-t", "f32"], ">f4", 2e-6)):
        out = subprocess.run([sys.executable, encode] + options + [folder],
                             input=tok, check=True, capture_output=True,
                             text=True).stdout
        assert re.sub(r"\|?E=[xh]\w*", "", out) == tok, "other bytes change"
        layer = 1 if "-l" in options else -1
        got = [np.frombuffer(bytes.fromhex(h), dtype) for h in
               re.findall(r"\|E=[xh](\w*)$", out, re.M)]
        want = [v for b in tok.split("\n\n")[:-1] if "TokenRange" in b
                for v in expected(net, tokenizer, layer, b)]
        assert len(got) == len(want) > 0
        assert np.abs(np.array(got) - np.array(want)).max() < limit
        words += len(got)
    print(words)


main()
