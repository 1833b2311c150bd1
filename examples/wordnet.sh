#!/bin/sh
# wordnet.sh [FOLDER]: print a list of synonyms for reat-swap -r from WordNet's
# data files, by default those of Debian's wordnet-base (/usr/share/wordnet).
# Each row has a word, another word of the same synset, and the beginning of its
# Penn tag (NN, VB, JJ or RB).  The list has only single words in lower case,
# and only base forms, as in WordNet: no plurals and no past tenses.
set -eu
folder=${1:-/usr/share/wordnet}
[ -f "$folder/data.adj" ] || {
	echo "wordnet.sh: no $folder/data.adj, expected WordNet's files" \
		"(apt install wordnet-base)" >&2
	exit 2
}
# the columns: offset, file, type, number of words (hexadecimal), then the
# words, each with an id
for part in noun:NN verb:VB adj:JJ adv:RB; do
	awk -v tag="${part#*:}" -v OFS='\t' '
		function digit(c) { return index("0123456789abcdef", c) - 1 }
		/^  / { next }
		{
			n = 16 * digit(substr($4, 1, 1)) + digit(substr($4, 2))
			for (i = m = 0; i < n; i++) {
				w = $(5 + 2 * i)
				sub(/\([a-z]*\)$/, "", w)
				if (w ~ /^[a-z]+$/)
					word[++m] = w
			}
			for (i = 1; i <= m; i++)
				for (k = 1; k <= m; k++)
					if (i != k)
						print word[i], word[k], tag
		}' "$folder/data.${part%:*}"
done | LC_ALL=C sort -u
