#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""edit_udapi.py: sentences, changed with udapi.

    reat-join -v tok | python3 edit_udapi.py | reat-join

As an example, a word without a lemma gets its form in lower case.
"""
import sys

import udapi
from udapi.block.write.conllu import Conllu

sys.stdin.reconfigure(encoding="utf-8")
document = udapi.Document()
document.from_conllu_string(sys.stdin.read())
for node in document.nodes:
    if node.lemma == "_":
        node.lemma = node.form.lower()
Conllu().apply_on_document(document)
