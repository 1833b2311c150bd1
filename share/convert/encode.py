#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""encode.py [-l LAYER] [-n TEXTS] [-t TYPE] ENCODER <tok >tok: give each word
a vector of a transformer, for models with embedding: stream (reat-model(5)).

ENCODER is a folder of Hugging Face: config.json, tokenizer.json and weights.
It reads the whole "# text" of a block.  A word's vector is the mean of those
of the sub-words that share a character with its TokenRange; a word without
sub-words gets zeros.  The vectors are the states after LAYER, from 0 (before
the first) to the default, the last.  They become the key E in MISC and
replace one that is there.

TYPE is f16, the default: half precision, 4 digits a number; or f32, 8 digits.
A text with more sub-words than the encoder reads is encoded in windows that
overlap by 32.  TEXTS (256) are read at once, and encoded 32 at a time.

Needs torch, transformers and tokenizers.
"""
import argparse
import itertools
import os
import re
import sys

import numpy as np
import torch
import transformers
from tokenizers import Tokenizer

RANGE = re.compile(r"(?:^|\|)TokenRange=(\d+):(\d+)(?:\||$)")
TYPES = {"f16": ("h", ">f2"), "f32": ("x", ">f4")}


def fail(message):
    sys.exit("encode.py: " + message)


class Block:
    """The lines of a block, its text, and the lines and ranges of words."""

    def __init__(self, at, lines):
        self.lines, self.text, self.words, self.ranges = lines, None, [], []
        for i, line in enumerate(lines):
            key, _, value = line.partition("=")
            if line[0] == "#":
                if key[1:].strip() == "text":
                    self.text = value.strip()
                continue
            columns = line.split("\t")
            if len(columns) != 10:
                fail("stdin:%d: %d columns, expected 10; if this is text, run "
                     "reat-tokenize first" % (at + i, len(columns)))
            if not columns[0].isdigit():
                continue
            found = RANGE.search(columns[9])
            if found is None or self.text is None:
                fail("stdin:%d: no %s; reat-tokenize writes it" % (at + i,
                     "# text" if found else "TokenRange"))
            self.words.append(i)
            self.ranges.append((int(found[1]), int(found[2])))
        if self.ranges and self.ranges[-1][1] > len(self.text):
            start = self.ranges[0][0]   # UDPipe's: of its whole input
            self.ranges = [(a - start, b - start) for a, b in self.ranges]

    def write(self, vectors, kind):
        letter, dtype = TYPES[kind]
        rounded = vectors.astype(dtype)
        if not np.isfinite(rounded).all():
            fail("a number is too large for half precision: give -t f32")
        for i, v in zip(self.words, rounded):
            columns = self.lines[i].split("\t")
            misc = [m for m in columns[9].split("|")
                    if m != "_" and not m.startswith("E=")]
            misc.append("E=" + letter + v.tobytes().hex())
            self.lines[i] = "\t".join(columns[:9] + ["|".join(misc)])
        print(*self.lines, "", sep="\n")


def blocks(stream):
    lines, at = [], 1
    for number, line in enumerate(itertools.chain(stream, [""]), 1):
        line = line.rstrip("\r\n")
        if line:
            at = at if lines else number
            lines.append(line)
        elif lines:
            yield Block(at, lines)
            lines = []


def windows(tokenizer, some):
    """(block, ids, offsets) of each window of each text, longest first."""
    for block, code in zip(some, tokenizer.encode_batch(
            [b.text or "" for b in some])):
        for part in [code] + code.overflowing:
            offsets = [(0, 0) if special else o for o, special in
                       zip(part.offsets, part.special_tokens_mask)]
            yield block, part.ids, offsets


def encode(net, layer, parts, sums):
    """Add each sub-word's vector to the words that it has a part of."""
    longest = max(len(ids) for _, ids, _ in parts)
    ids = torch.tensor([i + [0] * (longest - len(i)) for _, i, _ in parts])
    mask = torch.arange(longest) < torch.tensor([[len(p[1])] for p in parts])
    with torch.no_grad():
        states = net(input_ids=ids, attention_mask=mask,
                     output_hidden_states=True).hidden_states[layer].numpy()
    for (block, _, offsets), state in zip(parts, states):
        total, count = sums[block]
        word = 0
        for (first, end), v in zip(offsets, state):
            while word < len(block.ranges) and block.ranges[word][1] <= first:
                word += 1
            for k in range(word, len(block.ranges)):
                if first == end or block.ranges[k][0] >= end:
                    break
                total[k] += v
                count[k] += 1


def main():
    parser = argparse.ArgumentParser(description="tok -> tok with vectors")
    parser.add_argument("encoder")
    parser.add_argument("-l", type=int, default=-1, metavar="LAYER")
    parser.add_argument("-n", type=int, default=256, metavar="TEXTS")
    parser.add_argument("-t", choices=TYPES, default="f16")
    args = parser.parse_args()
    tokens = os.path.join(args.encoder, "tokenizer.json")
    if not os.path.exists(tokens):
        fail("%s: no such file" % tokens)
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    net = transformers.AutoModel.from_pretrained(args.encoder).float().eval()
    tokenizer = Tokenizer.from_file(tokens)
    tokenizer.no_padding()
    tokenizer.enable_truncation(net.config.max_position_embeddings, stride=32)
    source = blocks(open(0, encoding="utf-8", newline="\n"))
    while some := list(itertools.islice(source, args.n)):
        sums = {b: (np.zeros((len(b.words), net.config.hidden_size)),
                    np.zeros((len(b.words), 1))) for b in some}
        parts = sorted(windows(tokenizer, some), key=lambda p: -len(p[1]))
        for i in range(0, len(parts), 32):
            encode(net, args.l, parts[i:i + 32], sums)
        for b in some:
            b.write(sums[b][0] / np.maximum(sums[b][1], 1), args.t)


main()
