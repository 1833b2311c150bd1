#!/bin/sh
# threads.sh BUILD: how much faster reat-train is with two threads than with one.
# The time of an epoch is the difference between runs of six epochs and of one,
# with the evaluation on dev and the writing of the model; the least of three.
#
# It needs two cores that do nothing else, and sst2/ in REAT_DATA.
set -eu
build=$(cd "${1:-build}" && pwd)
cd "$(dirname "$0")/../.."
# shellcheck source=tests/bench/peers
. tests/bench/peers
sst2 "$build"

# seconds THREADS EPOCHS: print the wall-clock time of a run
seconds() {
	begin=$(date +%s.%N)
	reat-train -q -j "$1" -o "model.$1" -r ./recipe -n "$2" train dev
	end=$(date +%s.%N)
	echo "$begin $end" | awk '{ print $2 - $1 }'
}

# epoch THREADS: print the time of an epoch
epoch() {
	for _ in 1 2 3; do
		echo "$(seconds "$1" 6) $(seconds "$1" 1)"
	done | awk '{ t = ($1 - $2) / 5 } NR == 1 || t < least { least = t }
		END { print least }'
}

printf 'network\tembedding\tbatch\tone thread s\ttwo threads s\tratio\n'
while read -r cell both layers embedding batch; do
	printf '%s\n' "cell: $cell" 'dimension: 300' "embedding: $embedding" \
	    "bidirectional: $both" "layers: $layers" "batch: $batch" \
	    'state: false' >recipe
	echo "$(epoch 1) $(epoch 2)" | awk -v OFS='\t' \
	    -v what="$cell, both directions: $both, layers: $layers" \
	    -v embedding="$embedding" -v batch="$batch" '
		{ printf "%s\t%s\t%d\t%.2f\t%.2f\t%.2f\n", what, embedding,
		    batch, $1, $2, $1 / $2 }'
	cmp model.1/rnn.safetensors model.2/rnn.safetensors
done <<EOS
gru false 1 frozen 50
gru false 1 tuned 50
gru false 1 tuned 200
gru true 1 tuned 50
lstm false 2 tuned 50
EOS
