#!/usr/bin/env python3
# make.py >stanza.conllu: three sentences as Stanza writes them, from a document
# made by hand, because its models cannot be had everywhere:
#     python tests/golden/sentences/make.py >tests/golden/sentences/stanza.conllu
# Stanza 1.15.0, torch 2.13.0; there is no random number.
from stanza.models.common.doc import Document

TEXT = "I don't know.  It's fun!\n\nNone."


def word(i, text, start, head, role):
    return {"id": (i,), "text": text, "upos": "X", "head": head,
            "deprel": role, "start_char": start, "end_char": start + len(text)}


def over(first, last, text, start):
    return {"id": (first, last), "text": text, "start_char": start,
            "end_char": start + len(text)}


print("{:C}".format(Document([
    [word(1, "I", 0, 4, "nsubj"), over(2, 3, "don't", 2),
     word(2, "do", 2, 4, "aux"), word(3, "n't", 4, 4, "advmod"),
     word(4, "know", 8, 0, "root"), word(5, ".", 12, 4, "punct")],
    [over(1, 2, "It's", 15), word(1, "It", 15, 3, "nsubj"),
     word(2, "'s", 17, 3, "cop"), word(3, "fun", 20, 0, "root"),
     word(4, "!", 23, 3, "punct")],
    [word(1, "None", 26, 0, "root"), word(2, ".", 30, 1, "punct")],
], text=TEXT)))
