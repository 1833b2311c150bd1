#!/bin/sh
# train.sh DATA [FOLDER]: train the shipped sentiment models on the data sets in
# DATA (sst2, sst-trees, vectors) and write them to FOLDER, by default the
# folder of this script.  reat-tokenize, reat-train and reat-predict must be in
# PATH.  It takes some minutes and gives the same bytes each time.
set -eu
export LC_ALL=C
data=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
to=${2:-$here}
mkdir -p "$to"
to=$(cd "$to" && pwd)
work=$(mktemp -d)
ln -s "$to" "$work/models"
trap 'rm -rf "$work"' EXIT
words=25000

# named FILE: the rows of SST-2, with names for labels 0 and 1
named() {
	awk -F '\t' -v OFS='\t' '
		{ print $1, $2 == 1 ? "positive" : "negative" }' "$1"
}

# phrases CLASSES [WHOLE]: trees -> lines of text TAB label, one for each
# different phrase; with WHOLE, one for each sentence.  With two classes,
# neutral phrases are left out.  The words are changed as in SST-2: lower case,
# brackets as lrb and rrb, and no other signs than , ? ! ` and the apostrophe.
phrases() {
	awk -v OFS='\t' -v classes="$1" -v whole="${2:-}" '
	BEGIN {
		split(classes == 2 ? "negative|negative||positive|positive" : \
		    "very negative|negative|neutral|positive|very positive",
		    name, "|")
	}
	{
		depth = n = 0
		m = split($0, part, " ")
		for (i = 1; i <= m; i++) {
			if (part[i] ~ /^\(/) {
				label[++depth] = substr(part[i], 2)
				start[depth] = n + 1
				continue
			}
			match(part[i], /\)+$/)
			close_n = RLENGTH
			form = tolower(substr(part[i], 1, RSTART - 1))
			if (form == "-lrb-" || form == "-rrb-")
				form = substr(form, 2, 3)
			gsub(/[^a-z0-9,?!`'\'']+/, " ", form)
			word[++n] = form
			while (close_n-- > 0) {
				text = ""
				for (k = start[depth]; k <= n; k++)
					text = text " " word[k]
				gsub(/ +/, " ", text)
				gsub(/^ | $/, "", text)
				l = name[label[depth--] + 1]
				if (l == "" || text == "" || (whole && depth))
					continue
				if (whole || !((text, l) in seen))
					print text, l
				seen[text, l] = 1
			}
		}
	}'
}

# vocabulary: the words of the training texts, the words of dev and test that
# have a vector, then other words with a vector, the most frequent first (the
# order of the file), until there are $words
vocabulary() {
	{
		cut -f1 "$work/texts" | tr ' ' '\n' | sed 's/^/T /'
		cut -f1 "$data/sst2/dev.tsv" "$data/sst2/test.tsv" |
		    tr ' ' '\n' | sed 's/^/S /'
		sed 's/ .*//; 1d; s/^/V /' "$work/vectors"
	} | awk -v most="$words" '
		$1 == "T" && !($2 in in_train) { in_train[$2]; list[++n] = $2 }
		$1 == "S" { in_sst[$2] }
		$1 == "V" && !($2 in in_train) {
			if ($2 in in_sst)
				list[++n] = $2
			else
				other[++others] = $2
		}
		END {
			for (i = 1; i <= n; i++)
				print list[i]
			for (i = 1; i <= others && n + i <= most; i++)
				print other[i]
		}'
}

xz -dc "$data/vectors/glove.6B.100d.union.txt.xz" >"$work/vectors"
{
	named "$data/sst2/train.tsv"
	xz -dc "$data/sst-trees/train.txt.xz" | phrases 2
} >"$work/texts"
reat-tokenize -r split -f text,label "$work/texts" >"$work/sst2-train"
vocabulary >"$work/words"
cd "$work"
for set in dev test; do
	named "$data/sst2/$set.tsv" |
		reat-tokenize -r split -f text,label >"sst2-$set"
	xz -dc "$data/sst-trees/$set.txt.xz" | phrases 5 whole |
		reat-tokenize -r split -f text,label >"sst5-$set"
done
xz -dc "$data/sst-trees/train.txt.xz" | phrases 5 |
	reat-tokenize -r split -f text,label >sst5-train

# accuracy MODEL SET: in percent
accuracy() {
	reat-predict -H -m "models/$1" "$2" | awk -F '\t' '
		{ n += $2 == $3 }
		END { printf "%.2f %% (%d of %d)\n", 100 * n / NR, n, NR }'
}

# model NAME TITLE: train a model by the recipe on the standard input, and write
# its README.  NAME begins with the name of the data set.
model() {
	set=${1%%-*}
	case $set in
	sst2)
		labels='negative, positive'
		title=SST-2
		texts="the 6920 training sentences of SST-2 (binary Stanford
		Sentiment Treebank) and the $(($(wc -l <texts) - 6920)) different phrases of the
		treebank's training trees that are not neutral" ;;
	sst5)
		labels='very negative, negative, neutral, positive, very positive'
		title="the treebank's sentences,"
		texts="the $(grep -c '^# sent_id' sst5-train) different phrases of the training trees of the
		Stanford Sentiment Treebank" ;;
	esac
	cat - >"$1.yaml" <<-EOF
		labels: [$labels]
		clip: 5
		embedding_dropout: 0.3
		readout_dropout: 0.5
		epochs: 3
		numbers: F16
		state: false
	EOF
	cat >>"$1.yaml"
	reat-train -o "models/$1" -r "./$1.yaml" "$set-train" "$set-dev"
	cat >"models/$1/README.md" <<-EOF
		# $1: $2

		Labels: $labels.
		Accuracy on $title dev:
		$(accuracy "$1" "$set-dev"), test: $(accuracy "$1" "$set-test").

		Data: $(echo "$texts" | tr -d '\t'). The epoch with the
		best accuracy on dev was chosen.
		Word vectors: GloVe 6B, 100 dimensions, tuned once
		(../sst2-words), written as F16.

		Licence: the treebank (Socher et al., 2013, Stanford) states no
		licence; GloVe (Pennington et al., 2014) is in the public domain
		(PDDL 1.0). The rest is under REAT's licence.

		Seed: 1. Made by \`sh share/models/train.sh DATA\` with
		recipe.yaml; log.tsv has the loss and the accuracy of each epoch.
	EOF
}

model sst2-words "the words and vectors of the other models, and the GRU that tuned them" <<EOF
cell: gru
hidden: 150
lowercase: true
vocabulary: words
train_words: false
vectors: vectors
embedding: tuned
embedding_numbers: F16
EOF
shared='embedding_from: models/sst2-words
embedding: frozen'
model sst2-gru "a GRU" <<EOF
$shared
cell: gru
hidden: 150
EOF
model sst2-lstm "an LSTM" <<EOF
$shared
cell: lstm
hidden: 150
EOF
model sst2-bigru "a GRU in two directions" <<EOF
$shared
cell: gru
bidirectional: true
hidden: 100
EOF
model sst5-bigru "a GRU in two directions with five classes" <<EOF
$shared
cell: gru
bidirectional: true
hidden: 100
EOF
