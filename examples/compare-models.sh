#!/bin/sh
# compare-models.sh MODEL MODEL [FILE...]: print the words whose scores differ
# most between two models.  Each row has the difference, the word, and both
# scores.
set -eu
if [ $# -lt 2 ]; then
	echo "usage: compare-models.sh MODEL MODEL [FILE...]" >&2
	exit 2
fi
a=$1 b=$2
shift 2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# words MODEL: print only the rows of words
words() {
	reat-score -H -c positive -l word -m "$1" "$tmp/tok" >"$tmp/scores"
	awk -F'\t' '$3 == "word"' "$tmp/scores"
}

reat-tokenize "$@" >"$tmp/tok"
words "$a" >"$tmp/a"
words "$b" >"$tmp/b"
# both files have the same rows in the same order, so paste joins them
paste "$tmp/a" "$tmp/b" >"$tmp/pairs"
awk -F'\t' -v OFS='\t' '
	$1 != $12 || $4 != $15 { print "rows differ" >"/dev/stderr"; exit 1 }
	{ d = $10 - $21; print d < 0 ? -d : d, $11, $10, $21 }' \
	"$tmp/pairs" >"$tmp/differences"
sort -gr "$tmp/differences" | head -n 20
