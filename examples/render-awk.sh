#!/bin/sh
# render-awk.sh [FILE...]: a renderer in awk: a bar for each word, to the left
# if its score is against the class and to the right if it is for it.
#
#     ... | reat-score | sh examples/render-awk.sh
#
# It reads a score stream, reat-score(5), and needs only awk.
exec awk -F '\t' -v half="${HALF:-20}" '
# Returns n times the character c.
function line(c, n,  s) {
	while (n-- > 0)
		s = s c
	return s
}

# Draws a document and class whose rows are complete.
function draw(  i, most, n) {
	for (i = 1; i <= words; i++)
		if (score[i] > most || -score[i] > most)
			most = score[i] < 0 ? -score[i] : score[i]
	if (drawn++)
		print ""
	printf "%s  %s %.4f\n", doc, class, prob
	for (i = 1; i <= words; i++) {
		n = most ? int(half * score[i] / most + (score[i] < 0 ? -.5 : .5)) : 0
		printf "%s%s|%s%s %+.2f %s\n", line(" ", half + (n < 0 ? n : 0)),
		    line("#", -n), line("#", n), line(" ", half - (n > 0 ? n : 0)),
		    score[i], text[i]
	}
	words = 0
}

$1 == "doc" && $10 == "score" { next }
{
	for (i = 1; i <= NF; i++)	# no control characters
		gsub(/[[:cntrl:]]/, "?", $i)
	doc = $1; class = $2; prob = $9
}
$3 == "word" {
	score[++words] = $10
	text[words] = $11
}
$3 == "logit" || $3 == "probability" { draw() }
' "$@"
