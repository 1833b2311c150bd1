#!/bin/sh
# repair.sh DATA OUT: can a classifier unlearn that "terribly" is negative?  The
# data sets in DATA are sst2 and vectors.  For each cell and seed it trains four
# classifiers of SST-2, in OUT/models:
#
#     base      the training texts as they are
#     data      and their variants by reat-swap, in which terribly, extremely and
#               very replace each other
#     penalty   the training texts as they are; REAT's scores of the three words
#               are penalised
#     both      the variants and the penalty
#
# and prints their accuracy, the flips of the swaps of Tables 6 and 7 of the
# paper, in all texts and in those of dev and test, and for terribly the mean size
# of its scores and of its effect: how far the logit moves without it.  "cost" has
# the mean change of the test accuracy and its standard error.  SEEDS, CELLS,
# EPOCHS and PENALTY make another run.  A classifier that is in OUT is not trained
# again.
set -eu
export LC_ALL=C
if [ $# -ne 2 ]; then
	echo "usage: repair.sh DATA OUT" >&2
	exit 2
fi
data=$(cd "$1" && pwd)
: "${SEEDS:=1 2 3}" "${CELLS:=gru lstm bigru}" "${EPOCHS:=20}" "${PENALTY:=100}"
swaps=terribly=extremely,extremely=terribly
mkdir -p "$2/models"
cd "$2"

# tok PART: the texts of a part of SST-2; their ids begin with its name
tok() {
	awk -F '\t' -v part="$1" '{ print part NR "\t" \
	    ($2 == 1 ? "positive" : "negative") "\t" $1 }' \
	    "$data/sst2/$1.tsv" | reat-tokenize -r split -f id,label,text
}

# with_vector: print the words of the texts that have a vector
with_vector() {
	cut -d ' ' -f 1 vectors | sed 1d | cat - all.tok | awk -F '\t' '
		NF == 1 && !/^#/ { has[$1] }
		NF == 10 && ($2 in has) && !($2 in seen) {
			seen[$2]; print $2 }'
}

# recipe CELL KIND: as in examples/replicate/table3.sh
recipe() {
	cat <<-END
		cell: ${1#bi}
		bidirectional: $(case $1 in bi*) echo true ;; *) echo false ;; esac)
		hidden: 150
		labels: [negative, positive]
		vocabulary: words
		vectors: vectors
		embedding: frozen
		learning_rate: 0.001
		batch: 50
		epochs: $EPOCHS
		state: false
	END
	case $2 in
	penalty|both) printf 'penalty: %s\npenalty_words: degree\n' \
	    "$PENALTY" ;;
	esac
}

# accuracy MODEL PART: print how many texts are right, in percent
accuracy() {
	reat-predict -H -m "./models/$1" "$2.tok" | awk -F '\t' '
		{ n += $2 == $3 }
		END { if (!NR) exit 1; printf "%.2f\n", 100 * n / NR }'
}

# flips MODEL PART SWAP: print how many variants flip, and how many there are
flips() {
	reat-swap -H -m "./models/$1" -t pairs -w "$swaps" "$2.tok" |
		awk -F '\t' -v swap="$3" '
			$1 == swap { flips = $3; n = $2 }
			END { print flips + 0 "\t" n + 0 }'
}

# size FILTER... : print the mean size of terribly's scores by this filter
size() {
	"$@" -H -c positive -l word terribly.tok |
		awk -F '\t' '$3 == "word" && $11 == "terribly" {
			n++; s += $10 < 0 ? -$10 : $10 }
		    END { printf "%.3f", n ? s / n : 0 }'
}

for part in train dev test; do
	tok $part >$part.tok
done
cat dev.tok test.tok >held.tok
cat train.tok held.tok >all.tok
awk -v RS= -v ORS='\n\n' '/\tterribly\t/' all.tok >terribly.tok
pairs=terribly=extremely,terribly=very,extremely=terribly,extremely=very
pairs=$pairs,very=terribly,very=extremely
reat-swap -w "$pairs" train.tok | cat train.tok - >repaired.tok
printf '%s\n' terribly extremely very >degree
xz -dc "$data/vectors/googlenews.300d.filled.txt.xz" >vectors
with_vector >words

for cell in $CELLS; do
	for seed in $SEEDS; do
		for kind in base data penalty both; do
			name=$cell-$seed-$kind
			train=train
			case $kind in data|both) train=repaired ;; esac
			[ -e "models/$name/model.yaml" ] && continue
			recipe "$cell" "$kind" >"models/$name.yaml"
			reat-train -s "$seed" -r "./models/$name.yaml" \
				-o "models/$name.part" $train.tok dev.tok
			mv "models/$name.part" "models/$name"
		done
	done
done

# one row for each classifier: numbers that the table adds up
for cell in $CELLS; do
	for seed in $SEEDS; do
		for kind in base data penalty both; do
			name=$cell-$seed-$kind
			printf '%s\t%s\t%s\t%s\t%s' "$cell" "$seed" "$kind" \
				"$(accuracy "$name" dev)" \
				"$(accuracy "$name" test)"
			for part in all held; do
				for swap in extremely=terribly \
				    terribly=extremely; do
					printf '\t%s' \
					    "$(flips "$name" $part $swap)"
				done
			done
			printf '\t%s\t%s\n' \
			    "$(size reat-score -m "./models/$name")" \
			    "$(size reat-occlude -a omit -m "./models/$name")"
		done
	done
done >rows.tsv
awk -F '\t' '
	!($3 in n) { kind[++kinds] = $3 }
	{ n[$3]++
	for (i = 4; i <= NF; i++)
		sum[$3, i] += $i
	if ($3 == "base")
		base = $5
	cost[$3] += $5 - base
	squares[$3] += ($5 - base) ^ 2 }
	END {
		print "kind\tdev\ttest\textremely=terribly\tterribly=extremely\t" \
		    "the same, dev and test\t\tsize\teffect\tcost"
		for (k = 1; k <= kinds; k++) {
			c = kind[k]
			printf "%s\t%.2f\t%.2f", c, sum[c, 4] / n[c],
			    sum[c, 5] / n[c]
			for (i = 6; i <= 12; i += 2)
				printf "\t%d of %d", sum[c, i], sum[c, i + 1]
			printf "\t%.3f\t%.2f", sum[c, 14] / n[c],
			    sum[c, 15] / n[c]
			mean = cost[c] / n[c]
			error = n[c] < 2 ? 0 : sqrt((squares[c] - n[c] * \
			    mean ^ 2) / (n[c] - 1) / n[c])
			printf "\t%+.2f (%.2f)\n", mean, error
		}
	}' rows.tsv | tee table.tsv
