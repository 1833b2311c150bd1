#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""classify_sklearn.py TEXTS: a classifier of scikit-learn, as a command for
option -x (reat-command(5)): logistic regression on words and pairs of words.

TEXTS has a line a text: the text, a tab, its label.

    reat-tokenize texts | reat-occlude -y -x 'python3 classify_sklearn.py
        train.tsv' | reat-heatmap

It answers all lines that have arrived together, which is quicker than one by
one.  Needs scikit-learn.
"""
import os
import sys

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline


def arrived(fd=0):
    """The lines that are there, again and again; waits if there is none."""
    rest = b""
    while True:
        more = os.read(fd, 1 << 20)
        if not more:
            return
        *lines, rest = (rest + more).split(b"\n")
        if lines:
            yield [line.decode() for line in lines]


def answer(classes, probabilities):
    """Print the header, and a row for each text that arrives."""
    print("doc", *classes, sep="\t", flush=True)
    n = 0
    for texts in arrived():
        for n, row in enumerate(probabilities(texts), n + 1):
            print(n, *("%.9g" % p for p in row), sep="\t")
        sys.stdout.flush()


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: classify_sklearn.py TEXTS")
    with open(sys.argv[1]) as file:
        texts, labels = zip(*(line.rstrip("\n").split("\t")[:2]
                              for line in file if "\t" in line))
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        LogisticRegression(C=10, max_iter=1000)).fit(texts, labels)
    answer(model.classes_, model.predict_proba)


if __name__ == "__main__":
    main()
