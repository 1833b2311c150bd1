#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""edit_conllu.py: tok or sentences, changed with the package conllu.

    reat-tokenize texts | python3 edit_conllu.py | reat-tag

As an example, a word without a lemma gets its form in lower case.
"""
import sys

import conllu

# the default would make numbers and lists of the columns
TEXT = dict.fromkeys(("head", "deps", "feats", "misc"),
                     lambda line, i: line[i])

for block in conllu.parse_incr(sys.stdin, field_parsers=TEXT):
    for word in block:
        if word["lemma"] == "_":
            word["lemma"] = word["form"].lower()
    print(block.serialize(), end="")
