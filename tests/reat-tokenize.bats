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

@test "curly quotes: the tokens are those of the straight ones (golden)" {
	whole "$BATS_TEST_TMPDIR/whole.yaml"
	golden=$ROOT/tests/golden/tokenizer/quotes.tsv
	cut -f 1 "$golden" |
	    reat-tokenize -r "quotes,$BATS_TEST_TMPDIR/whole.yaml" |
	    forms | sed 'n;d' >"$BATS_TEST_TMPDIR/ours"
	cut -f 3 "$golden" | diff - "$BATS_TEST_TMPDIR/ours"
	[ "$(wc -l <"$golden")" -gt 300 ]
	# with the default rules: the same tokens, offsets and sentences
	for n in 1 2; do
		cut -f $n "$golden" | reat-tokenize | grep -v '^# text' \
		    >"$BATS_TEST_TMPDIR/$n"
	done
	diff "$BATS_TEST_TMPDIR/1" "$BATS_TEST_TMPDIR/2"
}

@test "-r tokenize leaves curly quotes as NLTK does" {
	{ reat-tokenize -r tokenize | forms >"$BATS_TEST_TMPDIR/out"; } <<-'END'
	“It isn’t,” she said.
	END
	diff "$BATS_TEST_TMPDIR/out" - <<-'END'
	“ It isn ’ t , ” she said .

	END
}

@test "guillemets with blanks, and two single quotes for a double one" {
	reat-tokenize >"$BATS_TEST_TMPDIR/out" <<-'END'
	« Oui », dit-il. »So!« ‘‘Hi’’ (« a »).
	END
	[ "$(forms <"$BATS_TEST_TMPDIR/out")" = "\`\` Oui '' , dit-il .
\`\` So ! ''
\`\` Hi '' ( \`\` a '' ) ." ]
	cut -f 10 "$BATS_TEST_TMPDIR/out" | sed -n 's/^TokenRange=\(.*\)|.*/\1/p' |
	    tr '\n' ' ' | grep -x '0:1 2:5 6:7 7:8 9:15 15:16 17:18 18:20 20:21 21:22 23:25 25:27 27:29 30:31 31:32 33:34 35:36 36:37 37:38 '
}

@test "an apostrophe of each kind: all models predict the same" {
	cat >"$BATS_TEST_TMPDIR/in" <<-'END'
	The film isn't good
	The film isn’t good
	The film isn‘t good
	The film isnʼt good
	The film isn´t good
	The film isn`t good
	END
	for model in "$ROOT"/share/models/*/rnn.safetensors; do
		model=${model%/*}
		reat-tokenize "$BATS_TEST_TMPDIR/in" |
		    reat-predict -H -m "$model" >"$BATS_TEST_TMPDIR/out"
		[ "$(wc -l <"$BATS_TEST_TMPDIR/out")" -eq 6 ]
		[ "$(cut -f 2- "$BATS_TEST_TMPDIR/out" | sort -u | wc -l)" -eq 1 ]
	done
	reat-tokenize "$BATS_TEST_TMPDIR/in" | reat-predict -H |
	    grep -c '^[1-6]	_	negative	' | grep -x 6
}

@test "-r entities: references of HTML, and their offsets" {
	try reat-tokenize -r entities,quotes,tokenize \
	    <<<'AT&amp;T isn&#39;t &quot;fun&quot;.&nbsp;Caf&eacute; &lt;b&gt;'
	[ "$status" -eq 0 ]
	[ "${lines[1]}" = '# text = AT&amp;T isn&#39;t &quot;fun&quot;.&nbsp;Caf&eacute; &lt;b&gt;' ]
	[ "$(cut -f 2,10 <<<"$output" | sed -n 's/|.*-S$//;s/TokenRange=//p' |
	    tr '\t\n' ' |')" = "AT 0:2|& 2:7|T 7:8|is 9:11|n't 11:18|\`\` 19:25|fun 25:28|'' 28:34|. 34:35|Café 41:52|< 53:57|b 57:58|> 58:62|" ]
	[ "$(grep -c B-S <<<"$output")" -eq 2 ]
	# without them the text is read as it is
	reat-tokenize <<<'a&amp;b' | forms | grep -x 'a & amp ; b'
}

@test "-r entities: numbers, and what is no reference" {
	one() {
		reat-tokenize -r entities <<<"$1" | forms | head -n 1
	}
	[ "$(one '&#233;&#xE9;&#Xe9;&#000233;&#x1F3AC;&#1114111;')" = \
	    $'éééé🎬\U10ffff' ]
	# Windows-1252
	[ "$(one '&#146;&#128;&#x9f;')" = $'\u2019€Ÿ' ]
	# control characters and line separators are blanks
	[ "$(one 'a&#10;b&#x0D;c&#129;d&#8232;e&#9;f&#27;[31m')" = \
	    'a b c d e f [31m' ]
	# a text is read once
	[ "$(one '&amp;lt; &amp;#39; &&amp;&#38;amp;')" = '&lt; &#39; &&&amp;' ]
	for s in '&#0;' '&#xD800;' '&#xDFFF;' '&#x110000;' '&#4294967335;' \
	    '&#18446744073709551655;' '&#;' '&#x;' '&#39' '&#3 9;' '&#x2g;' \
	    '&amp' '&AMP;' '&;' '&' '&&' '&bogus;' '&é;' '&amp ;' '&a' '&#' \
	    '&#x' '&thetasym' '&quotquotquotquotquotquotquotquotquot;'; do
		[ "$(one "$s")" = "$s" ] || { echo "$s"; return 1; }
	done
}

@test "-r entities: the names of HTML 4" {
	[ "$(grep -c '^  [A-Za-z]' "$ROOT/share/rules/entities.yaml")" -eq 253 ]
	sed -n 's/^  \([A-Za-z0-9]*\): .*/x\&\1;x/p' \
	    "$ROOT/share/rules/entities.yaml" |
	    reat-tokenize -r entities >"$BATS_TEST_TMPDIR/out"
	# the nine names of blanks end a word, or are no word
	grep -c '^1	x.*x	' "$BATS_TEST_TMPDIR/out" | grep -x 249
	grep -c '^2	x	' "$BATS_TEST_TMPDIR/out" | grep -x 4
	[ "$(cut -f 2 -s "$BATS_TEST_TMPDIR/out" | grep -c '&[A-Za-z0-9]*;')" -eq 0 ]
}

@test "-r characters: Chinese, Japanese and Thai" {
	[ "$(reat-tokenize -r quotes,characters,tokenize \
	    <<<'我喜欢iPhone 6。「いいね！」と言った。รักน้ำ ＯＫ！ラー' | forms)" = '我 喜 欢 iPhone 6 。
「 い い ね ！ 」
と 言 っ た 。
รั ก น้ำ ＯＫ ！
ラ ー' ]
	# quotes open or close, though no blank is beside them
	[ "$(reat-tokenize -q -r quotes,characters,tokenize \
	    <<<'他说：“很好，”“也好”是。รัก “ดี” "a" ok' | forms)" = \
	    "他 说 ： \`\` 很 好 ， '' \`\` 也 好 '' 是 。
รั ก \`\` ดี '' \`\` a '' ok" ]
	[ "$(reat-tokenize -q <<<'他说“很好”。' | forms)" = "他说 \`\` 很好 '' 。" ]
	# English is not changed by them
	cut -f 1 "$ROOT/tests/golden/tokenizer/nltk.tsv" | grep -v '中' \
	    >"$BATS_TEST_TMPDIR/in"
	reat-tokenize "$BATS_TEST_TMPDIR/in" >"$BATS_TEST_TMPDIR/1"
	reat-tokenize -r quotes,characters,tokenize "$BATS_TEST_TMPDIR/in" |
	    diff "$BATS_TEST_TMPDIR/1" -
}

@test "-r: the rules of several files are joined, in their order" {
	printf '%s\n' 'text: [{find: a, put: b}]' >"$BATS_TEST_TMPDIR/ab.yaml"
	printf '%s\n' 'text: [{find: b, put: c}]' "entities: {x: a}" \
	    >"$BATS_TEST_TMPDIR/bc.yaml"
	cd "$BATS_TEST_TMPDIR"
	[ "$(reat-tokenize -r ./ab.yaml,./bc.yaml <<<'ab &x;' | forms |
	    head -n 1)" = 'cc a' ]
	[ "$(reat-tokenize -r ./bc.yaml,./ab.yaml <<<'ab &x;' | forms |
	    head -n 1)" = 'bc b' ]
	[ "$(reat-tokenize -r ./bc.yaml,split,./ab.yaml <<<'ab' | forms |
	    head -n 1)" = 'bc' ]
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
	levels: []\n|a map with a key entities, text, sentences or words
	words: []\nlevels: []\n|unknown key "levels"
	words: 3\n|words: expected a list of rules
	text: 3\n|text: expected a list of rules
	text: [{find: a}]\n|no key "put"
	entities: 3\n|entities: expected a map from names
	entities: {a b: c}\n|entities: the name "a b", expected a letter
	entities: {"": c}\n|entities: the name ""
	entities: {1a: c}\n|entities: the name "1a"
	entities: {a: ""}\n|entities: a: expected characters, without
	entities: {a: [b]}\n|entities: a: expected characters, without
	entities: {a: "\\t"}\n|entities: a: expected characters, without
	entities: {a: bcde}\n|and at most 3 bytes
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

@test "a million references and quotes take little time" {
	for c in '&amp;' '&' '&#' '&#x' '&a' '&#0' '&#39;' '&bogus;' \
	    $'\u2019' $'\u2018' $'\u201c' '« ' ' »' '`' $'n\u2019t ' '。' \
	    '「' 'น้' $'\u0301' '字'; do
		yes "$c" | head -n 300000 | tr -d '\n' >"$BATS_TEST_TMPDIR/in"
		timeout 20 reat-tokenize -r entities,quotes,characters,tokenize \
		    "$BATS_TEST_TMPDIR/in" >/dev/null
	done
	for c in a 1 '#' 0; do
		{ printf '&#'; yes "$c" | head -n 1000000 | tr -d '\n'
		    echo '39;'; } >"$BATS_TEST_TMPDIR/in"
		timeout 20 reat-tokenize -r entities,tokenize \
		    "$BATS_TEST_TMPDIR/in" >/dev/null
	done
}

@test "a line of a million characters takes little time" {
	for c in '.' ' ' 'a' "'" '"' '. ' "' " '``' 'e.g. ' 'é' '? "'; do
		yes "$c" | head -n 300000 | tr -d '\n' >"$BATS_TEST_TMPDIR/in"
		timeout 20 reat-tokenize "$BATS_TEST_TMPDIR/in" >/dev/null
	done
}

# texts [ARG...]: run reat-tokenize and print id, label and text of each block
texts() {
	reat-tokenize "$@" | awk -F ' =' '
		/^# sent_id/ { id = $2 }
		/^# text/ { sub(/^# text = ?/, ""); text = $0 }
		/^# label/ { label = $2 }
		/^$/ { print id "|" label "|" text; label = "" }'
}

@test "CSV and TSV of five languages, by name, number and role" {
	cd "$BATS_TEST_TMPDIR"
	printf 'stars,review\r\n5,"A ""great"", long film.\r\nGo!"\r\n1,5" screen\r\n' \
	    >en.csv
	[ "$(texts -f text=review,label=stars en.csv)" = \
	    $' 1| 5|A "great", long film. Go!\n 2| 1|5" screen' ]
	printf '\357\273\277Rezension;Sterne\n"Gut; aber ""lang""";4\nSchlecht;1\n' \
	    >de.CSV
	[ "$(texts -D ';' -f label=2,text=1 de.CSV)" = \
	    $' 1| 4|Gut; aber "lang"\n 2| 1|Schlecht' ]
	printf 'Id,Text,LABEL\nx1,"Un film  émouvant , vraiment" , oui \n' >fr.csv
	[ "$(texts fr.csv)" = ' x1| oui|Un film  émouvant , vraiment' ]
	printf 'id\ttext\n1\t"映画は良い\n2\tひどい\n' >ja.tsv
	[ "$(texts ja.tsv)" = $' 1||"映画は良い\n 2||ひどい' ]
	printf 'Bueno,pos\n"Malo",neg\n' >es.csv
	[ "$(texts -f text,label es.csv)" = $' 1| pos|Bueno\n 2| neg|Malo' ]
	[ "$(texts -H -f text=1 es.csv)" = $' 1||Bueno\n 2||Malo' ]
	# a tab separates, and fields are quoted
	printf 'text\tn\n"a\tb"\t1\n' | texts -D tab - | grep -Fx ' 1||a b'
	# each file has a header of its own; rows are counted through all
	[ "$(texts -f text=text fr.csv ja.tsv fr.csv)" = \
	    $' 1||Un film  émouvant , vraiment\n 2||"映画は良い\n 3||ひどい\n 4||Un film  émouvant , vraiment' ]
}

@test "a blank line in a field ends a sentence, a newline does not" {
	printf 'text\n"Great\nfood\n \n\nand bad service\n"\n\n""\n' \
	    >"$BATS_TEST_TMPDIR/a.csv"
	reat-tokenize "$BATS_TEST_TMPDIR/a.csv" >"$BATS_TEST_TMPDIR/out"
	diff - "$BATS_TEST_TMPDIR/out" <<-'END'
	# sent_id = 1
	# text = Great food and bad service
	1	Great	_	_	_	_	_	_	_	TokenRange=0:5|sentence=B-S
	2	food	_	_	_	_	_	_	_	TokenRange=6:10|sentence=I-S
	3	and	_	_	_	_	_	_	_	TokenRange=11:14|sentence=B-S
	4	bad	_	_	_	_	_	_	_	TokenRange=15:18|sentence=I-S
	5	service	_	_	_	_	_	_	_	TokenRange=19:26|sentence=I-S

	# sent_id = 2
	# text =

	END
	printf 'text\n"é.\n\nb"\n' >"$BATS_TEST_TMPDIR/a.csv"
	reat-tokenize "$BATS_TEST_TMPDIR/a.csv" | grep -F $'3\tb\t' |
	    grep -F TokenRange=3:4
}

@test "CSV is read as Python reads it" {
	command -v python3 >/dev/null || skip "no Python"
	cd "$BATS_TEST_TMPDIR"
	python3 - <<-'END'
	import csv, random
	random.seed(5)
	rows = [["id", "text"]] + [[str(i), "".join(random.choice(
	    ['"', '""', ",", "\n", ";", "a", "é", " b ", "'", "x\t"])
	    for _ in range(random.randrange(12)))] for i in range(2000)]
	with open("r.csv", "w", newline="") as f:
	    csv.writer(f).writerows(rows)
	with open("r.want", "w") as f:
	    for i, t in rows[1:]:
	        f.write(i + "|" + " ".join(t.split()) + "\n")
	END
	reat-tokenize r.csv | awk '/^# sent_id/ { id = $4 }
	    /^# text/ { sub(/^# text = ?/, ""); gsub(/ +/, " "); print id "|" $0 }' |
	    diff - r.want
}

@test "a header, a delimiter or a bad column is reported with what is right" {
	cd "$BATS_TEST_TMPDIR"
	while IFS='|' read -r name text options want; do
		printf '%b' "$text" >"$name"
		# shellcheck disable=SC2086
		try reat-tokenize $options "$name"
		[ "$status" -eq 1 ] && [[ $stderr = "reat-tokenize: $name:"*"$want"* ]] ||
		    { echo "$name $text $options: $stderr"; return 1; }
	done <<-'END'
	a.csv|review,stars\nok,1\n||1: no column "text" in the header, which has "review", "stars"; choose one: -f text=NAME
	a.csv|review,stars\nok,1\n|-f text=rev|1: no column "rev" in the header, which has "review", "stars"
	a.csv|review,stars\nok,1\n|-f text=3|1: 2 columns, and -f has column 3
	a.csv|text,Text\nok,1\n||1: the header has two columns "text", 1 and 2
	a.csv|text;label\nok;1\n||1: the header has one column, "text;label"; if ";" separates columns: option -D ';'
	a.csv|ok;1\n|-f text,label|1: 1 column, expected 2; if ";" separates columns
	a.txt|review,stars\nok,1\n|-f text=review|1: the header has one column, "review,stars"; if "," separates columns: option -D ','
	a.csv|"re;view",stars\nok,1\n||1: no column "text" in the header, which has "re;view", "stars"; choose
	a.csv|review,stars\nok,1\n|-D ;|1: no column "text" in the header, which has "review,stars"; choose
	a.csv|text,label\rok,1\r||1: lines that end with CR alone
	a.csv|text,n\nok,1\n\nno\n|-k|4: 1 column, expected 2 as in the header
	a.csv|text,n\nok,1\nno,2,3\n|-k|3: 3 columns, expected 2 as in the header
	a.csv|text,n\nok,"1\n2"\n"no\n|-k|4: a quote that opens here does not close
	a.csv|text,n\nok,"1\n"2"\n|-k|3: text after a closing quote at byte 1; a quote inside a field in quotes is written twice (""), and this field began in line 2
	a.csv|text\n"a"b\n|-k|2: text after a closing quote at byte 3
	a.csv|text\n"a" "b"\n|-k|2: text after a closing quote
	a.csv|text,id\na,"b\nc"\n|-k|2: a control character in the id
	a.tsv|text\tlabel\na\t\n|-k|2: the label is empty
	a.tsv|sentence\tlabel\na\tb\n|-f text,label|1: this is a header, and not a text; take the columns by its names: -f text=sentence,label=label
	a.tsv|Label\ttext\na\tb\n|-f text,label|1: this is a header, and not a text; take the columns by its names: -f text=text,label=Label
	END
}

@test "-k drops bad rows, and all rows of a file with a bad header" {
	cd "$BATS_TEST_TMPDIR"
	printf 'text\n"a\n"b"\nfine\n\377\n"\377\nlast\n' >a.csv
	printf 'gr\366\337e,text\nx,no\n' >b.csv
	printf '"text\ntext\nno\n' >c.csv
	try reat-tokenize -k a.csv b.csv c.csv a.csv
	[ "$status" -eq 1 ]
	[ "$(grep -E '^# (sent_id|text)' <<<"$output")" = '# sent_id = 2
# text = fine
# sent_id = 5
# text = last
# sent_id = 9
# text = fine
# sent_id = 12
# text = last' ]
	[ "$(grep -c . <<<"$stderr")" -eq 8 ]
	try reat-tokenize -k -f label,text <<<$'a\na\tb\nc'
	[ "$(grep text <<<"$output")" = '# text = b' ]
}

@test "-f, -D, -H: wrong ones are usage errors" {
	while read -r options; do
		# shellcheck disable=SC2086
		try reat-tokenize $options </dev/null
		[ "$status" -eq 2 ] && [ -n "$stderr" ] ||
		    { echo "$options"; return 1; }
	done <<-'END'
	-H
	-D x
	-D ,,
	-D "
	-D é
	-f text=
	-f text=0
	-f text=99999
	-f text=a,label
	-f text,label=a
	-f label=a
	-f text=a,text=b
	-f text=a,x=b
	-H -f text=a
	END
}

@test "labels that seem wrong, a lost header and repeated ids are noted" {
	cd "$BATS_TEST_TMPDIR"
	for i in $(seq 20); do printf '%s\tgood\tpos\n%s\tbad\tneg\n' "$i" "x$i"; done >a
	try reat-tokenize -f id,text,label a
	[ -z "$stderr" ]
	{ printf 'a\tText\tKlasse\n'; cat a; printf 'b\thm\tPos\n5\tx\tngative\n'; } >b
	try reat-tokenize -f id,text,label b
	[ "$status" -eq 0 ]
	[ "$stderr" = 'reat-tokenize: b:1: only this text has the label "Klasse", of 43 texts; is it a header?
reat-tokenize: b:42: label "Pos" (1 text) and label "pos" (20 texts) differ only in letter case
reat-tokenize: b:43: only this text has the label "ngative", of 43 texts; is it a slip?
reat-tokenize: b:43: this id occurred before, as 1 id did; with scores or predictions, ids must differ' ]
	try reat-tokenize -q -f id,text,label b
	[ -z "$stderr" ]
	try reat-tokenize -f text=2,label=3 a
	[ "$stderr" = 'reat-tokenize: a:1: read as a header, but its "pos" is the label of 19 texts; without a header: option -H' ]
	try reat-tokenize -f text,label <<<$'a great review\tlabel'
	[ "$status" -eq 0 ]
	[[ $stderr = 'reat-tokenize: stdin:1: is this a header? It is read as a text; '* ]]
	try reat-tokenize <<<'review,stars'
	[[ $stderr = "reat-tokenize: stdin:1: is this the header of a table? "*"-D ',' -f text=NAME" ]]
}

@test "a first line of tok or of a table without a header is noted" {
	cd "$BATS_TEST_TMPDIR"
	reat-tokenize <<<'A film.' >a.tok
	sed 1,2d a.tok >bare
	for f in a.tok bare; do
		try reat-tokenize "$f"
		[ "$status" -eq 0 ]
		[ "$stderr" = "reat-tokenize: $f:1: is this tok (CoNLL-U)? It is read as a text; tok is for reat-tag or reat-score -m" ]
	done
	try reat-tokenize <<<$'a good film\tpos'
	[ "$status" -eq 0 ]
	[ "$stderr" = 'reat-tokenize: stdin:1: are these columns of a table? They are read as one text; for a table without a header: -H -f text=1' ]
	try reat-tokenize -q a.tok
	[ -z "$stderr" ]
	for text in '# text' $'\ta film' $'a film\tand a text' '1 2 3' $'1 a\tb c'; do
		try reat-tokenize <<<"$text"
		[ "$status" -eq 0 ]
		[ -z "$stderr" ] || { echo "$text: $stderr"; false; }
	done
}

@test "a text without blanks between words is noted, unless the rules cut it" {
	cd "$BATS_TEST_TMPDIR"
	printf '%s\n' 'A film.' '这部电影很好看，我喜欢。' 'ภาพยนตร์เรื่องนี้สนุกมาก' >a
	try reat-tokenize a
	[ "$status" -eq 0 ]
	[[ $stderr = 'reat-tokenize: a:2: a token of several words, the first of 2; '*' quotes,characters,tokenize '* ]]
	try reat-tokenize -q a
	[ -z "$stderr" ]
	try reat-tokenize -r quotes,characters,tokenize a
	[ -z "$stderr" ]
	try reat-tokenize <<<'我 喜欢 这部电影 Донаудампфшиффарт'
	[ -z "$stderr" ]
}

@test "counts are printed at the end, on a terminal only" {
	need_terminal
	cd "$BATS_TEST_TMPDIR"
	printf 'text,label\na b,y\nc,z\nd,y\n' >a.csv
	script -qec 'reat-tokenize a.csv >/dev/null' /dev/null </dev/null |
	    tr -d '\r' | diff - <(echo 'reat-tokenize: 3 texts, 4 words, labels: y 2, z 1')
	script -qec 'reat-tokenize -q a.csv >/dev/null' /dev/null </dev/null |
	    diff - /dev/null
	try reat-tokenize a.csv
	[ -z "$stderr" ]
}

@test "the block of a row comes before the next row" {
	mkfifo "$BATS_TEST_TMPDIR/in" "$BATS_TEST_TMPDIR/out"
	reat-tokenize -D , <"$BATS_TEST_TMPDIR/in" >"$BATS_TEST_TMPDIR/out" 3>&- &
	exec 8>"$BATS_TEST_TMPDIR/in" 9<"$BATS_TEST_TMPDIR/out"
	printf 'n,text\n1,"One\nTwo"\n' >&8
	n=0
	while read -r -t 5 line <&9 && [ -n "$line" ]; do
		n=$((n + 1))
	done
	exec 8>&- 9<&-
	wait
	[ "$n" -eq 4 ]
}
