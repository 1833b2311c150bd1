#!/bin/sh
# SPDX-License-Identifier: ISC
# scores_miller.sh SCORES: the mean score of each word, with Miller.
#
#     reat-score -m sst2-gru tok >scores
#     sh scores_miller.sh scores
#
# Not --tsv: it reads \n and \t, which can be words, as newline and tab.  No
# column is empty, so the fields are numbered.
set -eu
[ $# -eq 1 ] || { echo "usage: scores_miller.sh SCORES" >&2; exit 2; }
# shellcheck disable=SC1010,SC2016	# $3 is a field
mlr --inidx --ifs tab --onidx --ofs tab filter '$3 == "word"' \
    then stats1 -a count,mean -f 10 -g 11 \
    then put '${10_mean} = fmtnum(${10_mean}, "%.6f")' "$1" | LC_ALL=C sort
