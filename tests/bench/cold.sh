#!/bin/sh
# cold.sh [BUILD]: print the wall-clock time of reat for one sentence, started
# from a shell, and of each of its filters alone; each is the median of 21 runs.
set -eu
cd "$(dirname "$0")/../.."
PATH=$(cd "${1:-build}" && pwd):$PATH
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
sentence='The fight scenes are fun but it grows tedious'

median() {	# median COMMAND...: print it in milliseconds
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21; do
		begin=$(date +%s%N)
		"$@" >"$tmp/out"
		end=$(date +%s%N)
		echo $((end - begin))
	done | sort -n | sed -n 11p | awk '{ printf "%.1f", $1 / 1e6 }'
}

echo "$sentence" >"$tmp/text"
reat-tokenize "$tmp/text" >"$tmp/tok"
reat-tag "$tmp/tok" >"$tmp/tag"
reat-chunk "$tmp/tag" >"$tmp/chunk"
reat-score -m sst2-gru "$tmp/chunk" >"$tmp/score"
printf 'reat\t%s ms\n' "$(median reat "$tmp/text")"
printf 'reat-tokenize\t%s ms\n' "$(median reat-tokenize "$tmp/text")"
printf 'reat-tag\t%s ms\n' "$(median reat-tag "$tmp/tok")"
printf 'reat-chunk\t%s ms\n' "$(median reat-chunk "$tmp/tag")"
printf 'reat-score -m\t%s ms\n' "$(median reat-score -m sst2-gru "$tmp/chunk")"
printf 'reat-heatmap\t%s ms\n' "$(median reat-heatmap "$tmp/score")"
printf 'true\t%s ms\n' "$(median true)"
