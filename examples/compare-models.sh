#!/bin/sh
# compare-models.sh MODEL MODEL [FILE...]: the words on which two models differ
# most.  Each row: the difference, the word, its score by either model.
# Scores are joined on the first five columns of the score stream.
set -eu
if [ $# -lt 2 ]; then
	echo "usage: compare-models.sh MODEL MODEL [FILE...]" >&2
	exit 2
fi
a=$1 b=$2
shift 2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# words MODEL: the rows of words alone
words() {
	reat-score -H -c positive -l word -m "$1" "$tmp/tok" >"$tmp/scores"
	awk -F'\t' '$3 == "word"' "$tmp/scores"
}

reat-tokenize "$@" >"$tmp/tok"
words "$a" >"$tmp/a"
words "$b" >"$tmp/b"
# rows of both come in the same order: paste is the join
paste "$tmp/a" "$tmp/b" >"$tmp/pairs"
awk -F'\t' -v OFS='\t' '
	$1 != $12 || $4 != $15 { print "rows differ" >"/dev/stderr"; exit 1 }
	{ d = $10 - $21; print d < 0 ? -d : d, $11, $10, $21 }' \
	"$tmp/pairs" >"$tmp/differences"
sort -gr "$tmp/differences" | head -n 20
