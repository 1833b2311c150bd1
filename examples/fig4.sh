#!/bin/sh
# fig4.sh: one sentence with a row for each method, like Fig 4 of the paper:
# REAT, naive REAT, exact Shapley values, and the methods usually compared with
# them.
#
#     sh examples/fig4.sh [MODEL [TEXT]]
#
# The methods have different units, so levels.awk divides the scores of each
# method by the largest of them.
set -eu
cd "$(dirname "$0")/.."
PATH=$PWD/${B:-build}:$PATH
model=${1:-sst2-gru}
text=${2-the fight scenes are fun but it grows tedious}

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
tok=$tmp/tok
printf '%s\n' "$text" | reat-tokenize >"$tok"
{
	for method in reat naive shapley; do
		reat-score -H -l word -m "$model" -a $method "$tok"
	done
	for method in grad gradxinput ig; do
		reat-grad -H -l word -m "$model" -a $method "$tok"
	done
	reat-lime -H -l word -m "$model" "$tok"
	reat-occlude -H -l word -m "$model" -a omit "$tok"
} >"$tmp/scores"	# no pipeline: if a method fails, there is no picture
awk -v method='eight methods' -f examples/levels.awk "$tmp/scores" | reat-heatmap -A
