# SPDX-License-Identifier: ISC
# tagger.py TRAIN TEST: train NLTK's PerceptronTagger, one for each layer, and
# time it on the sentences as lists of words, without reading or writing.
# Prints the layer, the accuracy and the CPU time in microseconds per word
# (median of 3).
import random
import statistics
import sys
import time

from nltk.tag.perceptron import PerceptronTagger


def sentences(path, column):
    words = []
    for line in open(path, encoding="utf-8"):
        fields = line.rstrip("\n").split("\t")
        if fields[0].isdigit():
            words.append((fields[1], fields[column]))
        elif not fields[0] and words:
            yield words
            words = []


for layer, column in ("XPOS", 4), ("UPOS", 3):
    random.seed(1)
    tagger = PerceptronTagger(load=False)
    tagger.train(list(sentences(sys.argv[1], column)), nr_iter=5)
    gold = list(sentences(sys.argv[2], column))
    plain = [[word for word, tag in s] for s in gold]
    n = sum(map(len, plain))
    times = []
    for _ in range(3):
        start = time.process_time()
        got = [tagger.tag(s) for s in plain]
        times.append(time.process_time() - start)
    right = sum(a[1] == b[1] for s, t in zip(gold, got) for a, b in zip(s, t))
    print(f"{layer}\t{100 * right / n:.2f}\t"
          f"{1e6 * statistics.median(times) / n:.2f}", flush=True)
