#!/bin/sh
# figures.sh: draw Figures 3 to 8 as figures/*.svg in the working folder, OUT,
# and write their numbers as *.tsv.
#
#     fig3         a sentence as a tree, by the first of CELLS
#     fig4         a sentence by several methods, by the first of CELLS
#     likable      the same for the text that SST-2 has instead
#     fig5-CELL    a sentence, by each network
#     fig6         words, phrases and clauses, by the LSTM if CELLS has it
#     fig7-CELL    the words of the test texts by tag, with all verbs together
#     fig8-CELL    terrible and terribly in all texts
#
# The sentences, the classes and the colours are the paper's, in small letters
# like the texts of SST-2; the tree is that of the sentence of Figure 5.  The
# drawings have the first of SEEDS, the tables all.  figures/narrow has the same
# drawings for a narrow page.  The environment variable HERE is the folder of this
# script.
set -eu
# shellcheck source=examples/replicate/settings.sh
. "$HERE/settings.sh"
seed=${seeds%% *} first=${cells%% *}
case " $cells " in *" lstm "*) deep=lstm ;; *) deep=$first ;; esac
mkdir -p figures/narrow
rm -f figures/*.svg figures/narrow/*.svg figures/*.tsv

# draw NAME COLUMNS FILTER ARG...: draw figures/part with two widths, COLUMNS
# and that of a telephone
draw() {
	name=$1 columns=$2
	shift 2
	"$@" -r paper -t svg -w "$columns" <figures/part >"figures/$name.svg"
	"$@" -r paper -t svg -w 36 <figures/part >"figures/narrow/$name.svg"
}

# score METHOD [ARG...]: run the filter that has the method
score() {
	method=$1
	shift
	case $method in
	lime) reat-lime -q "$@" ;;
	omit) reat-occlude "$@" ;;
	reat | naive | shapley) reat-score -a "$method" "$@" ;;
	*) reat-grad -a "$method" "$@" ;;
	esac
}

# sentence NAME TEXT: write figures/NAME.tok
sentence() {
	echo "$2" | reat-tokenize -r split | reat-tag | reat-chunk |
		sed "s/^# sent_id = .*/# sent_id = $1/" >"figures/$1.tok"
}

# predictions NAME CLASS: print the probability of the class for each text of
# figures/NAME.tok by each classifier: sent_id, cell, seed, class, probability
predictions() {
	for c in $cells; do
		for s in $seeds; do
			reat-predict -m "./models/sst2-$c-$s/" "figures/$1.tok" |
				awk -F '\t' -v OFS='\t' -v class="$2" \
				    -v cell="$c" -v seed="$s" '
				NR == 1 {
					for (i = 4; i <= NF; i++)
						if ($i == class)
							column = i
				}
				NR > 1 { print $1, cell, seed, class, $column }'
		done
	done
}

sentence fig4 'enormously likely , partly because it is aware of its own grasp of the absurd'
sentence likable 'enormously likable , partly because it is aware of its own grasp of the absurd'
sentence fig5 'the fight scenes are fun but it grows tedious'
sentence fig6 "the story may be new , but the movie does n't serve up lots of laughs"

# the texts of the paper's Tables 6 and 7, without the last period, which SST-2's
# texts do not have
awk -F '\t' '($1 == 6 || $1 == 7) && $3 == "Text" {
	sub(/\.$/, "", $4)
	print tolower($4) }' texts/paper.tsv | reat-tokenize |
	awk '/^# sent_id = / { $0 = "# sent_id = swap" ++n } { print }' \
	>figures/swaps.tok
{
	printf 'figure\tcell\tseed\tclass\tprobability\n'
	predictions fig4 positive
	predictions likable positive
	predictions fig5 positive
	predictions fig6 negative
	predictions swaps positive
} >figures/predictions.tsv

echo '(S (S (NP (DT the) (NN fight) (NNS scenes)) (VP (VBP are) (ADJP (JJ fun)))) (CC but) (S (NP (PRP it)) (VP (VBZ grows) (ADJP (JJ tedious)))))' >figures/fig3.tree
reat-tree -B figures/fig3.tree figures/fig5.tok |
	reat-score -c positive -m "./models/sst2-$first-$seed/" >figures/part
reat-heatmap -T -r paper -t svg <figures/part >figures/fig3.svg

# no pipeline: if a method fails, there is no picture.  The paper's methods come
# first, in its order.
for text in fig4 likable; do
	for m in grad ignorm gradxinput lime naive reat; do
		score $m -H -c positive -l word \
			-m "./models/sst2-$first-$seed/" "figures/$text.tok"
	done >"figures/$text.score"
	awk -v method=scaled -f "$HERE/../levels.awk" "figures/$text.score" \
		>figures/part
	draw $text 80 reat-heatmap -A
done

for c in $cells; do
	reat-score -c positive -l word -m "./models/sst2-$c-$seed/" \
		figures/fig5.tok >figures/part
	draw "fig5-$c" 72 reat-heatmap
done

for s in $seeds; do
	reat-score -c negative -l word,phrase,clause \
		-m "./models/sst2-$deep-$s/" figures/fig6.tok \
		>"figures/fig6-$deep-$s.score"
done
cp "figures/fig6-$deep-$seed.score" figures/part
draw fig6 80 reat-heatmap

for c in $cells; do
	for f in 7 8; do
		cp "eval/sst2-$c-$seed/fig$f.tsv" figures/part
		root=$([ $f = 8 ] || echo -R)
		draw "fig$f-$c" 64 reat-boxplot ${root:+"$root"}
		for s in $seeds; do
			reat-boxplot -t tsv "eval/sst2-$c-$s/fig$f.tsv" \
				>"figures/fig$f-$c-$s.tsv"
		done
	done
done
rm -f figures/part
