#!/bin/sh
# tags-boxplot.sh [OPTION...] MODEL [FILE...]: draw the distribution of the
# scores of words for each tag, with all verbs together, like Figure 7 of the
# paper.  The options are those of reat-boxplot; without -n, only tags with at
# least 20 words are drawn.  reat-boxplot(1) has an example with two words
# instead of tags.
set -eu
options='-n 20'
while getopts C:gn:Rr:t:w:x: letter; do
	[ "$letter" != '?' ] || exit 2
	options="$options -$letter${OPTARG:+ $OPTARG}"
done
shift $((OPTIND - 1))
if [ $# -lt 1 ]; then
	echo "usage: tags-boxplot.sh [OPTION...] MODEL [FILE...]" >&2
	exit 2
fi
model=$1
shift
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
# no pipeline: if a stage fails, there is no picture
reat-tokenize "$@" >"$tmp/words"
reat-tag "$tmp/words" >"$tmp/tok"
reat-score -m "$model" -H -l word "$tmp/tok" >"$tmp/scores"
awk -F'\t' -v OFS='\t' '
	$3 == "word" { print $8 ~ /^VB/ ? "VB*" : $8, $10 }' \
	"$tmp/scores" >"$tmp/tags"
# shellcheck disable=SC2086	# options are words
reat-boxplot $options "$tmp/tags"
