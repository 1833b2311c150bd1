#!/bin/sh
# rationales.sh LABELS [TOK...]: add rationales to texts: the layer "rationale"
# of words that speak for the label of their text, for reat-eval -a token-f1,
# iou-f1 and auprc.  LABELS is one of
#     SIGNS               the words' labels of sentiment trees, as trees.sh
#                         writes them
#     POSITIVE,NEGATIVE   two lists of words, one a line
# Of a text with the label positive, these are the words with a label above 2
# (in SIGNS above 0) or in the first list; of one with the label negative, the
# others.  A text with no label has none of these and stops the measures: take it
# out first by awk -v RS= -v ORS='\\n\\n' '/\\n# label = /'.  With EXTREME=2 a word must have the label 4 or 0.  Words that are
# neighbours are one chunk.  A text with another label has no rationale.
#
# These are not the reasons of people who read the text: a word was labelled
# alone, or is in a list, whatever its sentence says of it.  In "not good" the
# word is against the text's label, and nobody marked "not".
set -eu
if [ $# -lt 1 ]; then
	echo "usage: rationales.sh SIGNS|POSITIVE,NEGATIVE [TOK...]" >&2
	exit 2
fi
labels=$1
shift
LABELS=$labels EXTREME=${EXTREME:-1} exec awk '
	function fail(why) {
		print "rationales.sh: " why > "/dev/stderr"
		failed = 2
		exit 2
	}
	function load(file, sign,	line, got) {
		while ((got = (getline line < file)) > 0)
			if (line !~ /^([;#]|$)/)
				lexicon[tolower(line)] += sign
		if (got < 0)
			fail("cannot read " file)
	}
	function load_signs(file,	line, got, f) {
		while ((got = (getline line < file)) > 0) {
			split(line, f, "\t")
			if (f[3] == "word" && f[2] == "positive")
				signs[f[1], f[4]] = f[10]
		}
		if (got < 0)
			fail("cannot read " file)
	}
	BEGIN {
		FS = OFS = "\t"
		extreme = ENVIRON["EXTREME"]
		if (split(ENVIRON["LABELS"], file, ",") == 2) {
			load(file[1], extreme)
			load(file[2], -extreme)
			lists = 1
		} else
			load_signs(ENVIRON["LABELS"])
	}
	/^# sent_id = / { doc = substr($0, 13); label = before = 0 }
	/^# label = / {
		name = substr($0, 11)
		label = name == "positive" ? 1 : name == "negative" ? -1 : 0
	}
	/^[1-9][0-9]*\t/ {
		sign = lists ? lexicon[tolower($2)] : signs[doc, $1]
		chosen = label * sign >= extreme
		gsub(/(^|\|)rationale=[^|]*/, "", $10)
		sub(/^\|/, "", $10)
		$10 = ($10 == "_" || $10 == "" ? "" : $10 "|") "rationale=" \
		    (!chosen ? "O" : before ? "I-R" : "B-R")
		before = chosen
	}
	{ print }
	END { exit failed }' "$@"
