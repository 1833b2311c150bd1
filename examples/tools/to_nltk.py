#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""to_nltk.py [LAYER]: the chunks of a layer (phrase) of tok as trees of NLTK.

    reat-tokenize texts | reat-tag | reat-chunk | python3 to_nltk.py

It prints a line a document, (S (NP a/DT film/NN) of/IN).
"""
import sys

from nltk.chunk import conlltags2tree

layer = sys.argv[1] if len(sys.argv) > 1 else "phrase"
for block in sys.stdin.read().split("\n\n"):
    words = [line.split("\t") for line in block.split("\n")
             if line[:1].isdigit()]
    tags = []
    for w in words:
        if w[0].isdigit():      # no range, no empty node
            misc = dict(p.partition("=")[::2] for p in w[9].split("|"))
            tags.append((w[1], w[4], misc.get(layer, "O")))
    if block.strip():
        print(conlltags2tree(tags).pformat(margin=sys.maxsize))
