#!/bin/sh
# One sentence, a row a method, as the paper's Fig 4: REAT, naive REAT, exact
# Shapley values, and what is usually compared with them.
#
#     sh examples/fig4.sh [MODEL [TEXT]]
#
# Units differ, so each method's scores are divided by its largest (levels.awk).
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
} >"$tmp/scores"	# no pipeline: if one fails there is to be no picture
awk -v method='eight methods' -f examples/levels.awk "$tmp/scores" | reat-heatmap
