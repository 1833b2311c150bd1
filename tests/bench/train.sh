#!/bin/bash
# train.sh BUILD: compare a training step of reat-train with PyTorch's: a GRU or
# a minGRU with H 150 on SST-2, one thread, CPU time per word.  The time of reat-train is
# the difference between runs of three epochs and of one.  So it includes the
# evaluation on dev and the writing of the model (without its state), but not
# the reading.  The last row is a whole run of twenty epochs, also in wall-clock
# time.
#
# It needs sst2/ in REAT_DATA.  PyTorch is that of the Python REAT_PEERS, see
# peers; without it, its columns are empty.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"	# for its time
set -eu
build=$(cd "${1:-build}" && pwd)
cd "$(dirname "$0")/../.."
# shellcheck source=tests/bench/peers
. tests/bench/peers
bench=$PWD/tests/bench
sst2 "$build"
peers "$build" torch || python=
words=$(grep -c '^[0-9]' train)

# seconds RECIPE BATCH EPOCHS: print the CPU time, the least of three runs
seconds() {
	for _ in 1 2 3; do
		{ time -p reat-train -q -o model -r "./$1" -b "$2" -n "$3" \
		    train dev; } 2>&1 |
		    awk '/^(user|sys)/ { t += $2 } END { print t }'
	done | sort -n | head -n 1
}

printf 'cell\tD\tbatch\tembedding\treat-train us\tPyTorch us\tratio\n'
while read -r cell D batch embedding torch; do
	printf '%s\n' "cell: $cell" "dimension: $D" "embedding: $embedding" 'state: false' \
	    >recipe
	us=$(echo "$(seconds recipe "$batch" 3) $(seconds recipe "$batch" 1)" |
	    awk -v words="$words" '{ print 1e6 * ($1 - $2) / 2 / words }')
	theirs=
	[ -z "$python" ] ||
	    theirs=$("$python" "$bench/train.py" "$data/sst2/train.tsv" \
	    "$D" "$batch" "$torch" "$cell")
	echo "$us $theirs" | awk -v OFS='\t' -v what="$cell	$D	$batch	$torch" '
		NF == 1 { printf "%s\t%.2f\t\t\n", what, $1; next }
		{ printf "%s\t%.2f\t%.2f\t%.1f\n", what, $1, $2, $2 / $1 }'
done <<EOS
gru 100 50 frozen frozen
gru 300 50 frozen frozen
gru 300 5 frozen frozen
gru 300 50 tuned dense
gru 300 50 tuned sparse
mingru 300 50 frozen frozen
EOS
printf '%s\n' 'dimension: 300' 'embedding: frozen' >recipe
{ time -p reat-train -q -o model -r ./recipe -n 20 train dev; } 2>&1 |
    awk '{ t[$1] = $2 } END { printf "SST-2, GRU, 20 epochs, all: %.1f s " \
	"(CPU %.1f)\n", t["real"], t["user"] + t["sys"] }'
