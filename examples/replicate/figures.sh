#!/bin/sh
# figures.sh SEED CELLS: Figures 4 to 8 as OUT/figures/*.svg, and the numbers
# behind 7 and 8 as *.tsv, from the folder it is run in.
#
#     fig4    a sentence, a row a method: GRU
#     fig5    its words, phrases and clauses: GRU
#     fig6    its words by each network
#     fig7    the words of the test texts by tag, verbs together, 20 or more
#     fig8    terrible and terribly, in all texts
set -eu
seed=$1 cells=$2
text='the fight scenes are fun but it grows tedious'
echo "$text" | reat-tokenize | reat-tag | reat-chunk >figures/text.tok

# a method becomes a level, scaled to its largest score: units differ
levels() {
	awk -F '\t' -v OFS='\t' '
		$3 == "word" {
			row[++n] = $0
			size = $10 < 0 ? -$10 : $10
			if (size > largest[$7])
				largest[$7] = size
		}
		$3 == "logit" && !logits++ { logit = $0 }
		END {
			for (i = 1; i <= n; i++) {
				$0 = row[i]
				if (largest[$7] > 0)
					$10 /= largest[$7]
				$3 = $7
				$7 = "scaled"
				print
			}
			$0 = logit
			$7 = "scaled"
			print
		}'
}

m=./models/sst2-gru-$seed/ t=figures/text.tok
{
	for a in reat naive shapley; do
		reat-score -H -a $a -c positive -l word -m "$m" "$t"
	done
	for a in grad gradxinput ig; do
		reat-grad -H -a $a -c positive -l word -m "$m" "$t"
	done
	reat-lime -q -H -c positive -l word -m "$m" "$t"
	reat-occlude -H -c positive -l word -m "$m" "$t"
} | levels | reat-heatmap -t svg >figures/fig4.svg
reat-score -c positive -m "$m" "$t" | reat-heatmap -t svg >figures/fig5.svg
for c in $cells; do
	reat-score -c positive -l word -m "./models/sst2-$c-$seed/" "$t" |
		reat-heatmap -t svg >"figures/fig6-$c.svg"
	for f in 7 8; do
		key=eval/sst2-$c-$seed/fig$f.tsv
		n=$([ $f = 7 ] && echo 20 || echo 1)
		reat-boxplot -n "$n" -t svg "$key" >"figures/fig$f-$c.svg"
		reat-boxplot -n "$n" -t tsv "$key" >"figures/fig$f-$c.tsv"
	done
done
