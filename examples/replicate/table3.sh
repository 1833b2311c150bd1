#!/bin/sh
# table3.sh DATA OUT: compute Table 3 of the paper, the accuracy of its
# classifiers.
#
# It trains an LSTM, a GRU and a bidirectional GRU (150 hidden units in each
# direction, Adam 0.001, 20 epochs, the best on dev) with three seeds: on SST-2
# with frozen word vectors, and on Yelp with tuned ones.  It prints the accuracy
# on the test texts.  DATA contains sst2, yelp and vectors, and may contain paper.  The
# files in OUT
# are
#
#     settings                         the epochs and data of all other files
#     data/SET/{train,dev,test}.tok    vectors, words, recipes
#     models/SET-CELL-SEED             the classifiers
#     table3/SET-CELL-SEED.tsv         set, cell, seed; dev, test, train accuracy
#     table3.tsv, table3.txt           the rows of this run; the table
#
# A step whose output exists is not done again, so a run that was stopped
# continues, and a training too.  CORES is the number of classifiers at a time;
# the default is one for each core.  SEEDS, SETS, CELLS and EPOCHS choose what
# is done, see settings.sh.  The programs must be in PATH.
set -eu
export LC_ALL=C
if [ $# -ne 2 ]; then
	echo "usage: table3.sh DATA OUT" >&2
	exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
data=$(cd "$1" && pwd)
# shellcheck source=examples/replicate/settings.sh
. "$here/settings.sh"
. "$here/make.sh"
mkdir -p "$2"
cd "$2"
keep "$2" trained "$data"

# texts SET PART: print lines of text TAB label
texts() {
	case $1 in
	sst2) awk -F '\t' -v OFS='\t' '{ print $1, $2 }' \
	    "$data/sst2/$2.tsv" ;;
	yelp) xz -dc "$data/yelp/$2.tsv.xz" |
		awk -F '\t' -v OFS='\t' '{ print $2, $1 }' ;;
	esac | sed 's/	1$/	positive/; s/	0$/	negative/'
}

tok() {
	texts "$1" "$2" | reat-tokenize -r split -f text,label
}

# words SET: print the words of its texts that have a vector
words() {
	cut -d ' ' -f 1 data/vectors | sed 1d | cat - "data/$1/train.tok" \
	    "data/$1/dev.tok" "data/$1/test.tok" | awk -F '\t' '
		NF == 1 && !/^#/ { has[$1] }
		NF == 10 && ($2 in has) && !($2 in seen) {
			seen[$2]; print $2 }'
}

recipe() {
	cat <<-END
		cell: $(echo "$2" | sed 's/^bi//')
		bidirectional: $(case $2 in bi*) echo true ;; *) echo false ;; esac)
		hidden: 150
		labels: [negative, positive]
		vocabulary: data/$1/words
		vectors: data/vectors
		embedding: $(case $1 in sst2) echo frozen ;; *) echo tuned ;; esac)
		learning_rate: 0.001
		batch: 50
		epochs: $epochs
	END
}

# accuracy MODEL TOK: print it in percent
accuracy() {
	reat-predict -H -m "./$1" "$2" | awk -F '\t' '
		{ n += $2 == $3 }
		END { if (!NR) exit 1; printf "%.2f\n", 100 * n / NR }'
}

# classifier SET CELL SEED: train it, or continue, and print its row of the
# table
classifier() {
	name=$1-$2-$3
	from="-s $3 -r ./data/$1/$2.yaml"
	if [ -e "models/$name/state.safetensors" ] ||
	    [ -e "models/$name.reat-old/state.safetensors" ]; then
		from="-m ./models/$name"
	fi
	# shellcheck disable=SC2086	# its words
	reat-train $from -o "models/$name" "data/$1/train.tok" \
	    "data/$1/dev.tok" >&2
	train=$(accuracy "models/$name" "data/$1/train.tok")
	dev=$(accuracy "models/$name" "data/$1/dev.tok")
	test=$(accuracy "models/$name" "data/$1/test.tok")
	printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$dev" "$test" \
		"$train"
}

mkdir -p data models table3
make data/vectors xz -dc "$data/vectors/googlenews.300d.filled.txt.xz"
for set in $sets; do
	mkdir -p "data/$set"
	for part in train dev test; do
		make "data/$set/$part.tok" tok "$set" "$part"
	done
	make "data/$set/words" words "$set"
	for cell in $cells; do
		make "data/$set/$cell.yaml" recipe "$set" "$cell"
	done
done

# share K: train every CORES-th classifier, from the K-th on
share() {
	i=0
	for name in $(names); do
		i=$((i + 1))
		[ $((i % cores)) -eq "$1" ] || continue
		seed=${name##*-} cell=${name#*-}
		make "table3/$name.tsv" \
			classifier "${name%%-*}" "${cell%-*}" "$seed"
	done
}

k=0 workers='' status=0
while [ "$k" -lt "$cores" ]; do
	share "$k" &
	workers="$workers $!"
	k=$((k + 1))
done
for worker in $workers; do
	wait "$worker" || status=$?
done
[ "$status" -eq 0 ] || exit "$status"
{
	printf 'set\tcell\tseed\tdev\ttest\ttrain\n'
	for name in $(names | sort); do
		cat "table3/$name.tsv"
	done
} >table3.tsv
paper=$data/paper/tables.tsv
[ -e "$paper" ] || paper=/dev/null
awk -v epochs="$epochs" -f "$here/table3.awk" "$paper" "$here/table3.ref" \
	table3.tsv | awk -f "$here/columns.awk" | tee table3.txt
