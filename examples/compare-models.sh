#!/bin/sh
# compare-models.sh MODEL MODEL [FILE...]: the words on which two models differ
# most.  Each row: the difference, the word, its score by either model.
# Scores are joined on the first five columns of the score stream.
set -eu
a=$1 b=$2
shift 2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

reat-tokenize "$@" >"$tmp/tok"
for model in "$a" "$b"; do
	reat-score -H -c positive -l word -m "$model" "$tmp/tok" |
		grep -P '\tword\t' >"$tmp/scores.${model##*/}"
done
# rows of both come in the same order: paste is the join
paste "$tmp/scores.${a##*/}" "$tmp/scores.${b##*/}" |
	awk -F'\t' -v OFS='\t' '
		$1 != $12 || $4 != $15 { print "rows differ" >"/dev/stderr"; exit 1 }
		{ d = $10 - $21; print d < 0 ? -d : d, $11, $10, $21 }' |
	sort -gr | head -n 20
