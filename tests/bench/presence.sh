#!/bin/sh
# presence.sh [BUILD]: print the CPU time of the methods of reat-grad, the start
# of the program included, beside that of gradxinput in the same run: of each
# the median of REPEAT runs, in turn.  The bars: half and skip take at most 1.3
# times gradxinput's time, lrp at most 1.4 and deeplift 2, and ig -e 0.001 at least 5 times theirs.
#
# With REAT_BENCH_QUICK=1 it only shows that it works.
set -eu
cd "$(dirname "$0")/../.."
PATH=$(cd "${1:-build}" && pwd):$PATH REAT_PATH=$PWD/share LC_ALL=C
export PATH REAT_PATH LC_ALL
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
texts=2000 repeat=7
[ "${REAT_BENCH_QUICK:-}" != 1 ] || texts=20 repeat=1
# frequent words are more often drawn, as in texts
awk -v n=$texts '{ v[NR] = $1 }
	END { srand(1); for (i = 1; i <= n; i++) {
		print "# sent_id = " i
		for (t = 1; t <= 20; t++)
			print t "\t" v[int(NR ^ rand())] "\t_\t_\t_\t_\t_\t_\t_\t_"
		print "" } }' share/models/sst5-words/vocab.txt >"$tmp/words"

time_of() {	# time_of NAME ARGUMENT...: add its CPU time to $tmp/NAME
	name=$1
	shift
	{ bash -c 'TIMEFORMAT="%U %S"; time "$@" >/dev/null' _ \
		reat-grad -q -l word "$@" "$tmp/words"; } 2>&1 |
		awk '{ print $1 + $2 }' >>"$tmp/$name"
}

median() {
	sort -g "$tmp/$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

printf 'model\tmethod\tus a word\tby gradxinput\tig -e 0.001 by it\n'
for model in sst2-gru sst2-lstm sst2-bigru; do
	rm -f "$tmp"/of-*
	for _ in $(seq "$repeat"); do
		for a in gradxinput half skip mix lrp deeplift; do
			time_of "of-$a" -a "$a" -m $model
		done
		time_of of-ig -e 0.001 -m $model
	done
	one=$(median of-gradxinput) ig=$(median of-ig)
	for a in gradxinput half skip mix lrp deeplift; do
		median "of-$a" | awk -v OFS='\t' -v model=$model -v a="$a" \
			-v one="$one" -v ig="$ig" -v words=$((texts * 20)) '{
			printf "%s\t%s\t%.2f\t%.2f\t%.1f\n", model, a,
			    1e6 * $1 / words, $1 / (one + 1e-9),
			    ig / ($1 + 1e-9) }'
	done
done
