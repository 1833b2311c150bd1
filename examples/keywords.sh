#!/bin/sh
# keywords.sh FILE: a classifier of texts by their words, as a command for
# option -x (reat-command(5)).  A line of FILE has a word, a tab and its weight.
# A text is positive with the probability 1 / (1 + exp(-sum of weights)).
#
#     printf 'charming\t2\nslow\t-1\n' >words.tsv
#     echo 'a slow but charming film' | reat-tokenize |
#         reat-occlude -x 'sh keywords.sh words.tsv' | reat-heatmap
set -eu
if [ $# -ne 1 ]; then
	echo "usage: keywords.sh FILE" >&2
	exit 2
fi
export WORDS="$1"
# mawk reads a pipe in blocks, unless it is told that it is a terminal
interactive=
case $(awk -W version 2>&1 </dev/null) in
*mawk*) interactive='-W interactive' ;;
esac
# shellcheck disable=SC2086	# two words
exec awk $interactive '
	BEGIN {
		FS = "\t"
		file = ENVIRON["WORDS"]
		while ((got = (getline <file)) > 0)
			weight[tolower($1)] = $2
		if (got < 0) {
			print "keywords.sh: cannot read " file >"/dev/stderr"
			exit 2
		}
		FS = " "
		print "negative\tpositive"
		fflush()
	}
	{
		sum = 0
		n = split(tolower($0), word, /[^a-z0-9'\''-]+/)
		for (i = 1; i <= n; i++)
			sum += weight[word[i]]
		p = 1 / (1 + exp(-sum))
		printf "%.9g\t%.9g\n", 1 / (1 + exp(sum)), p
		fflush()	# or the row stays in a buffer
	}'
