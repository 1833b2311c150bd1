#!/bin/sh
# replicate.sh DATA OUT: compute Tables 3 to 7 and Figures 3 to 8 of the paper
# from the raw data, and write OUT/report.txt, OUT/report.html and their TSV
# files.
#
# DATA is the folder of the data sets (sst2, sst-trees, yelp, vectors, lexicon).
# A step whose output exists is not done again.  The environment variables
# SEEDS, SETS, CELLS and EPOCHS choose what is done, see settings.sh.  CORES is
# the number of classifiers at a time; the default is one for each core.  The
# programs must be in PATH.  README discusses the results.
set -eu
export LC_ALL=C
if [ $# -ne 2 ]; then
	echo "usage: replicate.sh DATA OUT" >&2
	exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
data=$(cd "$1" && pwd)
export HERE="$here"
# shellcheck source=examples/replicate/settings.sh
. "$here/settings.sh"
. "$here/make.sh"
# shellcheck source=examples/explain.sh
. "$here/../explain.sh"
case " $sets " in *" sst2 "*) ;; *)
	wrong "SETS=\"$sets\", expected sst2 among them" ;;
esac
wordnet=${WORDNET:-/usr/share/wordnet}
[ ! -d "$wordnet" ] || wordnet=$(cd "$wordnet" && pwd)
mkdir -p "$2"
cd "$2"

say() {
	echo "replicate.sh: $*" >&2
}

# made_with: print the lines of OUT/settings
made_with() {
	trained "$data"
	files "$data" sst-trees/test.txt.xz lexicon/positive-words.txt \
		lexicon/negative-words.txt
	[ ! -d "$wordnet" ] ||
		files "$wordnet" data.noun data.verb data.adj data.adv
}

tagged() {
	reat-tag "$1" | reat-chunk
}

# with_words: print the texts of all parts that contain one of the words; the
# name of the part becomes a part of the sent_id
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

# tree_spans: print the spans of two and more words of the trees, for -l
tree_spans() {
	awk -F '\t' -v OFS='\t' 'NR > 1 && $4 < $5 {
		print $1, $4, $5 }' texts/trees.signs | sort -u
}

# gather: make each NAME.tsv from the rows of all eval/SET-CELL-SEED/NAME.tsv.
# Rows from predictions have no model, and get the name of the classifier.
gather() {
	for m in table4 table5 agreement correlation spans comprehensiveness \
	    sufficiency normalised sign pointing; do
		for name in $(names | sort); do
			[ -e "eval/$name/$m.tsv" ] || continue	# yelp
			awk -F '\t' -v OFS='\t' -v name="$name" '
				$3 == "_" { $3 = name } { print }' \
				"eval/$name/$m.tsv"
		done | awk 'NR == 1 || !/^measure\t/' >"$m.tsv"
	done
}

# each COMMAND: run sh -c COMMAND for all classifiers, CORES at a time; $1, $2
# and $3 are the set, the cell and the seed
each() {
	names | tr - ' ' | xargs -P "$cores" -L 1 sh -c "$1 || exit 255" sh
}

keep "$2" made_with
say "Table 3: the classifiers"
sh "$here/table3.sh" "$data" . >&2

say "the texts"
mkdir -p texts figures
if [ -e "$data/paper/tables.tsv" ]; then
	cp "$data/paper/tables.tsv" texts/paper.tsv
else
	: >texts/paper.tsv
	say "no paper/tables.tsv in DATA: no column of the paper's values"
fi
cp "$data/lexicon/positive-words.txt" texts/positive
cp "$data/lexicon/negative-words.txt" texts/negative
chmod u+w texts/*
for set in $sets; do
	make "texts/$set.tok" tagged "data/$set/test.tok"
	make "texts/pair-$set.tok" awk -f "$here/pair.awk" texts/positive \
		texts/negative "texts/$set.tok"
done
make texts/background.tok background data/sst2/train.tok
make texts/but.tok awk -f "$here/but.awk" texts/sst2.tok
make texts/all.tok with_words
make texts/hybrid.tok awk -f "$here/hybrid.awk" -v parts=texts/hybrid.parts \
	texts/sst2.tok
[ -e texts/trees.signs ] || trees
make texts/trees.spans tree_spans
if [ -d "$wordnet" ]; then
	make texts/synonyms sh "$here/../wordnet.sh" "$wordnet"
elif [ ! -e texts/synonyms ]; then
	say "no WordNet (wordnet-base): no search for pairs"
fi

say "what the classifiers' explanations are worth"
# shellcheck disable=SC2016
each 'sh "$HERE/model.sh" . "$1" "$2" "$3" &&
	echo "replicate.sh: $1 $2 $3 is measured" >&2'

say "the report"
gather
sh "$here/figures.sh"
sh "$here/report.sh" >report.part
awk -f "$here/columns.awk" report.part >report.txt
sh "$here/page.sh" report.part >report.html
rm report.part
say "done: report.txt, report.html"
cat report.txt
