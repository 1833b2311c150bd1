#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""scores_polars.py SCORES COPY: the mean score of each word, and the scores again
with the same bytes.

    reat-score -m sst2-gru tok >scores
    python3 scores_polars.py scores copy
"""
import sys

import polars

# all columns are text: _ is a missing number, and a word
scores = polars.read_csv(sys.argv[1], separator="\t", quote_char=None,
                         infer_schema=False)
score = polars.col("score").cast(polars.Float64)
means = scores.filter(polars.col("level") == "word").group_by("text").agg(
    score.len().alias("n"), score.mean())
for word, n, mean in means.sort("text").iter_rows():
    print("%s\t%d\t%.6f" % (word, n, mean))
scores.write_csv(sys.argv[2], separator="\t", quote_style="never")
