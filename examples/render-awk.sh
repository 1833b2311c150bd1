#!/bin/sh
# A renderer of one's own: a bar for each word, to the left if it speaks against
# the class and to the right if it speaks for it.
#
#     ... | reat-score | sh examples/render-awk.sh
#
# It reads the score format, reat-score(5), and needs nothing but awk.
exec awk -F '\t' -v half="${HALF:-20}" '
# n times the character c
function line(c, n,  s) {
	while (n-- > 0)
		s = s c
	return s
}

# the rows of one document and class have ended
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
	for (i = 1; i <= NF; i++)	# nothing that a terminal obeys
		gsub(/[[:cntrl:]]/, "?", $i)
	doc = $1; class = $2; prob = $9
}
$3 == "word" {
	score[++words] = $10
	text[words] = $11
}
$3 == "logit" { draw() }
' "$@"
