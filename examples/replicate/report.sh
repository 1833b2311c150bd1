#!/bin/sh
# report.sh: print report.txt from the TSV files in the working folder, OUT.
# The environment variable HERE is the folder of this script.
set -eu
here=$HERE
# shellcheck source=examples/replicate/settings.sh
. "$here/settings.sh"

title() {
	printf '\n%s\n%s\n\n' "$1" "$(echo "$1" | sed 's/./=/g')"
}

# tables NAME: print the path of NAME.tsv for each classifier
tables() {
	names sst2 | sort | sed "s/.*/eval\/&\/$1.tsv/"
}

# both TSV [AT] [PERCENT] [TABLE] [SET]: print the results of a measure, and how
# REAT, half and skip compare with the others
both() {
	awk -v set="${5:-sst2}" -v at="${2:-_}" -v percent="${3-}" \
		-v table="${4-}" -f "$here/papers.awk" \
		-f "$here/summary.awk" texts/paper.tsv \
		"$here/reference.tsv" "$1"
	for one in reat half skip; do
		echo
		awk -v set="${5:-sst2}" -v at="${2:-_}" -v one=$one \
			-f "$here/against.awk" "$1"
	done
}

# boxes LINES FILE: print the numbers of a box plot, the highest median first
boxes() {
	awk -F '\t' -v lines="$1" '
		NR == 1 { printf "%-10s %6s %9s %9s %9s\n", $1, $2, $5, $6, $7 }
		NR > 1 && NR <= lines {
			printf "%-10s %6d %9.4f %9.4f %9.4f\n", $1, $2, $5, $6,
			    $7
		}' "$2"
}

cat <<-'END'
	REAT: a replication of Du et al., WWW 2019

	Columns have the mean over the seeds, and the smallest and the largest
	value in parentheses.  "PyTorch reference" is another program on the
	same data (three seeds; lime and grad one seed).  "paper" is the
	paper's table, if DATA has it; "-" if not.  eval/ has TSV files for each classifier,
	with intervals and tests.  README explains how each number is computed
	and what it means.

END
printf '%-9s %s\n' Epochs: "$epochs" Seeds: "$seeds" Sets: "$sets" \
	Networks: "$cells"
title "Summary: what returned of the paper's ranking (SST-2)"
awk -f "$here/papers.awk" -f "$here/verdict.awk" texts/paper.tsv table4.tsv \
	table5.tsv
title 'Table 3: accuracy'
cat table3.txt
title 'Table 4: faithfulness (equation 23), SST-2 test'
cat <<-'END'
	Texts with one "but" and a verb on each side.  The value is the loss of
	probability without the clause that a method ranks higher.  "second"
	always removes the second clause, "best" the clause with the larger
	loss.

END
both table4.tsv _ "" 4
title 'Table 5: interpretability (equation 24), percent'
echo 'SST-2 test: one positive and one negative adjective.'
echo
both table5.tsv _ 1 5
if grep -q 'yelp-' table5.tsv; then
	printf '\nYelp stand-in:\n\n'
	both table5.tsv _ 1 5 yelp
fi
title 'Tables 6 and 7: words for their like'
# shellcheck disable=SC2046	# lists of files
awk -v pairs=4 -f "$here/swaps.awk" $(tables table6)
echo
# shellcheck disable=SC2046
awk -v pairs=8 -f "$here/swaps.awk" $(tables table7)
title 'A search for such pairs: SST-2 test, synonyms of WordNet'
if [ -e texts/synonyms ]; then
	# shellcheck disable=SC2046
	awk -f "$here/search.awk" $(tables search)
else
	echo 'not done: no WordNet'
fi
title 'Rank correlation with true omission (words, SST-2 test)'
both agreement.tsv
title 'Correlation with true omission over all phrases (SST-2 test)'
echo "Spearman's:"
echo
both correlation.tsv spearman
printf "\nPearson's:\n\n"
both correlation.tsv pearson
title 'Correlation with true omission over the spans of the trees (SST test)'
echo "Spearman's:"
echo
both spans.tsv spearman
printf "\nPearson's:\n\n"
both spans.tsv pearson
title 'Comprehensiveness, AOPC at 1, 5, 10, 20, 50 % (more is better)'
both comprehensiveness.tsv aopc
title 'Comprehensiveness, normalised between the orders shown'
both normalised.tsv aopc
title 'Sufficiency, AOPC at 1, 5, 10, 20, 50 % (less is better)'
both sufficiency.tsv aopc
title 'Signs of phrases (sentiment trees, test), percent'
both sign.tsv phrase 1
title 'Pointing game (hybrid documents of six texts), percent'
both pointing.tsv _ 1
title "Figure 7: scores by tag (seed ${seeds%% *})"
for c in $cells; do
	echo "figures/fig7-$c.tsv"
	boxes 13 "figures/fig7-$c.tsv"
	echo
done
title "Figure 8: terrible and terribly (class positive, seed ${seeds%% *})"
for c in $cells; do
	echo "figures/fig8-$c.tsv"
	boxes 13 "figures/fig8-$c.tsv"
	echo
done
