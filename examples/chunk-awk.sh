#!/bin/sh
# chunk-awk.sh [FILE...]: a chunker in awk that replaces reat-chunk.
#
#     echo "It is not a bad film." |
#         reat-tokenize | reat-tag | sh examples/chunk-awk.sh |
#         reat-score -m sst2-gru | reat-heatmap
#
# It finds two kinds of phrases: a negation (NEG: "n't", "not", "no" or "never"
# up to the next adjective, noun or main verb, at most four words later), and
# adjectives with their noun (PAIR).  A chunker must only write a key in MISC:
# phrase=B-TAG for the first word of a phrase and phrase=I-TAG for the other
# words.  It must not change other bytes.
exec awk -F '\t' -v OFS='\t' '
# Mark words first..last.
function mark(first, last, tag, i) {
	for (i = first; i <= last; i++)
		bio[i] = (i == first ? "B-" : "I-") tag
}

# Returns the last word of a negation that begins at word i, or 0.
function negated(i, j) {
	if (form[i] !~ /^([Nn]o|[Nn]ot|[Nn]ever|n.t)$/)
		return 0
	for (j = i + 1; j <= words && j <= i + 4; j++)
		if (upos[j] ~ /^(ADJ|NOUN|PROPN|VERB)$/)
			return j
	return 0
}

# Returns the noun of the adjectives that begin at word i, or 0.
function pair(i, j) {
	for (j = i; j <= words && upos[j] == "ADJ"; j++)
		;
	return j > i && upos[j] == "NOUN" ? j : 0
}

function finish(i, j) {
	for (i = 1; i <= words; i = j + 1)
		if (j = negated(i))
			mark(i, j, "NEG")
		else if (j = pair(i))
			mark(i, j, "PAIR")
		else
			j = i
	for (i = 1; i <= lines; i++) {
		$0 = line[i]
		if (i in number) {
			gsub(/(^|\|)phrase=[^|]*/, "", $10)	# an earlier run
			sub(/^[_|]$|^\|/, "", $10)
			$10 = $10 ($10 == "" ? "" : "|") "phrase=" \
			    (number[i] in bio ? bio[number[i]] : "O")
		}
		print
	}
	split("", bio); split("", number); split("", upos); split("", form)
	lines = words = 0
}

{ line[++lines] = $0 }
$1 ~ /^[0-9]+$/ { number[lines] = ++words; form[words] = $2; upos[words] = $4 }
$0 == "" { finish() }
END { if (lines > 0) { line[++lines] = ""; finish() } }
' "$@"
