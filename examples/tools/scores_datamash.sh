#!/bin/sh
# SPDX-License-Identifier: ISC
# scores_datamash.sh SCORES: the mean score of each word, with GNU datamash.
#
#     reat-score -m sst2-gru tok >scores
#     sh scores_datamash.sh scores
set -eu
[ $# -eq 1 ] || { echo "usage: scores_datamash.sh SCORES" >&2; exit 2; }
awk -F '\t' '$3 == "word"' "$1" |
    LC_ALL=C datamash -s -R 6 groupby 11 count 10 mean 10
