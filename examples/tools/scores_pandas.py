#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""scores_pandas.py SCORES COPY: the mean score of each word, and the scores again
with the same bytes.

    reat-score -m sst2-gru tok >scores
    python3 scores_pandas.py scores copy
"""
import csv
import sys

import pandas

# all columns are text: "NA" is a word, _ a missing number, .1 is not 0.1
scores = pandas.read_csv(sys.argv[1], sep="\t", dtype=str, quoting=csv.QUOTE_NONE,
                         keep_default_na=False, lineterminator="\n")
words = scores[scores["level"] == "word"].assign(
    score=lambda w: pandas.to_numeric(w["score"]))
means = words.groupby("text", sort=False)["score"].agg(["count", "mean"])
for word, n, mean in means.sort_index().itertuples():
    print("%s\t%d\t%.6f" % (word, n, mean))
scores.to_csv(sys.argv[2], sep="\t", index=False, quoting=csv.QUOTE_NONE,
              lineterminator="\n")
