#!/bin/sh
# report.sh HERE SEEDS CELLS: OUT/report.txt, from the TSV files in the folder it
# is run in.
set -eu
here=$1

title() {
	printf '\n%s\n%s\n\n' "$1" "$(echo "$1" | sed 's/./=/g')"
}

both() {
	awk -v set=sst2 -v at="${2:-_}" -v percent="${3-}" \
		-f "$here/summary.awk" "$here/reference.tsv" "$1"
	echo
	awk -v set=sst2 -v at="${2:-_}" -f "$here/against.awk" "$1"
}

# boxes LINES FILE: the numbers of a box plot, highest median first
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

	Columns are the mean over seeds, in parentheses the smallest and the
	largest of them.  "PyTorch reference" is another program on the same
	data (three seeds; lime and grad one); the paper's own numbers are not
	in this repository.  eval/ has a TSV file for each classifier, with
	intervals and tests; README says how each was made, and what it means.
END
title 'Table 3: accuracy'
cat table3.txt
title 'Table 4: faithfulness (equation 23), SST-2 test'
cat <<-'END'
	Texts with one "but" and a verb on each side; the probability lost with
	the clause that a method ranks higher.  "second" always takes the
	second clause, "best" the one that costs more.

END
both table4.tsv
title 'Table 5: interpretability (equation 24), percent'
echo 'SST-2 test: one positive and one negative adjective.'
echo
both table5.tsv _ 1
if grep -q 'yelp-' table5.tsv; then
	printf '\nYelp stand-in:\n\n'
	awk -v set=yelp -v percent=1 -f "$here/summary.awk" \
		"$here/reference.tsv" table5.tsv
	echo
	awk -v set=yelp -f "$here/against.awk" table5.tsv
fi
title 'Tables 6 and 7: words for their like'
awk -v pairs=4 -f "$here/swaps.awk" eval/sst2-*/table6.tsv
echo
awk -v pairs=8 -f "$here/swaps.awk" eval/sst2-*/table7.tsv
title 'A search for such pairs: SST-2 test, synonyms of WordNet'
set -- eval/sst2-*/search.tsv
if [ -e "$1" ]; then
	awk -f "$here/search.awk" "$@"
else
	echo 'not done: no WordNet'
fi
title 'Rank correlation with true omission (words, SST-2 test)'
both agreement.tsv
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
title 'Figure 7: scores by tag'
for f in figures/fig7-*.tsv; do
	echo "$f"
	boxes 13 "$f"
	echo
done
title 'Figure 8: terrible and terribly (class positive)'
for f in figures/fig8-*.tsv; do
	echo "$f"
	boxes 13 "$f"
	echo
done
