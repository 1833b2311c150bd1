#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""from_spacy.py PIPELINE: texts, one a line, to sentences of spaCy for reat-join.

    python3 from_spacy.py en_core_web_sm <texts | reat-join | reat-chunk

PIPELINE is a trained pipeline, or a language, as en: then the text has words and
sentences, and no tags.  Tokens that are blanks are left out.
"""
import sys

import spacy

CONTROLS = dict.fromkeys([*range(32), *range(127, 160), 0x2028, 0x2029], " ")


def load(name):
    if "_" in name or "/" in name:
        return spacy.load(name)
    nlp = spacy.blank(name)
    nlp.add_pipe("sentencizer")
    return nlp


def head(token, ids):
    """The id of the head, above tokens that are left out; 0 of the root."""
    while token.head.i != token.i:
        token = token.head
        if token.i in ids:
            return ids[token.i]
    return 0


def row(token, ids, parsed):
    over = token.i + 1 < len(token.doc) and token.nbor().is_space
    misc = ["TokenRange=%d:%d" % (token.idx, token.idx + len(token))]
    if not token.whitespace_ and not over:
        misc.append("SpaceAfter=No")
    at = head(token, ids) if parsed else "_"
    role = "_" if not parsed else "root" if at == 0 else token.dep_.lower()
    return [ids[token.i], token.text, token.lemma_, token.pos_, token.tag_,
            str(token.morph), at, role, "_", "|".join(misc)]


nlp = load(sys.argv[1])
texts = (line.rstrip("\n").translate(CONTROLS) for line in sys.stdin)
for number, doc in enumerate(nlp.pipe(texts), 1):
    sentences = [[t for t in s if not t.is_space] for s in doc.sents]
    print("# newdoc id = %d" % number)
    for words in filter(None, sentences):
        ids = {t.i: i for i, t in enumerate(words, 1)}
        print("# text =", doc.text[words[0].idx:
                                   words[-1].idx + len(words[-1])])
        for t in words:
            columns = row(t, ids, doc.has_annotation("DEP"))
            print(*(str(c) or "_" for c in columns), sep="\t")
        print()
    if not any(sentences):
        print()
