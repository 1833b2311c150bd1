#!/bin/sh
# replicate.sh DATA OUT: the paper's Tables 3 to 7 and Figures 4 to 8, from raw
# data to OUT/report.txt, OUT/report.html and the TSV files behind them.
#
# DATA is the folder of the data sets (sst2, sst-trees, yelp, vectors, lexicon).
# A step whose output is there is not done again.  SEEDS, SETS, CELLS and EPOCHS
# as in table3.sh change what is done; CORES (2) how many classifiers at a time.
# The programs must be in PATH.  README says what the numbers say.
set -eu
export LC_ALL=C
if [ $# -ne 2 ]; then
	echo "usage: replicate.sh DATA OUT" >&2
	exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
data=$(cd "$1" && pwd)
mkdir -p "$2"
cd "$2"
seeds=${SEEDS:-1 2 3} sets=${SETS:-sst2 yelp} cells=${CELLS:-gru lstm bigru}
case " $sets " in *" sst2 "*) ;; *)
	echo "replicate.sh: SETS=\"$sets\", expected sst2 among them" >&2
	exit 2 ;;
esac
export HERE="$here"

say() {
	echo "replicate.sh: $*" >&2
}

. "$here/make.sh"

tagged() {
	reat-tag "$1" | reat-chunk
}

# texts with terribly or extremely in any part, each with its part's name
with_words() {
	for part in train dev test; do
		sed "s/^# sent_id = /&$part./" "data/sst2/$part.tok" |
			awk 'BEGIN { RS = ""; ORS = "\n\n" }
			    /\t(terrible|terribly|extremely)\t/'
	done | reat-tag
}

trees() {
	xz -dc "$data/sst-trees/test.txt.xz" |
		sh "$here/../trees.sh" texts/trees.tok texts/trees.signs
}

# NAME.tsv: the rows of all classifiers' eval/*/NAME.tsv; those of predictions
# do not know their model
gather() {
	for m in table4 table5 agreement comprehensiveness sufficiency \
	    normalised sign pointing; do
		for f in eval/*/"$m.tsv"; do
			name=${f#eval/}
			awk -F '\t' -v OFS='\t' -v name="${name%%/*}" '
				$3 == "_" { $3 = name } { print }' "$f"
		done | awk 'NR == 1 || !/^measure\t/' >"$m.tsv"
	done
}

# each COMMAND: sh -c COMMAND for all classifiers, CORES at a time, with their
# set, cell and seed as $1, $2, $3
each() {
	for s in $seeds; do
		for t in $sets; do
			for c in $cells; do
				echo "$t $c $s"
			done
		done
	done | xargs -P "${CORES:-2}" -L 1 sh -c "$1 || exit 255" sh
}

say "Table 3: the classifiers"
JOBS=${CORES:-2} sh "$here/table3.sh" "$data" . >&2

say "the texts"
mkdir -p texts figures
cp "$data/lexicon/positive-words.txt" texts/positive
cp "$data/lexicon/negative-words.txt" texts/negative
chmod u+w texts/*
for set in $sets; do
	make "texts/$set.tok" tagged "data/$set/test.tok"
	make "texts/pair-$set.tok" awk -f "$here/pair.awk" texts/positive \
		texts/negative "texts/$set.tok"
done
make texts/but.tok awk -f "$here/but.awk" texts/sst2.tok
make texts/all.tok with_words
make texts/hybrid.tok awk -f "$here/hybrid.awk" -v parts=texts/hybrid.parts \
	texts/sst2.tok
[ -e texts/trees.signs ] || trees
if [ -d "${WORDNET:-/usr/share/wordnet}" ]; then
	make texts/synonyms sh "$here/../wordnet.sh" \
		"${WORDNET:-/usr/share/wordnet}"
else
	say "no WordNet (wordnet-base): no search for pairs"
fi

say "what the classifiers' explanations are worth"
# shellcheck disable=SC2016
each 'sh "$HERE/model.sh" . "$1" "$2" "$3" &&
	echo "replicate.sh: $1 $2 $3 is measured" >&2'

say "the report"
gather
sh "$here/figures.sh" "$(echo "$seeds" | cut -c 1)" "$cells"
sh "$here/report.sh" "$here" "$seeds" "$cells" >report.txt
sh "$here/page.sh" >report.html
say "done: report.txt, report.html"
cat report.txt
