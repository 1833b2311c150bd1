#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""from_nltk.py: texts, one a line, to sentences of NLTK for reat-join.

    python3 from_nltk.py <texts | reat-join | reat-tag | reat-chunk

It needs no data of NLTK: the sentences are those of a Punkt that has learnt no
abbreviations.  The forms are those of the Penn Treebank, as `` for a quote.
"""
import sys

from nltk.tokenize import NLTKWordTokenizer
from nltk.tokenize.punkt import PunktSentenceTokenizer

CONTROLS = dict.fromkeys([*range(32), *range(127, 160), 0x2028, 0x2029], " ")
words, punkt = NLTKWordTokenizer(), PunktSentenceTokenizer()

for number, line in enumerate(sys.stdin, 1):
    text = line.rstrip("\n").translate(CONTROLS)
    print("# newdoc id = %d" % number)
    for start, end in punkt.span_tokenize(text):
        sentence = text[start:end]
        spans = list(words.span_tokenize(sentence))
        print("# text =", sentence[spans[0][0]:spans[-1][1]])
        forms = words.tokenize(sentence)
        for i, ((a, b), form) in enumerate(zip(spans, forms, strict=True), 1):
            print(i, form, *"_______", sep="\t", end="\t")
            print("TokenRange=%d:%d" % (start + a, start + b))
        print()
    if not text.strip():
        print()
