#!/bin/sh
# trees.sh TOK SIGNS [FILE...]: convert sentiment trees, one per line, to two
# streams:
#     TOK     a block for each tree: its words in lower case, and its label
#             positive or negative (a neutral tree has no label)
#     SIGNS   scores for reat-eval -a sign: the label of each node minus 2, with
#             class positive and level word, phrase or whole
# The trees are those of the Stanford Sentiment Treebank, such as
# (3 (2 a) (4 b)).  The labels of nodes are 0 (very negative) to 4 (very
# positive).
set -eu
if [ $# -lt 2 ]; then
	echo "usage: trees.sh TOK SIGNS [FILE...]" >&2
	exit 2
fi
tok=$1 signs=$2
shift 2
awk -v tok="$tok" -v signs="$signs" -v OFS='\t' '
	function bad(why) {
		print "trees.sh: line " NR ": " why > "/dev/stderr"
		failed = 1
		exit 1
	}
	BEGIN {
		print "doc", "class", "level", "first", "last", "model", \
		    "method", "tag", "prob", "score", "text" > signs
	}
	{
		gsub(/[()]/, " & ")
		n = split($0, piece, " ")
		depth = words = nodes = 0
		for (i = 1; i <= n; i++)
			if (piece[i] == "(") {
				label[++depth] = piece[++i]
				first[depth] = words + 1
				leaf[depth] = 1
				if (label[depth] !~ /^[0-4]$/)
					bad("a node without its label")
				if (depth > 1)
					leaf[depth - 1] = 0
			} else if (piece[i] == ")") {
				if (depth == 0)
					bad("one ) too many")
				level[++nodes] = depth == 1 ? "whole" : \
				    leaf[depth] ? "word" : "phrase"
				from[nodes] = first[depth]
				to[nodes] = words
				sign[nodes] = label[depth] - 2
				depth--
			} else
				word[++words] = tolower(piece[i])
		if (depth > 0 || nodes == 0)
			bad("no whole tree")
		print "# sent_id = " NR > tok
		if (sign[nodes] != 0)
			print "# label = " (sign[nodes] > 0 ? "positive" : \
			    "negative") > tok
		for (w = 1; w <= words; w++)
			print w, word[w], "_", "_", "_", "_", "_", "_", "_", \
			    "_" > tok
		print "" > tok
		for (k = 1; k <= nodes; k++)
			print NR, "positive", level[k], from[k], to[k], "_", \
			    "gold", "_", 1, sign[k], "_" > signs
	}
	END { exit failed }' "$@"
