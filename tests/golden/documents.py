# SPDX-License-Identifier: ISC
"""documents.py: the texts "three" and "ten" of engine/docs.tok, for the programs
of the folders beside it."""


def documents():
    for block in open("../engine/docs.tok").read().strip().split("\n\n"):
        lines = block.split("\n")
        name = lines[0].split(" = ")[1]
        if name in ("three", "ten"):
            yield name, [line.split("\t")[1] for line in lines[1:]]
