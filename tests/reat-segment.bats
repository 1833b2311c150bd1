load helper

setup() {
	cd "$BATS_TEST_TMPDIR"
}

# scores SCORE...: print the rows of the words w1, w2, ... with these scores
scores() {
	local i=0
	printf 'doc\tclass\tlevel\tfirst\tlast\tmodel\tmethod\ttag\tprob'
	printf '\tscore\ttext\n'
	for x; do
		i=$((i + 1))
		printf 'x\tpos\tword\t%d\t%d\tm\treat\t_\t0.7\t%s\tw%d\n' \
			$i $i "$x" $i
	done | whole
}

# found SCORE...: print level, first, last and score of the segments
found() {
	scores "$@" | reat-segment |
		awk -F'\t' '$8 ~ /^[-+]$/ { print $3, $4 "-" $5, $10 }'
}

@test "segments for the class and against it" {
	try found 5 -3 4 -9 2 1 -1
	[ "$output" = 'for 1-3 6
for 5-6 3
against 2-2 -3
against 4-4 -9
against 7-7 -1' ]
	# a sum of 0 belongs to no segment, at either end and between two
	try found 0 1 0 2 -2 1 -3 3 0
	[ "$output" = 'for 2-4 3
for 6-6 1
for 8-8 3
against 5-7 -4' ]
	try found -1 0 -1
	[ "$output" = 'against 1-3 -2' ]
	try found 0 0
	[ -z "$output" ]
}

@test "the levels are before the sums, and all words are in them" {
	scores 1 2 -1 >in
	reat-segment in >out
	diff - <(cut -f 3-5,8,10,11 out) <<-END
	level	first	last	tag	score	text
	word	1	1	_	1	w1
	word	2	2	_	2	w2
	word	3	3	_	-1	w3
	for	1	2	+	3	w1 w2
	for	3	3	_	-1	w3
	against	1	1	_	1	w1
	against	2	2	_	2	w2
	against	3	3	-	-1	w3
	logit	_	_	_	0.7	_
	END
	# a second run changes nothing, nor does the order of the words
	reat-segment out | cmp - out
	{ sed -n '1p;3p;2p;4,$p' in; } | reat-segment |
		awk '$3 != "word"' | diff - <(awk '$3 != "word"' out)
	reat-segment -H in | cmp - <(sed 1d out)
}

@test "segments make a tree with the words, and are spans of reat-erase" {
	tok x w1 w2 w3 w4 w5 >tok
	scores 5 -3 4 -9 2 | reat-segment >out
	reat-heatmap -T -t svg out | grep -o 'aria-label="[^"]*: [^"]*"' >tree
	diff - tree <<-END
	aria-label="+ +6.00: w1 w2 w3"
	aria-label="+5.00: w1"
	aria-label="- −3.00: w2"
	aria-label="−3.00: w2"
	aria-label="+4.00: w3"
	aria-label="- −9.00: w4"
	aria-label="−9.00: w4"
	aria-label="+ +2.00: w5"
	aria-label="+2.00: w5"
	END
	[ "$(reat-erase -l for out tok | awk -F'\t' 'NF > 1 { print $2 }' |
		tr -d '\n')" = w4w5 ]
}

@test "a million words in short time, whatever their scores are" {
	# in 16 texts, because the rows of one are in memory
	awk 'BEGIN {
		for (d = 1; d <= 16; d++) {
			for (i = 1; i <= 62500; i++)
				print d "\tp\tword\t" i "\t" i "\tm\tr\t_\t0.5\t" \
					(i % 2 ? 1 : d % 2 ? -2 : -.5) "\ta"
			print d "\tp\tlogit\t_\t_\tm\tr\t_\t0.5\t0\t_"
		}
	}' >in
	timeout 60 reat-segment in |
		awk -F'\t' '$3 == "for" && $8 == "+" { n++ }
		END { print n }' >out
	[ "$(cat out)" -eq $((8 * 31250 + 8)) ]
}
