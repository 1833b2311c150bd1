# SPDX-License-Identifier: ISC
# reat-join: sentences of other programs to documents, and the same bytes back.

load helper

setup() {
	cd "$BATS_TEST_TMPDIR"
	SAMPLE=$ROOT/tests/contract/sentences
}

# sentence COMMENT... -- WORD...: print a sentence, the first word its root
sentence() {
	while [ "$1" != -- ]; do
		echo "# $1"
		shift
	done
	shift
	i=0
	for word; do
		i=$((i + 1))
		printf '%d\t%s\t_\t_\t_\t_\t%d\t_\t_\t_\n' $i "$word" \
		    $((i > 1))
	done
	echo
}

# ids: print the ids and the texts of documents
ids() {
	sed -n 's/^# sent_id = //p; s/^# text = /  /p'
}

@test "the sample: ids, heads, ranges, empty nodes, offsets, the layer" {
	reat-join "$SAMPLE" >tok
	[ "$(ids <tok)" = "first
  I don't know. No idea
empty
  
3
  Fun,  日本語! Dull film. None .ever" ]
	# ID, FORM, HEAD, DEPS, MISC
	cut -sf 1,2,7,9,10 tok | sed -n '3,13p' | diff - <(printf '%b' "\
2-3\tdon't\t_\t_\tRange=Kept|TokenRange=2:7
2\tdo\t4\t4:aux\tsentence=I-S
3\tn't\t4\t4:advmod\tBare|x=1|sentence=I-S
4\tknow\t0\t0:root\tSpaceAfter=No|TokenRange=8:12|sentence=I-S
4.1\tit\t_\t4:obj\tEmpty=Kept
5\t.\t4\t4:punct\tTokenRange=12:13|sentence=I-S
5.1\tand\t_\t4.1:cc\t_
5.2\tI\t_\t7:nsubj\tCopyOf=1|sentence=B-S
5.3\thave\t_\t0:root\tsentence=B-S
6\tNo\t7\t7:det\tTokenRange=14:16|sentence=B-S
7\tidea\t0\t0:root|5.2:dep\tGloss=日本|Left=a=b|TokenRange=17:21|sentence=I-S
")
	grep -qx '# label = negative' tok
	# all filters read it
	reat-select tok | cmp - tok
	reat-predict -m "$ROOT/tests/contract/model" tok | wc -l | grep -qx 4
}

@test "the bytes come back, whatever the rule" {
	(cat "$SAMPLE"; echo) >whole
	for rule in newdoc newpar file; do
		reat-join -a $rule whole | reat-join -v | cmp - whole
	done
	reat-join whole >tok
	reat-join tok | cmp - tok
	# documents and sentences mixed
	cat tok whole | reat-join | cmp - <(awk '
	    # the second document without an id is the sixth
	    /^# sent_id = 3$/ && n++ { $0 = "# sent_id = 6" }
	    /^# reat.sentences = 4 3$/ && m++ { $0 = "# reat.sentences = 4 6" }
	    { print }' tok tok)
	# CRLF, a byte order mark and blank lines are lost
	{ printf '\xef\xbb\xbf\n\n'; sed 's/$/\r/; s/^\r$/\r\n\r/' whole; } |
	    reat-join | reat-join -v | cmp - whole
}

@test "treebanks come back, by documents, paragraphs, ids and files" {
	need_data pos/en_ewt-ud-dev.conllu.xz pos-gum/en_gum-ud-dev.conllu.xz
	for set in pos/en_ewt pos-gum/en_gum; do
		xz -dc "$DATA/$set-ud-dev.conllu.xz" >ud
		for rule in newdoc newpar 'sent_id -D -' file; do
			# shellcheck disable=SC2086	# two words
			reat-join -a $rule ud >tok
			reat-join -v tok | cmp - ud
			[ "$(grep -c '=B-S' tok)" -ge \
			    "$(grep -c '^# sent_id' ud)" ]
		done
	done
	# heads: the phrases of a document are those of its sentences
	reat-join ud | reat-tree -qS -P NP | grep -o 'phrase=.*' >a
	reat-tree -q -P NP ud | grep -o 'phrase=.*' | cmp - a
	[ -s a ]
}

@test "rules and ids" {
	{ sentence 'newdoc id = d' 'sent_id = d-1' -- a
	sentence 'sent_id = d-2' newpar -- b
	sentence 'newpar id = p' 'sent_id = e.f-1' -- c
	sentence newdoc 'sent_id = f-1' -- d
	sentence 'sent_id = g.h-1' newpar -- e; } >in
	while IFS='|' read -r options want; do
		# shellcheck disable=SC2086	# words
		got=$(reat-join $options in | ids | tr '\n' ';')
		echo "$options: $got"
		[ "$got" = "$want" ]
	done <<-'END'
	|d;  a b c;2;  d e;
	-a newpar|d:1;  a;d:2;  b;p;  c;4;  d;5;  e;
	-a sent_id|d;  a b;e.f;  c;f;  d;g.h;  e;
	-a file|in;  a b c d e;
	END
	sentence 'sent_id = e.f-1' -- c | reat-join -a sent_id -D . | ids |
	    grep -qx e
	[ "$(reat-join -a list | cut -d ' ' -f 1 | tr '\n' ' ')" = \
	    'newdoc newpar sent_id file ' ]
	# a file twice is two documents, but not with one name
	try reat-join -a file in in
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-join: in:1: the document before this one has the id in, too; give each an id of its own' ]
}

# offsets: print the words of tok with what # text has for them
offsets() {
	awk -F '\t' '/^# text = / { t = substr($0, 10) }
	    match($10, /TokenRange=[0-9]+:[0-9]+/) {
		split(substr($10, RSTART + 11, RLENGTH - 11), r, ":")
		printf "%s[%s]", $2, substr(t, r[1] + 1, r[2] - r[1]) }
	    /^$/ { print "" }'
}

@test "offsets of UDPipe, of Stanza, of each sentence, or none" {
	three() {	# first end first end first end of two words and one
		sentence newdoc 'text = A b' -- A b >a
		sentence 'text = c' -- c >b
		awk -F '\t' -v OFS='\t' -v form="$1" -v o="$2" '
		    BEGIN { split(o, at, " ") }
		    NF > 1 { $10 = sprintf(form, at[2 * k + 1], at[2 * k + 2])
			k++ }
		    { print }' a b
	}
	while IFS='|' read -r form at want; do
		[ "$form" != stanza ] || form='start_char=%d|end_char=%d'
		three "$form" "$at" >in
		reat-join in >tok
		sed -n 's/^# text = //p' tok | tee /dev/stderr |
		    grep -qx "$want"
		[ "$(offsets <tok)" = 'A[A]b[b]c[c]' ]
		reat-join -v tok | cmp - in
	done <<-'END'
	TokenRange=%d:%d|0 1 2 3 4 5|A b c
	TokenRange=%d:%d|7 8 9 10 14 15|A b    c
	TokenRange=%d:%d|7 8 11 12 12 13|A   bc
	TokenRange=%d:%d|7 8 8 9 10 11|Ab c
	TokenRange=%d:%d|0 1 2 3 0 1|A b c
	stanza|30 31 32 33 35 36|A b  c
	SpaceAfter=No|0|A bc
	SpaceAfter=Yes|0|A b c
	END
}

@test "sentences that are bad, and what -k drops" {
	n=0
	while IFS='|' read -r edit why; do
		{ sentence 'newdoc id = a' 'text = a b' 'label = x' -- a b
		sentence 'sent_id = s' 'text = c d' -- c d
		sentence 'newdoc id = b' -- e; } | sed "$edit" >in
		try reat-join in
		echo "$edit: $stderr"
		[ "$status" -eq 1 ]
		[ "$stderr" = "reat-join: in:${why/:/: }" ]
		[ -z "$output" ]
		try reat-join -k in
		[ "$status" -eq 1 ]
		[ "$stderr" = "reat-join: in:${why/:/: }" ]
		[ "$(echo "$output" | ids | tr '\n' ' ')" = 'b   e ' ]
		n=$((n + 1))
	done <<-'END'
	8s/c d/c e/|10:"d" is not at character 2 of # text, expected the words of the text in their order
	8s/c d/c d!/|8:# text goes on after the last word, at character 3
	8s/c d/cx d/|10:"d" is not at character 1 of # text, expected the words of the text in their order
	9h;9s/1/1.1/p;9g|9:the empty node 1.1 is after word 0
	8p|7:a second # text in this sentence
	8d;9s/c/c /|8:FORM "c " has a blank at an end
	10s/1/3/|10:HEAD 3 is no word of this sentence
	10s/1/01/|10:HEAD 01 is no word of this sentence
	10s/_/3:x/6|10:DEPS 3:x has a head that is no word of this sentence
	10s/_/3.1:x/6|10:DEPS 3.1:x has a head that is no word of this sentence
	10s/_/0.0:x/6|10:DEPS 0.0:x has a head that is no word of this sentence
	10s/_$/sentence=O/|10:MISC has the key sentence, which only joined documents have; expected a sentence
	7s/.*/# label = y/|7:label y, but the document has the label x already
	9s/_$/TokenRange=0:1/|10:"d" has no TokenRange with two numbers, and another word of the sentence has; give them to all words or to none
	9s/_$/start_char=0/|9:"c" has no start_char and end_char with two numbers, and another word of the sentence has; give them to all words or to none
	9s/_$/TokenRange=3:4/;10s/_$/TokenRange=2:3/|10:offset 2 is before 4, the end of the word before it
	9s/_$/TokenRange=3:5/;10s/_$/TokenRange=5:6/|9:"c" has 1 character, but from its first offset to its last there are 2
	9s/_$/TokenRange=3:3/;10s/_$/TokenRange=5:6/|9:"c" has 1 character, but from its first offset to its last there are 0
	9s/_$/TokenRange=1:2/;10s/_$/TokenRange=99999999:100000000/|10:offset 100000000 is too far behind 1, the start of the sentence
	4s/_$/TokenRange=4:5/;5s/_$/TokenRange=6:7/;9s/_$/TokenRange=5:6/;10s/_$/TokenRange=8:9/|9:offset 5 is before 7, the end of the sentence before it
	4s/_$/TokenRange=4:5/;5s/_$/TokenRange=6:7/;9s/_$/TokenRange=999999999:1000000000/;10s/_$/TokenRange=1000000001:1000000002/|9:offset 999999999 is too far behind 7, the end of the sentence before it
	9s/^1/2/|9:ID 2, expected 1
	END
	[ "$n" -eq 22 ]
}

@test "the beginning of a document that is not there, or is bad" {
	{ sentence -- a; sentence newdoc -- b; } >in
	try reat-join -k in
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-join: in:1: no document begins here: # newdoc is missing; -a list lists other rules' ]
	[ "$(echo "$output" | ids)" = $'1\n  b' ]
	try reat-join -a newpar in
	[[ $stderr == *': # newpar is missing; '* ]]
	try reat-join -a sent_id in
	[ "$stderr" = 'reat-join: in:1: this sentence has no # sent_id, and -a sent_id needs one in each; -a list lists other rules' ]
	sentence 'sent_id = 1' -- a >in
	try reat-join -a sent_id in
	[ "$stderr" = 'reat-join: in:1: sent_id 1 has no document'\''s name that ends at one of -_.:/#; option -D sets another character' ]
	{ sentence 'newdoc id = a' -- a; sentence 'newdoc id = a' -- b; } >in
	try reat-join -k in
	[ "$stderr" = 'reat-join: in:4: the document before this one has the id a, too; give each an id of its own' ]
	[ "$(echo "$output" | ids)" = $'a\n  a' ]
	printf '# newdoc id = a\tb\n\n' >in
	try reat-join in
	[ "$stderr" = 'reat-join: in:1: "a\x09b" cannot be the id of a document: an id is not empty, is UTF-8 and has no control character' ]
	# after a document that was joined none is open
	{ reat-join "$SAMPLE"; sentence -- a; } >in
	try reat-join in
	[[ $stderr == *': no document begins here'* ]]
	try reat-join -D - in
	[ "$status" -eq 2 ]
	try reat-join -a sent_id -D -- in
	[ "$status" -eq 2 ]
	[[ $stderr == *'option -D: "--", expected one character of ASCII'* ]]
}

@test "a document without words, with several comments, is kept" {
	# 0.1 after 5.1, also with a sentence without words between them
	sed 's/^# newdoc id = empty/# newpar/' "$SAMPLE" |
	    awk 'BEGIN { RS = ""; ORS = "\n\n" } NR == 1 { a = $0 }
	    NR == 2 { b = $0 } NR == 3 { print a; print; print b; exit }' >in
	reat-join in >tok
	[ "$(grep -c '^5\.[123]' tok)" -eq 3 ]
	reat-join -v tok | cmp - in
	{ printf '# newdoc id = a\n\n'; sentence 'text = b c' -- b c
	printf '# newpar\n# text = \n\n# newdoc\n\n'; } >in
	reat-join in >tok
	[ "$(ids <tok)" = $'a\n  b c\n2\n  ' ]
	reat-join -v tok | cmp - in
	reat-join -v tok | reat-join | cmp - tok
}

@test "what was changed since the join is changed in the sentences" {
	{ sentence 'newdoc id = a' 'sent_id = s1' 'text = a bad film' -- \
	    a bad film
	sentence 'sent_id = s2' 'text = no fun' -- no fun; } >in
	reat-join in | reat-swap -w bad=great >variants
	reat-join -v variants >out
	new=$(sed -n 's/^# newdoc id = a//p' out)
	[ -n "$new" ]
	grep -qxF "# sent_id = s1$new" out
	grep -qxF "# sent_id = s2$new" out
	grep -qx '# text = a great film' out
	grep -qx '# text = no fun' out
	# another name
	reat-join in | sed 's/^# sent_id = a/# sent_id = new/' | reat-join -v |
	    grep '_id\|newdoc' | cmp - <(printf '# %s\n' 'newdoc id = new' \
	    'sent_id = new-1' 'sent_id = new-2')
	# a label that was added, and one that was changed
	reat-join in | sed '2a # label = x' >tok
	reat-join -v tok | sed -n 4p | grep -qx '# label = x'
	reat-join -v tok | reat-join | sed 's/label = x/label = y/' |
	    reat-join -v | grep -c '^# label = y$' | grep -qx 1
	# a sentence that is gone
	reat-join in | sed '/^[45]/d' >tok
	try reat-join -v tok
	[ "$status" -eq 0 ]
	[ "$stderr" = 'reat-join: 1 document has not the number of sentences that they were joined from: theirs have new comments' ]
	[ "$(echo "$output" | head -n 3)" = '# newdoc id = a
# sent_id = a-1
# text = a bad film' ]
	try reat-join -qv tok
	[ -z "$stderr" ]
}

@test "documents of reat-tokenize and others become sentences" {
	printf '%s\n' 'No  fun. None.' '' 'So “good”.' | reat-tokenize -q |
	    reat-tag | reat-chunk >tok
	sed -i '1,/^$/ s/^# text/# label = x\n# other\n&/' tok
	reat-join -v tok >out
	[ "$(grep '^#' out)" = '# newdoc id = 1
# other
# label = x
# sent_id = 1-1
# text = No  fun.
# sent_id = 1-2
# text = None.
# newdoc id = 2
# sent_id = 2-1
# text = 
# newdoc id = 3
# sent_id = 3-1
# text = So “good”.' ]
	[ "$(grep -c sentence= out)" -eq 0 ]
	grep -q 'TokenRange=9:13|phrase=B-NP' out
	# the forms of quotes are not those of the text, but offsets tell
	reat-join out >again
	reat-join -v again | cmp - out
	[ "$(cut -f1,2 again | grep -v '^#')" = "$(cut -f1,2 tok | grep -v '^#')" ]
	sed 's/TokenRange=[0-9:]*|*/_/' out >without
	try reat-join without
	[ "$status" -eq 1 ]
	[[ $stderr == *'"``" is not at character 3 of # text'* ]]
	sed '/^# text/d' out | reat-join -v | grep -v '^#' |
	    cmp - <(grep -v '^#' out)
	# without text and offsets
	sed '/^# text/d; s/TokenRange=[0-9:]*|//' tok | reat-join -v |
	    sed -n 's/^# text = //p' | cmp - <(printf '%s\n' 'No fun .' \
	    'None .' '' "So \`\` good '' .")
	# ranges and heads across sentences
	tok a x y | sed '2s/_$/sentence=B-S/; 3s/_$/sentence=B-S/' >two
	try reat-join -v <(sed '1a 1-2\txy\t_\t_\t_\t_\t_\t_\t_\t_' two)
	[ "$status" -eq 1 ]
	[[ $stderr == *':2: the range 1-2 is in two sentences' ]]
	try reat-join -v <(awk -F '\t' -v OFS='\t' '$1 == 2 { $7 = 1 }
	    { print }' two)
	[[ $stderr == *':3: HEAD 1 is no word of this sentence' ]]
	[ -z "$output" ]
}

@test "notes that are malformed" {
	{ sentence newdoc -- a; sentence -- b; } | reat-join >tok
	while IFS='|' read -r line edit; do
		sed "$edit" tok >in
		try reat-join -v in
		echo "$edit: $stderr"
		[ "$status" -eq 1 ]
		[[ $stderr == "reat-join: in:$line: reat.sentence"*" is malformed, expected the output of reat-join" ]]
	done <<-'END'
	3|s/sentences = 2/sentences = x/
	3|s/sentences = 2/sentences = 0/
	3|s/sentences = 2/sentences = 9999999/
	3|s/sentences = 2 1/sentences = 2/
	4|s/sentence.1/sentence.3/
	4|s/sentence.1/sentence.0/
	4|s/sentence.1/sentence.x/
	4|s/sentence.1.1/sentence.1/
	4|s/sentence.1.1/sentence.1.x/
	4|s/# newdoc/word/
	4|s/# newdoc/TokenRange x/
	4|s/# newdoc/start_char -/
	END
}

@test "UD's validator accepts what was erased and swapped" {
	need_data pos-gum/en_gum-ud-dev.conllu.xz
	python=${REAT_PEERS:-python3}
	"$python" -c 'import udtools' 2>/dev/null || skip "no udtools"
	valid() {
		"$python" -m udtools.cli --lang en --level 2 --max-err 5 "$@"
	}
	xz -dc "$DATA/pos-gum/en_gum-ud-dev.conllu.xz" | awk 'BEGIN { RS = ""
	    ORS = "\n\n" } /\n[0-9]+-/ || /\n[0-9]+\./ || NR % 9 == 0' |
	    awk 'BEGIN { RS = ""; ORS = "\n\n" } NR <= 150' >ud
	valid ud
	reat-erase -K 2 -n 40% ud | valid -e empty-sentence
	{ echo '# newdoc'; cat ud; } | reat-join >tok
	reat-erase -K 1 -n 20 tok | reat-join -v | valid
	reat-swap -w the=a,a=the,and=or tok | head -c 2000000 |
	    sed '$d' | reat-join -kv 2>/dev/null | valid
}
