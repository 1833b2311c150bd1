#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""train_udpipe.py SENTENCES MODEL [N]: a small model of UDPipe from the first N
sentences (2500) of a treebank, as UD English EWT; two minutes of CPU time.
"""
import sys

from ufal.udpipe import (InputFormat, ProcessingError, Sentence, Sentences,
                         Trainer)

TOKENIZER = "epochs=5;early_stopping=0;dimension=16"
TAGGER = "models=1;iterations=3"
PARSER = ("iterations=2;hidden_layer=50;embedding_form=20;embedding_upostag=10;"
          "embedding_feats=10;embedding_deprel=10;transition_system=projective;"
          "transition_oracle=dynamic;structured_interval=8")

error = ProcessingError()


def read(path, n):
    reader, all_, one = InputFormat.newConlluInputFormat(), Sentences(), Sentence()
    with open(path, encoding="utf-8") as f:
        reader.setText(f.read())
    while len(all_) < n and reader.nextSentence(one, error):
        all_.append(one)
        one = Sentence()
    return all_


sentences = read(sys.argv[1], int(sys.argv[3]) if len(sys.argv) > 3 else 2500)
model = Trainer.train("morphodita_parsito", sentences, Sentences(), TOKENIZER,
                      TAGGER, PARSER, error)
if error.occurred():
    sys.exit("train_udpipe.py: " + error.message)
with open(sys.argv[2], "wb") as f:
    f.write(model)
