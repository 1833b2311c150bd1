#!/bin/sh
# report.sh: print the report, from the TSV files in the working folder, OUT,
# for columns.awk (report.txt) and page.sh (report.html).
#
# The first line is the title.  A line above a line of "=" is the title of a
# section.  Lines with tabs are a table; its first line is the header.  A header
# "GRU: paper" is the column "paper" in a group "GRU".  A cell can end with
# {VALUE LOW HIGH;...;=PAPER}: the value of each seed, its interval, and the
# paper's value, for a small drawing on the page.
# "@NAME CAPTION" is figures/NAME.svg, and on the page it is beside a table that
# follows at once.  "<details TITLE" begins a part that can be opened on the
# page; it ends at an empty line, and report.txt lacks it.  Lines of four blanks
# stay as they are, and others are paragraphs.
#
# The environment variable HERE is the folder of this script.
set -eu
here=$HERE
# shellcheck source=examples/replicate/settings.sh
. "$here/settings.sh"
networks=$(cat "$here/networks.awk")
seed=${seeds%% *} first=${cells%% *}
case " $cells " in *" lstm "*) deep=lstm ;; *) deep=$first ;; esac

title() {
	printf '\n%s\n%s\n\n' "$1" "$(echo "$1" | sed 's/./=/g')"
}

# tables NAME: print the path of NAME.tsv for each classifier
tables() {
	names sst2 | sort | sed "s/.*/eval\/&\/$1.tsv/"
}

# intervals TSV AT PERCENT SET: print the value of each method and classifier
# with its interval, as details
intervals() {
	awk -v at="$2" -v percent="$3" -v set="$4" -f "$here/intervals.awk" "$1"
}

# both TSV [AT] [PERCENT] [TABLE] [SET]: print the results of a measure, and how
# REAT, half and skip compare with the others
both() {
	awk -v set="${5:-sst2}" -v at="${2:-_}" -v percent="${3-}" \
		-v table="${4-}" -f "$here/papers.awk" \
		-f "$here/networks.awk" -f "$here/summary.awk" texts/paper.tsv \
		"$here/reference.tsv" "$1"
	echo
	intervals "$1" "${2:-_}" "${3-}" "${5:-sst2}"
	for one in reat half skip; do
		echo
		awk -v set="${5:-sst2}" -v at="${2:-_}" -v one=$one \
			-f "$here/against.awk" "$1"
	done
}

# sizes: print how many texts each part of each set has, here and in the paper
sizes() {
	printf 'texts'
	for set in $sets; do
		printf '\t%s: here\t%s: paper' "$set" "$set"
	done
	for part in train dev test; do
		printf '\n%s' $part
		for set in $sets; do
			grep -c '^# sent_id' "data/$set/$part.tok" |
				tr '\n' '\t' | sed 's/^/\t/'
			awk -F '\t' -v part=$part -v set="$set" '
				BEGIN { n = "-" }
				$1 == 2 && tolower($3) == set &&
				substr($2, 3, 3) == substr(part, 1, 3) {
					n = $4
				}
				END { printf "%s", n }' texts/paper.tsv
		done
	done
	echo
}

# called CELL: print the paper's name of a network
called() {
	awk -v cell="$1" "$networks"'
		BEGIN { print title[cell] }'
}

# predicted NAME [CELL=PERCENT...]: print how probable the class of
# figures/predictions.tsv is for NAME by each classifier, and in the paper
predicted() {
	name=$1
	shift
	awk -F '\t' -v name="$name" -v paper="$*" "$networks"'
		BEGIN {
			n = split(paper, pair, /[ =]/)
			for (i = 1; i < n; i += 2)
				said[pair[i]] = pair[i + 1]
		}
		$1 != name { next }
		{
			class = $4
			if (!($2 in row))
				cell[++cells] = $2
			row[$2] = row[$2] sprintf("\t%.1f", 100 * $5)
			if (!($3 in seeds)) {
				seeds[$3]
				heads = heads "\tseed " $3
			}
		}
		END {
			print "% " class "\tpaper" heads
			for (i = 1; i <= cells; i++)
				print title[cell[i]] "\t" said[cell[i]] \
				    row[cell[i]]
		}' figures/predictions.tsv
}

# paper_texts TABLE: print how positive the texts of the paper's Table 6 or 7 are
# in the paper and for each classifier
paper_texts() {
	awk -F '\t' -v table="$1" -v cells="$cells" "$networks"'
		FILENAME == ARGV[1] && ($1 == 6 || $1 == 7) && $3 == "Text" {
			text[++texts] = $4
			of[texts] = $1
		}
		FILENAME == ARGV[1] && ($1 == 6 || $1 == 7) &&
		    $3 == "Prediction" {
			match($4, /[0-9.]+/)
			p = substr($4, RSTART, RLENGTH)
			said[texts] = sprintf("%.1f", $4 ~ /^Pos/ ? p : 100 - p)
		}
		FILENAME != ARGV[1] && sub(/^swap/, "", $1) {
			k = $1 SUBSEP $2
			sep = k in here ? ", " : ""
			here[k] = here[k] sep sprintf("%.1f", 100 * $5)
		}
		END {
			n = split(cells, cell, " ")
			line = "% positive in Table " table "\tpaper"
			for (j = 1; j <= n; j++)
				line = line "\t" title[cell[j]]
			print line
			for (i = 1; i <= texts; i++) {
				line = text[i] "\t" said[i]
				for (j = 1; j <= n; j++)
					line = line "\t" here[i, cell[j]]
				if (of[i] == table)
					print line
			}
		}' texts/paper.tsv figures/predictions.tsv
	echo
}

# medians WORD...: print the medians of Figure 8 by all classifiers
medians() {
	line='median	paper'
	for s in $seeds; do
		line="$line	seed $s"
	done
	echo "$line"
	for word; do
		for c in $cells; do
			line="$word, $(called "$c")	against"
			for s in $seeds; do
				line="$line	$(awk -F '\t' -v word="$word" '
					$1 == word { printf "%.3f", $6 }' \
					"figures/fig8-$c-$s.tsv")"
			done
			echo "$line"
		done
	done
}

# spans CELL: print the scores of the spans that the paper names in Figure 6
spans() {
	awk -F '\t' '
		BEGIN {
			want["word", 10] = "slightly against"
			want["phrase", 10] = "strongly for"
			want["clause", 1] = "slightly against"
			want["clause", 7] = "strongly for"
		}
		FNR == 1 {
			sub(/\.score$/, "", FILENAME)
			sub(/.*-/, "", FILENAME)
			heads = heads "\tseed " FILENAME
			files++
		}
		($3, $4) in want {
			k = $3 SUBSEP $4
			if (!(k in text))
				order[++n] = k
			text[k] = $11
			value[k, files] = sprintf("%+.3f", $10)
		}
		END {
			print "span\tpaper" heads
			for (i = 1; i <= n; i++) {
				k = order[i]
				line = text[k] "\t" want[k]
				for (j = 1; j <= files; j++)
					line = line "\t" value[k, j]
				print line
			}
		}' "$@"
}

# boxes FILE: print the numbers of a box plot, the highest median first
boxes() {
	awk -F '\t' '
		NR == 1 { print $1 "\t" $2 "\t" $6 "\t" $5 "\t" $7 }
		NR > 1 { printf "%s\t%d\t%.4f\t%.4f\t%.4f\n", $1, $2, $6, $5, $7
		}' "$1" | sed 's/-0\.0000/0.0000/g'
}

echo 'REAT: a replication of Du et al., WWW 2019'
title "Summary: what returned of the paper's ranking (SST-2)"
awk -f "$here/papers.awk" -f "$here/networks.awk" -f "$here/verdict.awk" texts/paper.tsv table4.tsv \
	table5.tsv
title 'All methods and measures: the mean over the classifiers of SST-2'
cat <<-'END'
	eq 23 and eq 24 are Tables 4 and 5.  omission: Spearman's correlation
	with true omission within a text.  compr. and suff.: comprehensiveness
	and sufficiency, AOPC (less is better for sufficiency).  phrases, trees:
	correlation with true omission over all phrases, and all spans of the
	trees; skip scores each span by itself.  signs: of words and of phrases.

END
awk -f "$here/methods.awk" table4.tsv table5.tsv agreement.tsv \
	comprehensiveness.tsv sufficiency.tsv correlation.tsv spans.tsv \
	sign.tsv pointing.tsv
title 'The columns and the settings'
cat <<-'END'
	Columns have the mean over the seeds, and the smallest and the largest
	value in parentheses.  "PyTorch" is another program on the same data
	(three seeds; lime and grad one seed).  "paper" is the paper's table, if
	DATA has it.  eval/ has TSV files for each classifier, with intervals
	and tests.  README explains how each number is computed and what it
	means.

END
printf '%s\t%s\n' Settings '' Epochs "$epochs" Seeds "$seeds" Sets "$sets" \
	Networks "$cells"
title 'Table 2: the data'
cat <<-'END'
	The Yelp data are a stand-in: sentences, cut to the paper's numbers.

END
sizes
title 'Table 3: accuracy'
awk -v epochs="$epochs" -f "$here/table3.awk" texts/paper.tsv \
	"$here/table3.ref" table3.tsv
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
title 'Figure 3: a sentence as a tree'
cat <<-END
	The paper's figure is a parse tree over words.  Here it is the tree of the
	sentence of Figure 5, with brackets in the manner of the Penn Treebank.
	REAT's scores add up: a node has the sum of its words.

	@fig3 Scores for class positive by the $(called "$first").  The colour of a node is its score: green is for the class, red against it.

END
title 'Figure 4: one sentence by six methods'
cat <<-END
	The first text is the paper's; all texts are in small letters, like the
	texts of SST-2.  SST-2's test set has "likable" instead of
	"likely", so that text is drawn too.  The tables have the probability
	of the class by each classifier.  The norms of gradients (grad, ignorm)
	are never negative.

END
cat <<-END
	@fig4 The paper's sentence, class positive, $(called "$first").  A row is a method, scaled to its largest score.
END
predicted fig4 gru=99.2
echo
cat <<-END
	@likable The sentence of SST-2.
END
predicted likable
echo
title 'Figure 5: one sentence by the networks'
echo 'The words by REAT, class positive.'
echo
for c in $cells; do
	echo "@fig5-$c $(called "$c")"
done
predicted fig5 gru=51.6 lstm=96.2 bigru=37.3
echo
title 'Figure 6: words, phrases and clauses'
echo "Class negative, $(called "$deep").  \"paper\" is what the paper writes of its LSTM."
echo
echo "@fig6 REAT's scores of words, phrases and clauses."
# shellcheck disable=SC2046	# a list of files
spans $(for s in $seeds; do echo "figures/fig6-$deep-$s.score"; done)
echo
predicted fig6 lstm=99.46
echo
title 'Figure 7: scores by tag'
cat <<-END
	The words of SST-2's test texts, their scores for the predicted class, by
	tag.  Verbs are joined (VB*), outliers are not drawn, and the highest
	median is first.  The axis has square roots, so that tags with large
	scores leave room for the others.  The drawings have seed $seed.

	The paper names three tags.  Here is their place among the tags of 20 or
	more words, and their median, for each seed:

END
# shellcheck disable=SC2046
awk -v least=20 -f "$here/networks.awk" -f "$here/fig7.awk" $(for c in $cells; do
	for s in $seeds; do
		echo "figures/fig7-$c-$s.tsv"
	done
done)
echo
for c in $cells; do
	echo "@fig7-$c $(called "$c")"
	boxes "figures/fig7-$c-$seed.tsv"
	echo
done
title 'Figure 8: terrible and terribly'
cat <<-END
	Their scores for class positive, in all texts of SST-2.  The drawings have
	seed $seed.

END
medians terrible terribly
echo
for c in $cells; do
	echo "@fig8-$c $(called "$c")"
	boxes "figures/fig8-$c-$seed.tsv"
	echo
done
title 'Tables 6 and 7: words for their like'
if [ -s texts/paper.tsv ]; then
	echo "The paper's texts, and how positive each seed finds them in small letters:"
	echo
	paper_texts 6
	paper_texts 7
fi
echo 'All texts of SST-2 that contain the word:'
echo
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
