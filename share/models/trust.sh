#!/bin/sh
# trust.sh DATA [MODEL...]: measure whether people can trust models of film
# reviews, by default the shipped ones, on the test sets in DATA (sst2,
# sst-trees).  The programs of REAT must be in PATH.  Prints rows of
#
#     model  measure  value  bar  holds
#
# and exits with 1 if a bar is not reached.  The measures:
#
#     accuracy, accuracy-raw    percent right: on texts as the data set has
#                     them, and on the treebank's sentences as people write
#     flips-CHANGE    percent of the predictions that change if a text gets a
#                     full stop at its end (stop) or loses it (no-stop), other
#                     quotes or none, or another case of its first letter
#     stop-METHOD     percent of the texts with a full stop at the end in which
#                     it has the largest score of all words
#     unknown-METHOD  mean |score| of an unknown word, in percent of that of the
#                     median known word
#
# LIME is measured on every 20th text.
set -eu
export LC_ALL=C
data=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
shift
[ $# -gt 0 ] || set -- sst2-gru sst2-lstm sst2-bigru sst2-mingru \
    sst5-bigru
unknown=zzzz
methods='reat naive shapley frozen-omit gradxinput ig half skip omit occlude lime'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# sentences CLASSES FORM: text TAB label of the treebank's test sentences
sentences() {
	xz -dc "$data/sst-trees/test.txt.xz" |
		awk -v classes="$1" -v whole=1 -v form="$2" \
		    -f "$here/trees.awk"
}

# change AWK: change the text of each line; q is an apostrophe
change() {
	awk -F '\t' -v OFS='\t' -v q="'" -v word="$unknown" "{ $1 } 1"
}

# tokens [RULES]: text TAB label -> tok
tokens() {
	reat-tokenize ${1:+-r "$1"} -f text,label
}

# variants CLASSES: the texts and their variants in $work/CLASSES/NAME.tok
variants() {
	mkdir "$work/$1"
	cd "$work/$1"
	if [ "$1" = 2 ]; then
		awk -F '\t' -v OFS='\t' '{
			print $1, $2 == 1 ? "positive" : "negative" }' \
		    "$data/sst2/test.tsv" >own
	else
		sentences "$1" sst >own
	fi
	sentences "$1" plain >raw
	tokens split <own >own.tok
	tokens <raw >raw.tok
	change '$1 = $1 " ."' <own | tokens split >stop.tok
	change 'gsub("``|" q q, "\"", $1)' <own | tokens split >straight.tok
	change 'gsub("``|" q q, q, $1)' <own | tokens split >single.tok
	change '$1 = " " $1 " "; gsub(" (``|" q q "|`|" q ") ", " ", $1)' <own |
		tokens split >unquoted.tok
	change '$1 = toupper(substr($1, 1, 1)) substr($1, 2)' <own |
		tokens split >case.tok
	change 'sub(/ *\.$/, "", $1)' <raw | tokens >raw-no-stop.tok
	change 'gsub(/"/, q, $1)' <raw | tokens >raw-single.tok
	change 'gsub(q, "\342\200\231", $1)
		while (sub(/"/, "\342\200\234", $1))
			sub(/"/, "\342\200\235", $1)' <raw | tokens >raw-curly.tok
	change 'c = substr($1, 1, 1)
		$1 = (c == toupper(c) ? tolower(c) : toupper(c)) substr($1, 2)' \
	    <raw | tokens >raw-case.tok
	change 'n = split($1, w, " ")
		k = NR % (n + 1)
		$1 = k == 0 ? word : ""
		for (i = 1; i <= n; i++)
			$1 = $1 " " w[i] (i == k ? " " word : "")' <own |
		tokens split >unknown.tok
	cd "$OLDPWD"
}

# row MEASURE VALUE BAR: print it; the value must be below the bar, an accuracy
# must not
row() {
	holds=$(echo "$1 $2 $3" | awk '{
		print $3 == "-" ? "-" : \
		    ($1 ~ /^accuracy/ ? $2 >= $3 : $2 < $3) ? "yes" : "no" }')
	[ "$holds" != no ] || missed=1
	printf '%s\t%s\t%s\t%s\t%s\n' "$model" "$@" "$holds"
}

# right TOK: percent of right predictions
right() {
	reat-predict -H -m "$model" "$1" | awk -F '\t' '
		{ n += $2 == $3 }
		END { printf "%.2f\n", 100 * n / NR }'
}

# flips A B: percent of texts with another prediction in B than in A
flips() {
	reat-predict -H -m "$model" "$1" | cut -f 3 >a
	reat-predict -H -m "$model" "$2" | cut -f 3 | paste a - | awk -F '\t' '
		{ n += $1 != $2 }
		END { printf "%.2f\n", 100 * n / NR }'
}

# scores METHOD TOK: text number, word, |score| for the predicted class
scores() {
	case $1 in
	reat | naive | shapley | frozen-omit) set -- reat-score "$@" ;;
	omit | occlude) set -- reat-occlude "$@" ;;
	lime) set -- reat-lime "$@" ;;
	*) set -- reat-grad "$@" ;;
	esac
	if [ "$1" = reat-lime ]; then
		reat-select -F 1/20 "$3" >few
		set -- "$1" "$2" few
	fi
	"$1" -q -H -l word -a "$2" -m "$model" "$3" | awk -F '\t' -v OFS='\t' '
		$3 == "word" { print $1, $11, $10 < 0 ? -$10 : $10 + 0 }'
}

# stops: percent of texts whose last word has the largest score
stops() {
	awk -F '\t' '
		function finish() { n++; strongest += last > most }
		$1 != doc && NR > 1 { finish(); most = -1; last = -1 }
		{ doc = $1; if (last > most) most = last; last = $3 }
		BEGIN { most = last = -1 }
		END { finish(); printf "%.2f\n", 100 * strongest / n }'
}

# unknowns: the mean score of the unknown word, in percent of the mean score of
# the word that is the median of all known words
unknowns() {
	awk -F '\t' -v OFS='\t' '
		{ n[$2]++; sum[$2] += $3 }
		END { for (w in n) print w, sum[w] / n[w] }' |
		sort -t "$(printf '\t')" -k 2,2g | awk -F '\t' -v word="$unknown" '
		$1 == word { mean = $2; next }
		{ known[++n] = $2 }
		END { printf "%.1f\n", 100 * mean / known[int((n + 1) / 2)] }'
}

# bar MODEL: accuracy, and accuracy on sentences as people write them
bars() {
	case $1 in
	*sst2-gru) echo 87.1 - ;;
	*sst2-lstm) echo 87.5 - ;;
	*sst2-bigru) echo 88.0 - ;;
	*sst2-mingru) echo 84.2 - ;;
	*sst5-bigru) echo 46.4 46 ;;
	*) echo - - ;;
	esac
}

measure() {
	row accuracy "$(right own.tok)" "$1"
	row accuracy-raw "$(right raw.tok)" "$2"
	for v in stop straight single unquoted case; do
		row "flips-$v" "$(flips own.tok $v.tok)" 1
	done
	for v in raw-no-stop raw-single raw-curly raw-case; do
		row "flips-$v" "$(flips raw.tok $v.tok)" 1
	done
	for a in $methods; do
		row "stop-$a" "$(scores $a stop.tok | stops)" 1
	done
	for a in $methods; do
		row "unknown-$a" \
		    "$(scores $a unknown.tok | unknowns)" 100
	done
}

variants 2
variants 5
missed=0
printf 'model\tmeasure\tvalue\tbar\tholds\n'
for model in "$@"; do
	reat-model inspect "$model" >"$work/inspect"
	classes=2
	! grep -q 'neutral' "$work/inspect" || classes=5
	cd "$work/$classes"
	# shellcheck disable=SC2046
	measure $(bars "$model")
	cd "$OLDPWD"
done
exit $missed
