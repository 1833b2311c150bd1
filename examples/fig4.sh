#!/bin/sh
# One sentence, a row a method, as the paper's Fig 4: REAT, naive REAT, exact
# Shapley values, and what is usually compared with them.
#
#     sh examples/fig4.sh [MODEL [TEXT]]
#
# Units differ (logits, probabilities, lengths of gradients), so each method's
# scores are divided by its largest; then every method becomes a level of one
# picture.
set -eu
cd "$(dirname "$0")/.."
PATH=$PWD/${B:-build}:$PATH
model=${1:-sst2-gru}
text=${2:-the fight scenes are fun but it grows tedious}

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
awk -F'\t' -v OFS='\t' '
	$3 == "word" {
		row[++n] = $0
		size = $10 < 0 ? -$10 : $10
		if (size > largest[$7])
			largest[$7] = size
	}
	$3 == "logit" && $7 == "reat" { logit = $0 }
	END {
		for (i = 1; i <= n; i++) {
			$0 = row[i]
			$10 /= largest[$7] > 0 ? largest[$7] : 1
			$3 = $7
			$7 = "eight methods"
			print
		}
		$0 = logit
		$7 = "eight methods"
		print
	}' "$tmp/scores" | reat-heatmap
