# The level span: -l 3-7 and files of spans, in every filter that explains.

load helper

MODEL=$ROOT/tests/golden/engine/bigru-last-1/

setup() {
	cd "$BATS_TEST_TMPDIR"
	tok a W1 w2 w3 W4 w5 w6 w7 >tok
	tok b w3 w1 W2 w2 w1 >>tok
	printf '# sent_id = none\n\n' >>tok
}

# explain NAME ARG...: run a filter or a method of one
explain() {
	local name=$1
	shift
	case $name in
	score | reat | naive | shapley)
		[ "$name" != score ] || name=reat
		reat-score -a "$name" -m "$MODEL" "$@"
		;;
	omit | occlude) reat-occlude -q -a "$name" -m "$MODEL" "$@" ;;
	lime) reat-lime -q -n 200 -m "$MODEL" "$@" ;;
	*) reat-grad -q -a "$name" -m "$MODEL" "$@" ;;
	esac
}

METHODS='reat naive shapley ig gradxinput grad half skip mix omit occlude lime'

# layer NAME FIRST LAST: add a layer with this chunk to each text
layer() {
	awk -F'\t' -v OFS='\t' -v name="$1" -v first="$2" -v last="$3" '
		NF > 1 {
			tag = $1 == first ? "B-X" : \
				$1 > first && $1 <= last ? "I-X" : "O"
			$10 = ($10 == "_" ? "" : $10 "|") name "=" tag
		} 1'
}

@test "a span has the score of a layer made by hand, by every method" {
	layer one 2 4 <tok | layer two 3 5 | layer three 5 5 >layers
	for method in $METHODS; do
		explain $method -H -c all -l one,two,three layers |
			awk -F'\t' -v OFS='\t' '
			$8 == "X" || ($3 == "three" && $4 == 5) {
				print $1, $2, $4, $5, $10, $11 }' |
			sort >by.hand
		explain $method -H -c all -l 3-5,5-5,2-4 tok |
			awk -F'\t' -v OFS='\t' '$3 == "span" {
				print $1, $2, $4, $5, $10, $11 }' |
			sort >spans
		[ -s spans ]
		cmp by.hand spans || { echo $method; false; }
	done
}

@test "a score depends neither on other spans, on their order, nor on the batch" {
	for t in 1 2 3 4 5; do
		for u in $(seq $t 5); do
			printf 'a\t%s\t%s\nb\t%s\t%s\tT\n' $t $u $t $u
		done
	done >spans
	{ tac spans; printf '\n'; } >back
	for method in $METHODS; do
		explain $method -l ./spans tok >out
		explain $method -l ./back -b 1 tok | cmp - out
		for span in 2-3 1-5; do
			explain $method -l $span tok | grep -w span |
				cut -f 1-7,9- >alone
			cut -f 1-7,9- out | grep -Ff <(cut -f 1-5 alone) |
				cmp - alone
		done
	done
	# each text has 15 spans in the order of the text
	cut -f 3-5 out | grep span | head -n 15 | sort -c -n -k 2 -k 3
	[ "$(grep -cw span out)" -eq 30 ]
}

@test "the sums are those without spans; the trace has the same bytes" {
	for method in $METHODS; do
		explain "$method" -l word tok | grep -v word | cut -f 1-10 >sums
		explain "$method" -l 2-4,1-5 tok | grep -v span | cut -f 1-10 |
			cmp - sums
	done
	reat-trace -m "$MODEL" tok | reat-score -l 2-4,word |
		cmp - <(explain score -l 2-4,word tok)
	# R2 of lime: the lowest of the level's fits, at its place
	explain lime -H -l 2-4,word tok | awk -F'\t' '$1 == "a" &&
		$3 == "text" { print $11 }' >one
	explain lime -H -l 1-5,word tok | awk -F'\t' '$1 == "a" &&
		$3 == "text" { print $11 }' >two
	explain lime -H -l 1-5,word,2-4 tok | awk -F'\t' '$1 == "a" &&
		$3 == "text" { print $11 }' >both
	awk '{ if (NR < 3 && (low == "" || $2 < low)) low = $2; last = $2 }
		END { exit !(last == low && NR == 3) }' one two both
}

@test "a file: tags, a header, texts without spans, all places in the list" {
	printf 'doc\tfirst\tlast\ttag\nb\t2\t4\tNP\n\nb\t1\t2\t_\r\n' >spans
	printf 'doc\tfirst\tlast\nb\t5\t5\n' >extra
	explain score -H -l ./spans,word,./extra,1-1 tok |
		cut -f 1,3-5,8 | grep -v word >out
	diff - out <<-'EOF'
	a	span	1	1	_
	a	text	_	_	_
	a	bias	_	_	_
	a	logit	_	_	_
	b	span	1	1	_
	b	span	1	2	_
	b	span	2	4	NP
	b	span	5	5	_
	b	text	_	_	_
	b	bias	_	_	_
	b	logit	_	_	_
	none	text	_	_	_
	none	bias	_	_	_
	none	logit	_	_	_
	EOF
	# a pipe; an empty file; the columns of a score stream
	mkfifo pipe
	cat spans >pipe &
	explain score -l ./pipe tok >out
	grep -q 'span.*NP' out
	: >empty
	[ "$(explain score -H -l ./empty tok | wc -l)" -eq 9 ]
	explain score -l ./spans tok >out
	{ head -n 1 out; grep -w span out; } | cut -f 1,4,5,8 >again
	explain score -l ./again tok | cmp - out
	# the last -l counts
	explain score -l /no/such -l ./spans tok | cmp - out
}

@test "a multiword range is the span of its words; an empty node is no word" {
	awk '{ print } /W1/ { print "1.1\tx\t_\t_\t_\t_\t_\t_\t_\t_" }
		/w2/ && !n++ { print "3-4\tw3W4\t_\t_\t_\t_\t_\t_\t_\t_" }' \
		tok >ranges
	grep -q '^3-4' ranges
	explain score -l 3-4,1-5 ranges | cmp - <(explain score -l 3-4,1-5 tok)
	explain score -l 3-4 ranges | grep -q 'span.3.4.*w3 W4$'
}

# wrong STATUS MESSAGE FILE: check what a file of spans, in printf's format,
# is refused with
wrong() {
	# shellcheck disable=SC2059
	printf "$3" >bad
	try explain score -l ./bad tok
	[ "$status" -eq "$1" ] && [[ $stderr == "reat-score: ./bad:"$2 ]] || {
		echo "$stderr"
		return 1
	}
}

@test "files that are wrong: the message has the line" {
	wrong 1 '1: 1 column, expected 3 or 4: doc, first, last and tag, separated by tabs' 'a 1 2\n'
	wrong 1 '2: 2 columns, expected 3 or 4*' 'a\t1\t2\na\t1\n'
	wrong 1 '1: 5 columns, expected 3 or 4*' 'a\t1\t2\tX\t\n'
	wrong 1 '1: column doc is empty' '\t1\t2\n'
	wrong 1 '1: column tag is empty' 'a\t1\t2\t\n'
	wrong 1 '1: first "0", expected the ID of a word*' 'a\t0\t2\n'
	wrong 1 '1: first "5.1", expected the ID of a word*' 'a\t5.1\t6\n'
	wrong 1 '1: last "-1", expected the ID of a word*' 'a\t1\t-1\n'
	wrong 1 '1: last "99999999999999999999", expected*' \
		'a\t1\t99999999999999999999\n'
	wrong 1 '2: words 3 to 2 are not in order' '\na\t3\t2\n'
	wrong 1 '1: words 5 to 8 of text a, which has 7 words' 'a\t5\t8\n'
	wrong 1 '3: words 5 to 6 of text a occur twice' \
		'a\t5\t6\nb\t1\t1\na\t5\t6\tNP\n'
	wrong 1 '1: words 1 to 1 of text none, which has 0 words' 'none\t1\t1\n'
	wrong 1 '2: no block has the sent_id c' 'a\t5\t7\nc\t5\t6\nc\t1\t2\n'
	wrong 1 '1: no block has the sent_id c, nor those of 2 more documents*' \
		'c\t5\t6\nd\t1\t2\na\t1\t1\ne\t1\t1\n'
	wrong 1 '1: NUL at byte*' 'a\t\0001\t2\n'
	wrong 1 '1: invalid UTF-8*' 'a\t1\t2\t\377\n'
	# the texts were scored before the end showed that a document is missing
	printf 'a\t1\t2\nc\t1\t2\n' >bad
	try explain score -l ./bad tok
	[ "$status" -eq 1 ]
	[[ $output == *'none	'*'logit'* ]]
	printf 'a\t1\t2\n' >good
	try explain score -l ./good,1-2 tok
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-score: ./good:1: words 1 to 2 of text a occur twice' ]
}

@test "-k drops the text with a bad span, in every filter" {
	printf 'a\t5\t8\nb\t1\t2\nc\t1\t1\n' >spans
	for method in $METHODS; do
		try explain $method -k -l ./spans tok
		[ "$status" -eq 1 ]
		[[ $output != *$'\na\t'* && $output == *$'\nb\t'*none* ]]
		[[ $stderr == *'./spans:1: words 5 to 8 of text a, which has 7 words'*'./spans:3: no good block has the sent_id c' ]]
		try explain $method -l 4-6 tok
		[ "$status" -eq 1 ]
		[[ $output == *$'\na\t'* && $output != *$'\nb\t'* ]]
		[[ $stderr == *"tok:10: words 4 to 6 of text b, which has 5 words" ]]
	done
	# not a malformed file: what its other lines mean is not known
	echo 'a 1 2' >spans
	try explain score -k -l ./spans tok
	[ "$status" -eq 1 ]
	[ -z "$output" ]
}

@test "-l: what is no level, no span and no file" {
	for item in span text Word 7-3 0-3 3 3- -3 3-4-5 3:7 '' 3-x; do
		for f in score grad occlude lime; do
			try reat-$f -m "$MODEL" -l "$item" tok
			[ "$status" -eq 2 ]
			[[ $stderr == *"option -l: \"$item\", expected word, the name of a layer, a span such as 3-7, or a file of spans, with a / in its path" ]]
		done
	done
	try reat-grad -l 3-7,word,3-7 tok
	[ "$status" -eq 2 ]
	[[ $stderr == *'option -l: "3-7" occurs twice' ]]
	try reat-grad -l ./no/such tok
	[ "$status" -eq 2 ]
	[[ $stderr == 'reat-grad: ./no/such: cannot open'* ]]
	try reat-grad -l ./ tok
	[ "$status" -eq 2 ]
	[[ $stderr == 'reat-grad: ./: cannot read'* ]]
	try reat-heatmap -l 3-7 /dev/null
	[ "$status" -eq 2 ]
	[[ $stderr == *'"3-7", expected word, span or the name of a layer' ]]
}

@test "lime: a text of too many words for spans" {
	long 2100 >long
	try explain lime -l 1-2050 long
	[ "$status" -eq 1 ]
	[[ $stderr == *'this block has 2100 words, the limit for level span is 2048' ]]
}

@test "reat: a picture of words and spans" {
	echo 'a b c d e f g' >text
	reat -m "$MODEL" -l word,2-4,3-5 text >out
	[ "$(grep -c '^  span ' out)" -eq 2 ]
	printf '1\t2\t4\n1\t3\t5\n' >'the spans'
	reat -m "$MODEL" -l 'word,./the spans' text | cmp - out
	eval "$(reat -p -m "$MODEL" -l 'word,./the spans' text)" | cmp - out
	# all spans are one level for reat-heatmap, and only they
	run reat -p -l 3-7,word,./x,spanish,1-1
	[[ $output == *' | reat-heatmap -l span,word,spanish' ]]
	try reat -m "$MODEL" -l 3-8 text
	[ "$status" -eq 1 ]
	[[ $stderr == *'words 3 to 8 of text 1, which has 7 words'* ]]
}

@test "all spans of a long file, in seconds" {
	long 400 >long
	doc=$(sed -n 's/^# sent_id = //p' long)
	for t in $(seq 400); do
		for n in 0 1 2 3 4 5 6 7 8 9; do
			[ $((t + n)) -gt 400 ] ||
				printf '%s\t%s\t%s\n' "$doc" $t $((t + n))
		done
	done >spans
	awk 'BEGIN { for (i = 1; i <= 300000; i++) print "d" i "\t1\t1" }' >>spans
	try timeout 60 reat-grad -q -a skip -m "$MODEL" -l ./spans long
	[ "$status" -eq 1 ]
	[[ $stderr == *'no block has the sent_id d1, nor those of 299999 more'* ]]
	[ "$(grep -cw span <<<"$output")" -eq 3955 ]
}
