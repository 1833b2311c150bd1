#!/bin/sh
# model.sh OUT SET CELL SEED: do all measurements of replicate.sh for one
# classifier, in OUT/scores/SET-CELL-SEED and OUT/eval/SET-CELL-SEED.  A file
# that exists is not made again.
set -eu
export LC_ALL=C
cd "$1"
set=$2 name=$2-$3-$4 model=./models/$2-$3-$4/
all='reat naive shapley frozen-omit gradxinput ig half skip mix lrp lrp-half
deeplift grad omit'
case $3 in
mingru) ;;			# they have no rules for it
*) all="$all cd gcd" ;;
esac
# of few texts: the paper's methods, and those of many passes
paper='ignorm lime-words smoothgrad expected kernelshap owen'
few='reat naive shapley gradxinput ig half skip mix'
s=scores/$name e=eval/$name
mkdir -p "$s" "$e"

here=$HERE
. "$here/make.sh"
# shellcheck source=examples/explain.sh
. "$here/../explain.sh"
BACKGROUND=texts/background.tok

# score METHOD [ARG...]: print scores by the method; truth is omit's loss of
# probability
score() {
	method=$1
	shift
	case $method in
	truth) explain omit -q -y -m "$model" "$@" ;;
	*) explain "$method" -q -m "$model" "$@" ;;
	esac
}

# scores WHAT METHODS ARG...: make the files scores/NAME/WHAT.METHOD
scores() {
	what=$1 methods=$2
	shift 2
	for m in $methods; do
		make "$s/$what.$m" score "$m" "$@"
	done
}

# files WHAT METHODS: print the names of these files
files() {
	for m in $2; do
		echo "$s/$1.$m"
	done
}

# left METHOD: print the predictions for the texts, without their top words and
# for these alone, at ERASER's shares
left() {
	reat-erase -K top -n 1%,5%,10%,20%,50% "$s/test.$1" "texts/$set.tok" |
		reat-predict -m "$model"
}

# opposite FILE: print the scores with the opposite sign
opposite() {
	awk -F '\t' -v OFS='\t' 'NR > 1 { $10 = -$10 } { print }' "$1"
}

# eraser MEASURE: compute the measure from the predictions of left
eraser() {
	operands=
	for m in $few low high; do
		operands="$operands $m=$e/left.$m"
	done
	# shellcheck disable=SC2086	# a list
	reat-eval -a "$1" $operands
}

# Table 5
scores pair "$all $paper" -c positive -l word "texts/pair-$set.tok"
# shellcheck disable=SC2046	# lists of files
make "$e/table5.tsv" reat-eval -a interpretability \
	-r texts/positive,texts/negative $(files pair "$all $paper")
[ "$set" = sst2 ] || exit 0

# Table 4
scores but "truth $all $paper lime" -l clause texts/but.tok
# shellcheck disable=SC2046
make "$e/table4.tsv" reat-eval -a faithfulness -l clause "$s/but.truth" \
	$(files but "$all $paper lime")

# agreement with true omission, ERASER's measures
scores test "truth $all" -l word "texts/$set.tok"
# shellcheck disable=SC2046
make "$e/agreement.tsv" reat-eval -a agreement "$s/test.truth" \
	$(files test "$all")
# phrases and true omission, over all texts
scores phrase "$all" -l phrase "texts/$set.tok"
# shellcheck disable=SC2046
make "$e/correlation.tsv" reat-eval -a correlation -l phrase \
	"$s/phrase.omit" $(files phrase "$all")
make "$s/test.high" cat "$s/test.truth"
make "$s/test.low" opposite "$s/test.truth"
for m in $few low high; do
	make "$e/left.$m" left "$m"
done
make "$e/comprehensiveness.tsv" eraser comprehensiveness
make "$e/normalised.tsv" eraser normalised
make "$e/sufficiency.tsv" eraser sufficiency

# signs of phrases, pointing
scores trees "$few" -c positive -l word texts/trees.tok
# shellcheck disable=SC2046
make "$e/sign.tsv" reat-eval -a sign texts/trees.signs $(files trees "$few")
# the spans of the trees and true omission
scores span "omit $few" -l ./texts/trees.spans texts/trees.tok
# shellcheck disable=SC2046
make "$e/spans.tsv" reat-eval -a correlation -l span "$s/span.omit" \
	$(files span "$few")
scores hybrid "$few omit" -l word texts/hybrid.tok
# shellcheck disable=SC2046
make "$e/pointing.tsv" reat-eval -a pointing texts/hybrid.parts \
	$(files hybrid "$few omit")

# Tables 6 and 7, and the search
make "$e/table6.tsv" reat-swap -m "$model" -t tsv \
	-w terribly=extremely,terribly=very texts/all.tok
make "$e/table7.tsv" reat-swap -m "$model" -t tsv -w extremely=terribly \
	texts/all.tok
[ ! -e texts/synonyms ] ||
	make "$e/search.tsv" reat-swap -m "$model" -t pairs \
		-r texts/synonyms "texts/$set.tok"

# Figures 7 and 8: key, value
make "$e/fig7.tsv" awk -F '\t' -v OFS='\t' '$3 == "word" {
	print $8 ~ /^VB/ ? "VB*" : $8, $10 }' "$s/test.reat"
scores all reat -c positive -l word texts/all.tok
make "$e/fig8.tsv" awk -F '\t' -v OFS='\t' '$3 == "word" &&
	($11 == "terrible" || $11 == "terribly") { print $11, $10 }' \
	"$s/all.reat"
