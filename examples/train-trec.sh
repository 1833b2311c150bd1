#!/bin/sh
# train-trec.sh DATA OUT: train a classifier of questions on the data sets in
# DATA (trec, vectors) and write it to OUT/trec-bigru.  Its six classes are the
# kinds of answer: abbreviation, description, entity, human, location, number.
#
# TREC has no dev set, so every twelfth training question is used for it.  The
# word vectors are read from a pipe.
set -eu
export LC_ALL=C
if [ $# -ne 2 ]; then
	echo "usage: train-trec.sh DATA OUT" >&2
	exit 2
fi
data=$(cd "$1" && pwd)
mkdir -p "$2"
cd "$2"

# questions FILE: print lines of text TAB label
questions() {
	iconv -f ISO-8859-1 -t UTF-8 "$data/trec/$1" |
		sed 's/^\([A-Z]*\):[a-z]* \(.*\)$/\2	\1/'
}

questions train_5500.label >train.tsv
awk 'NR % 12 != 0' train.tsv | reat-tokenize -r split -f text,label >train.tok
awk 'NR % 12 == 0' train.tsv | reat-tokenize -r split -f text,label >dev.tok
questions TREC_10.label | reat-tokenize -r split -f text,label >test.tok
cat >trec.yaml <<-'END'
	cell: gru
	bidirectional: true
	hidden: 100
	pooling: max
	lowercase: true
	vectors: '-'
	embedding_dropout: 0.4
	readout_dropout: 0.4
	clip: 5
	epochs: 12
	embedding_numbers: F16
	numbers: F16
	state: false
END
xz -dc "$data/vectors/glove.6B.100d.union.txt.xz" |
	reat-train -r ./trec.yaml -o trec-bigru train.tok dev.tok
for set in dev test; do
	reat-predict -H -m ./trec-bigru "$set.tok" |
		awk -F '\t' -v set="$set" '{ n += $2 == $3 }
		    END { printf "%s: %d of %d right, %.1f %%\n", set, n, NR,
			100 * n / NR }'
done
