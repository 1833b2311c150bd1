#!/bin/sh
# figures.sh: draw Figures 4 to 8 as figures/*.svg in the working folder, OUT,
# and write the numbers of 7 and 8 as *.tsv.
#
#     fig4    a sentence with a row for each method, by the first of CELLS
#     fig5    its words, phrases and clauses, by the same
#     fig6    its words, by each network
#     fig7    the words of the test texts by tag, with all verbs together, for
#             tags of 20 or more words
#     fig8    terrible and terribly in all texts
#
# All figures have the first of SEEDS.  The environment variable HERE is the
# folder of this script.
set -eu
# shellcheck source=examples/replicate/settings.sh
. "$HERE/settings.sh"
seed=${seeds%% *}
text='the fight scenes are fun but it grows tedious'
echo "$text" | reat-tokenize | reat-tag | reat-chunk >figures/text.tok

m=./models/sst2-${cells%% *}-$seed/ t=figures/text.tok
{
	for a in reat naive shapley; do
		reat-score -H -a $a -c positive -l word -m "$m" "$t"
	done
	for a in grad gradxinput ig; do
		reat-grad -H -a $a -c positive -l word -m "$m" "$t"
	done
	reat-lime -q -H -c positive -l word -m "$m" "$t"
	reat-occlude -H -c positive -l word -m "$m" "$t"
} >figures/fig4.score	# no pipeline: if a method fails, there is no picture
awk -v method=scaled -f "$HERE/../levels.awk" figures/fig4.score |
	reat-heatmap -t svg >figures/fig4.svg
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
