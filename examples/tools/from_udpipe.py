#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""from_udpipe.py MODEL: texts, one a line, to sentences of UDPipe for reat-join.

    python3 from_udpipe.py english-ewt.udpipe <texts | reat-join | reat-chunk

Needs ufal.udpipe.  UDPipe itself prints nothing for an empty text.
"""
import sys

from ufal.udpipe import Model, Pipeline, ProcessingError

model = Model.load(sys.argv[1])
if model is None:
    sys.exit("from_udpipe.py: no model of UDPipe: " + sys.argv[1])
pipeline = Pipeline(model, "tokenizer=ranges", Pipeline.DEFAULT,
                    Pipeline.DEFAULT, "conllu")
error = ProcessingError()
for number, text in enumerate(sys.stdin, 1):
    sentences = pipeline.process(text, error)
    if error.occurred():
        sys.exit("from_udpipe.py: text %d: %s" % (number, error.message))
    print("# newdoc id = %d" % number)
    print(sentences.removeprefix("# newdoc\n") or "\n", end="")
