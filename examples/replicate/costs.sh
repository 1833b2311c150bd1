#!/bin/sh
# costs.sh MODEL TOK: CPU seconds of each method for the words of the same
# texts, and how many times those of reat-predict.  lime gets the first 50 texts
# only, and its time is scaled up.
set -eu
if [ $# -ne 2 ]; then
	echo "usage: costs.sh MODEL TOK" >&2
	exit 2
fi
model=$1 tok=$2
few=$(mktemp)
trap 'rm -f "$few"' EXIT
awk 'BEGIN { RS = ""; ORS = "\n\n" } NR <= 50' "$tok" >"$few"
all=$(grep -c '^# sent_id' "$tok")
some=$(grep -c '^# sent_id' "$few")

# seconds COMMAND...: its CPU time, the least of three
seconds() {
	for _ in 1 2 3; do
		{ "$@" >/dev/null; times; } | awk '
			function s(t) {
				split(t, p, /[ms]/)
				return 60 * p[1] + p[2]
			}
			NR == 2 { print s($1) + s($2) }'
	done | sort -g | head -n 1
}

printf 'method\tseconds\tpredict\n'
{
	echo predict "$(seconds reat-predict -m "$model" "$tok")"
	for a in reat naive shapley frozen-omit; do
		echo $a "$(seconds reat-score -a $a -l word -m "$model" "$tok")"
	done
	for a in gradxinput grad ig; do
		echo $a "$(seconds reat-grad -a $a -l word -m "$model" "$tok")"
	done
	echo omit "$(seconds reat-occlude -l word -m "$model" "$tok")"
	echo lime "$(seconds reat-lime -q -l word -m "$model" "$few")" \
		"$((all * 1000 / some))"
} | awk -v OFS='\t' '
	{ t = $3 ? $2 * $3 / 1000 : $2 }
	NR == 1 { one = t }
	{ printf "%s\t%.2f\t%.1f\n", $1, t, t / (one > 0 ? one : 1) }'
