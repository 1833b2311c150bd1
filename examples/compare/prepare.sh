#!/bin/sh
# prepare.sh DIR MODEL: what all methods need of a model: its predictions for
# texts without random words, the true omissions, copies with noise in the
# embedding and a copy with random parameters.  compare.sh calls it in OUT.
set -eu
# shellcheck source=examples/replicate/make.sh
. "$HERE/../replicate/make.sh"
dir=$1 model=$2

predict() {
	reat-predict -q -m "$model" "$@"
}
variants() {
	reat-erase -K 50 few.tok | predict -g
}
# timed: print the CPU seconds of reat-predict, the mean of ten runs, because
# the clock of times has hundredths
timed() (
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		predict texts.tok >/dev/null
	done
	times >"$dir/time"
	awk -v runs=10 -f "$HERE/seconds.awk" "$dir/time"
)

make "$dir/variants" variants
make "$dir/truth" reat-occlude -q -a omit -y -l word -m "$model" texts.tok
make "$dir/omissions" reat-occlude -q -a omit -l word -m "$model" texts.tok
make "$dir/seconds" timed
for k in 1 2 3 4 5; do
	[ -e "$dir/copy$k" ] || {
		rm -rf "$dir/part"
		reat-model change -s "$k" -o "$dir/part" "$model" noise=0.02
		mv "$dir/part" "$dir/copy$k"
	}
done
[ -e "$dir/random" ] || {
	rm -rf "$dir/part"
	reat-model change -o "$dir/part" "$model" draw=output,rnn
	mv "$dir/part" "$dir/random"
}
