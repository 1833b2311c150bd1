#!/usr/bin/env bats
# SPDX-License-Identifier: ISC

load helper

# forms: print the forms of a tok stream, one sentence per line, and an empty
# line after each block
forms() {
	awk -F '\t' '
	/^#/ { next }
	NF == 0 { print line; print ""; line = ""; next }
	{ if ($10 ~ /sentence=B/ && line != "") { print line; line = "" }
	  line = line (line == "" ? "" : " ") $2 }'
}

# whole FILE: write the shipped rules without the rules of sentences
whole() {
	sed -n '/^words:/,$p' "$ROOT/share/rules/tokenize.yaml" >"$1"
}

rules() {
	cat >"$BATS_TEST_TMPDIR/r.yaml"
	RULES=$BATS_TEST_TMPDIR/r.yaml
}

@test "a line becomes a block with offsets and sentences" {
	try reat-tokenize <<<'Hi, "you".  Can'\''t I?'
	[ "$status" -eq 0 ]
	[ "$output" = "# sent_id = 1
# text = Hi, \"you\".  Can't I?
1	Hi	_	_	_	_	_	_	_	TokenRange=0:2|sentence=B-S
2	,	_	_	_	_	_	_	_	TokenRange=2:3|sentence=I-S
3	\`\`	_	_	_	_	_	_	_	TokenRange=4:5|sentence=I-S
4	you	_	_	_	_	_	_	_	TokenRange=5:8|sentence=I-S
5	''	_	_	_	_	_	_	_	TokenRange=8:9|sentence=I-S
6	.	_	_	_	_	_	_	_	TokenRange=9:10|sentence=I-S
7	Ca	_	_	_	_	_	_	_	TokenRange=12:14|sentence=B-S
8	n't	_	_	_	_	_	_	_	TokenRange=14:17|sentence=I-S
9	I	_	_	_	_	_	_	_	TokenRange=18:19|sentence=I-S
10	?	_	_	_	_	_	_	_	TokenRange=19:20|sentence=I-S" ]
}

@test "the tokens are those of NLTK (golden)" {
	whole "$BATS_TEST_TMPDIR/whole.yaml"
	golden=$ROOT/tests/golden/tokenizer/nltk.tsv
	cut -f 1 "$golden" |
	    reat-tokenize -r "$BATS_TEST_TMPDIR/whole.yaml" |
	    forms | sed 'n;d' >"$BATS_TEST_TMPDIR/ours"
	cut -f 2 "$golden" | diff - "$BATS_TEST_TMPDIR/ours"
	[ "$(wc -l <"$golden")" -gt 300 ]
}

@test "tokens are kept on SST-2" {
	need_data sst2
	reat-tokenize -f text,label "$DATA/sst2/test.tsv" |
	    grep -c '^# label = [01]$' | grep -x 1821
	# SST-2 is tokenized already; the characters must keep their order
	reat-tokenize -f text,label "$DATA/sst2/test.tsv" |
	    awk -F '\t' '/^# text/ { sub(/^# text = /, ""); t = $0; at = 0 }
	    NF == 10 { match($10, /[0-9]+:[0-9]+/)
	        split(substr($10, RSTART, RLENGTH), r, ":")
	        w = substr(t, r[1] + 1, r[2] - r[1])
	        if (r[1] < at || w != $2 && $2 != "``" && $2 != "'\'\''") {
	            print t, $0; bad = 1 }
	        at = r[2] }
	    END { exit bad }'
}

@test "sentences: stops, titles, initials, quotes, ellipses" {
	sed '/^words:/,$d' "$ROOT/share/rules/tokenize.yaml" \
	    >"$BATS_TEST_TMPDIR/cut.yaml"
	echo 'words: []' >>"$BATS_TEST_TMPDIR/cut.yaml"
	while IFS= read -r line; do
		got=$(reat-tokenize -r "$BATS_TEST_TMPDIR/cut.yaml" \
		    <<<"${line// | / }" | forms | sed '$d')
		[ "$got" = "${line// | /$'\n'}" ] || { echo "$got"; return 1; }
	done <<-'END'
	It is over. | They left.
	Mr. Smith met Dr. J. P. Jones in St. Louis.
	It costs 3.5 euros, e.g. in Bonn. | Really?
	"Is it?" he asked. | "Yes!" | She left.
	The U.S. Senate met. | He is in the U.S. | The rest left.
	Wait... what is it? | No.
	(It rained.) | We stayed in.
	At 8 p.m. | We ate (vs. Acme Inc. of Ohio).
	So good! :) | I loved it.
	1. First item. | 2. Second item.
	On Oct. 5 and Sept. 7 it fell 3 %. | No. 3 rose.
	so bad . and it was long
	Great food. | great service too.
	END
}

@test "-f names the columns in any order" {
	try reat-tokenize -f label,id,text <<<$'pos\tx1\tGood film'
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = '# sent_id = x1' ]
	[ "${lines[1]}" = '# text = Good film' ]
	[ "${lines[2]}" = '# label = pos' ]
	try reat-tokenize -f text,label <<<$'Good film\tvery good'
	[ "${lines[0]}" = '# sent_id = 1' ]
	[ "${lines[2]}" = '# label = very good' ]
}

@test "-f: bad lists are usage errors" {
	for list in label text,text text,name '' id,text,label,text; do
		try reat-tokenize -f "$list" </dev/null
		[ "$status" -eq 2 ]
		[ -n "$stderr" ]
	done
}

@test "without -f a tab is a blank" {
	try reat-tokenize <<<$'a\tb'
	[ "${lines[1]}" = '# text = a b' ]
	[ "${#lines[@]}" -eq 4 ]
}

@test "wrong columns: too few, too many, empty id, empty label" {
	while IFS='|' read -r list line want; do
		try reat-tokenize -f "$list" <<<"$(printf '%b' "$line")"
		[ "$status" -eq 1 ]
		[[ $stderr = "reat-tokenize: stdin:1: "*"$want"* ]]
		[ -z "$output" ]
	done <<-'END'
	text,label|only text|1 column, expected 2
	text,label|a\tb\tc|3 columns, expected 2
	text|a\tb|2 columns, expected 1
	id,text|\ta|the id is empty
	id,text|  \ta|the id is empty
	text,label|a\t|the label is empty
	id,text|a\x01b\tc|a control character in the id
	text,label|c\ta\xe2\x80\xaeb|a control character in the label
	END
}

@test "a repeated id is an error; -k drops the line and exits 1" {
	try reat-tokenize -f id,text <<<$'a\tone\na\ttwo\nb\tthree'
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-tokenize: stdin:2: id a occurs twice in a row' ]
	[ "$(grep -c sent_id <<<"$output")" -eq 1 ]
	try reat-tokenize -k -f id,text <<<$'a\tone\na\ttwo\nb\tthree'
	[ "$status" -eq 1 ]
	[ "$(grep sent_id <<<"$output")" = $'# sent_id = a\n# sent_id = b' ]
}

@test "without an id the line's number in the whole stream counts" {
	printf 'a\nb\n' >"$BATS_TEST_TMPDIR/1"
	printf 'c\n\377\ne\n' >"$BATS_TEST_TMPDIR/2"
	try reat-tokenize -k "$BATS_TEST_TMPDIR/1" "$BATS_TEST_TMPDIR/2"
	[ "$status" -eq 1 ]
	[ "$(grep sent_id <<<"$output")" = '# sent_id = 1
# sent_id = 2
# sent_id = 3
# sent_id = 5' ]
	[[ $stderr = *"/2:2: invalid UTF-8 at byte 0"* ]]
}

@test "an empty line is an empty document" {
	reat-tokenize <<<$'a\n\n  \nb' >"$BATS_TEST_TMPDIR/out"
	cat >"$BATS_TEST_TMPDIR/want" <<-'END'
	# sent_id = 1
	# text = a
	1	a	_	_	_	_	_	_	_	TokenRange=0:1|sentence=B-S

	# sent_id = 2
	# text =

	# sent_id = 3
	# text =

	# sent_id = 4
	# text = b
	1	b	_	_	_	_	_	_	_	TokenRange=0:1|sentence=B-S

	END
	diff "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/out"
}

@test "each control character and line separator becomes one space" {
	try reat-tokenize <<<$'a\x01\x02b\xc2\x85c\xe2\x80\xa8d\xe2\x80\xa9\x7f.'
	[ "${lines[1]}" = '# text = a  b c d  .' ]
	[[ ${lines[4]} = *"TokenRange=5:6|"* ]]
	[[ ${lines[6]} = *"TokenRange=10:11|"* ]]
}

@test "offsets count code points of the trimmed text" {
	try reat-tokenize <<<'   naïve “café” 🎬!  '
	[ "${lines[1]}" = '# text = naïve “café” 🎬!' ]
	[[ ${lines[2]} = *"TokenRange=0:5|"* ]]
	[[ ${lines[4]} = "3	café	"*"TokenRange=7:11|"* ]]
	[[ ${lines[6]} = "5	🎬	"*"TokenRange=13:14|"* ]]
}

@test "-r split keeps the tokens" {
	[ "$(reat-tokenize -r split <<<"ca n't .  No   \"x\"" | forms)" = \
	    "ca n't . No \"x\"" ]
}

@test "other rules: the offsets of replaced text select the original text" {
	rules <<-'END'
	words:
	  - {find: '(?i)\bu\b', put: 'you'}
	  - {find: '(\d) (\d{3})\b', put: '$1$2'}
	  - {find: '(\w+)/(\w+)', put: '$1 or ${2}'}
	  - {find: 'gonna', put: 'going to'}
	END
	try reat-tokenize -r "$RULES" <<<'u 10 000 cat/dog gonna $$'
	[ "$status" -eq 0 ]
	[ "$(cut -f 2,10 <<<"$output" | sed '1,2d;s/|.*//;s/TokenRange=//')" = \
'you	0:1
10000	2:8
cat	9:12
or	12:13
dog	13:16
going	17:22
to	17:22
$$	23:25' ]
}

@test "a rule that loses or makes characters is an error" {
	while IFS='|' read -r find put want; do
		rules <<-END
		words:
		  - {find: '$find', put: '$put'}
		END
		try reat-tokenize -r "$RULES" <<<'a bb c'
		[ "$status" -eq 1 ]
		[[ $stderr = "reat-tokenize: stdin:1: the rule at $RULES:2 $want"* ]] ||
		    { echo "$find $put $stderr"; return 1; }
		[ -z "$output" ]
	done <<-'END'
	b||loses
	(a) bb|$1|loses
	(a) (b)b|$1 $2|loses
	(a) (b)|$2 $1|loses
	((b)b)|$1$2|copies
	(?=(b))|$1|copies
	^|x|makes
	(a) (bb)|$1 x $2|makes
	END
}

@test "a rule that grows the text, and one that backtracks too long, end" {
	rules <<-'END'
	words: [{find: '(.)', put: '$1                                     '}]
	END
	yes 'a b' | head -n 400 | tr '\n' ' ' >"$BATS_TEST_TMPDIR/in"
	try reat-tokenize -r "$RULES" "$BATS_TEST_TMPDIR/in"
	[ "$status" -eq 1 ]
	[[ $stderr = *"in:1: the rule at "*"the limit is 16 times"* ]]
	rules <<-'END'
	words: [{find: '(a+)+$', put: ' $0 '}]
	END
	printf 'ok\n%0100db\nok\n' 0 | tr 0 a >"$BATS_TEST_TMPDIR/in"
	try timeout 10 reat-tokenize -k -r "$RULES" "$BATS_TEST_TMPDIR/in"
	[ "$status" -eq 1 ]
	[[ $stderr = *"in:2: the pattern at $RULES:1 takes more than 10^6 steps"* ]]
	[ "$(grep -c sent_id <<<"$output")" -eq 2 ]
}

@test "a bad rules file is reported with the line" {
	while IFS='|' read -r text want; do
		rules < <(printf '%b' "$text")
		try reat-tokenize -r "$RULES" </dev/null
		[ "$status" -eq 1 ]
		[[ $stderr = "reat-tokenize: $RULES:"*"$want"* ]] ||
		    { echo "$stderr"; return 1; }
	done <<-'END'
	levels: []\n|with the key "words"
	words: 3\n|expected a list of rules
	words: [3]\n|expected a map: {find: PATTERN
	words: []\nfoo: 1\n|unknown key "foo"
	words:\n  - {find: a}\n|no key "put"
	words:\n  - {find: a, put: b, x: c}\n|unknown key "x"
	words:\n  - {find: "(", put: b}\n|missing
	words:\n  - {find: a, put: "$1"}\n|the number of a group
	words:\n  - {find: a, put: "${0"}\n|the number of a group
	words:\n  - {find: a, put: "$"}\n|the number of a group
	words: []\nsentences: 3\n|expected the keys
	words: []\nsentences: {cut: []}\n|unknown key "cut"
	words: []\nsentences: {break: x}\n|expected a list of patterns
	words: []\nsentences: {break: [[x]]}\n|expected a pattern
	words: []\nsentences: {join: ["["]}\n|missing
	END
	try reat-tokenize -r nosuch </dev/null
	[ "$status" -eq 2 ]
}

@test "the output for a line comes before the next line" {
	mkfifo "$BATS_TEST_TMPDIR/in" "$BATS_TEST_TMPDIR/out"
	reat-tokenize <"$BATS_TEST_TMPDIR/in" >"$BATS_TEST_TMPDIR/out" 3>&- &
	exec 8>"$BATS_TEST_TMPDIR/in" 9<"$BATS_TEST_TMPDIR/out"
	echo 'One. Two.' >&8
	n=0
	while read -r -t 5 line <&9 && [ -n "$line" ]; do
		n=$((n + 1))
	done
	exec 8>&- 9<&-
	wait
	[ "$n" -eq 6 ]
}

@test "a line of a million characters takes little time" {
	for c in '.' ' ' 'a' "'" '"' '. ' "' " '``' 'e.g. ' 'é' '? "'; do
		yes "$c" | head -n 300000 | tr -d '\n' >"$BATS_TEST_TMPDIR/in"
		timeout 20 reat-tokenize "$BATS_TEST_TMPDIR/in" >/dev/null
	done
}
