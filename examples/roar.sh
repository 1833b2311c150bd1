#!/bin/sh
# roar.sh TRAIN DEV TEST OUT: remove and retrain (ROAR: Hooker et al., "A
# Benchmark for Interpretability Methods in Deep Neural Networks", 2019).  A
# classifier is trained on TRAIN, tok streams with labels.  The words with the
# highest scores for the predicted class are removed from all texts, and another
# classifier is trained on what is left.  The more its accuracy on TEST falls,
# the more the removed words told.  Random words are the comparison.
#
#     METHODS     the methods; the default is "reat gradxinput omit"
#     BACKGROUND  a tok file, which the method expected needs
#     SHARES      percentages of the words; the default is "10 30 50"
#     SEEDS       of the training, a classifier each; the default is "1 2 3"
#     RECIPE      a recipe of reat-train; the default is its own
#
# A line has the method ("whole" for no words, "random" for random ones), the
# share, and the accuracy for each seed.  OUT gets the classifiers.
#
# Accuracy can fall little although the scores are right, where the words that
# are left say the same; and it can rise, because what is removed follows the
# predicted class: the gaps alone can show it.
set -eu
# shellcheck source=examples/explain.sh
. "$(dirname "$0")/explain.sh"
if [ $# -ne 4 ]; then
	echo "usage: roar.sh TRAIN DEV TEST OUT" >&2
	exit 2
fi
out=$4
mkdir -p "$out"
cp "$1" "$out/train.tok"
cp "$2" "$out/dev.tok"
cp "$3" "$out/test.tok"
seeds=${SEEDS:-1 2 3}

# row METHOD SHARE LEFT: train on the texts train$LEFT.tok, and print a line
row() {
	for seed in $seeds; do
		reat-train -q ${RECIPE:+-r "$RECIPE"} -s "$seed" \
			-o "$out/$1.$seed" "$out/train$3.tok" "$out/dev$3.tok"
		reat-predict -q -m "$out/$1.$seed/" "$out/test$3.tok" \
			>"$out/table"
		reat-eval -H -a accuracy "$out/table" | cut -f 6
	done >"$out/accuracies"
	printf '%s\t%s\t%s\n' "$1" "$2" "$(paste -s "$out/accuracies")"
}

# erase METHOD SHARE PART: print the texts without these words
erase() {
	if [ "$1" = random ]; then
		# the variants are named by their text again
		reat-erase -K 1 -n "$2%" "$out/$3.tok" |
			awk -v RS= -v ORS='\n\n' '/^# sent_id = [^\n]*~1~/ {
				sub(/~1~[^\n]*/, "")
				print
			}'
		return
	fi
	explain "$1" -l word -m "$out/whole.${seeds%% *}/" "$out/$3.tok" \
		>"$out/scores"
	reat-erase -n "$2%" "$out/scores" "$out/$3.tok"
}

printf 'method\tshare\taccuracy\n'
row whole 0 ''
for method in ${METHODS:-reat gradxinput omit} random; do
	for share in ${SHARES:-10 30 50}; do
		for part in train dev test; do
			erase "$method" "$share" "$part" >"$out/$part.left.tok"
		done
		row "$method" "$share" .left
	done
done
