#!/bin/sh
# costs.sh MODEL TOK: print the CPU seconds that each method takes for the words
# of the texts, also as a multiple of reat-predict.  Each command is repeated
# until it has taken a third of a second.  This includes the start of the
# program, which is most of the time if there are few texts.  lime is run on the
# first 50 texts, and its time is scaled up.
set -eu
if [ $# -ne 2 ]; then
	echo "usage: costs.sh MODEL TOK" >&2
	exit 2
fi
model=$1 tok=$2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
few=$tmp/few
awk 'BEGIN { RS = ""; ORS = "\n\n" } NR <= 50' "$tok" >"$few"
all=$(grep -c '^# sent_id' "$tok") || {
	echo "costs.sh: $tok: no text in it" >&2
	exit 1
}
some=$(grep -c '^# sent_id' "$few")

# spent N COMMAND...: print the CPU time of N runs in hundredths of a second
spent() (
	n=$1
	shift
	while [ "$n" -gt 0 ]; do
		"$@" >/dev/null
		n=$((n - 1))
	done
	times >"$tmp/times"
	awk '
		function s(t) {
			split(t, p, /[ms]/)
			return 60 * p[1] + p[2]
		}
		NR == 2 { printf "%.0f\n", 100 * (s($1) + s($2)) }' "$tmp/times"
)

# row METHOD SCALE COMMAND...: print the method, the hundredths of a second, the
# number of runs and the scale
row() {
	method=$1 scale=$2 runs=1
	shift 2
	t=$(spent 1 "$@")
	while [ "$t" -lt 33 ]; do
		runs=$((3 * runs))
		t=$(spent "$runs" "$@")
	done
	echo "$method $t $runs $scale"
}

{
	row predict 1/1 reat-predict -m "$model" "$tok"
	for a in reat naive shapley frozen-omit; do
		row $a 1/1 reat-score -a $a -l word -m "$model" "$tok"
	done
	for a in gradxinput grad half skip mix ig; do
		row $a 1/1 reat-grad -a $a -l word -m "$model" "$tok"
	done
	row omit 1/1 reat-occlude -l word -m "$model" "$tok"
	row lime "$all/$some" reat-lime -q -l word -m "$model" "$few"
} >"$tmp/rows"
awk -v OFS='\t' '
	BEGIN { print "method", "seconds", "times predict" }
	{
		split($4, share, "/")
		t = $2 / 100 / $3 * share[1] / share[2]
	}
	NR == 1 { one = t }
	{ print $1, sprintf("%.3g", t), sprintf("%.1f", t / one) }' "$tmp/rows"
