# shellcheck disable=SC2154	# bats sets status, output, stderr
load helper

setup() {
	G=$ROOT/tests/golden/box
	cd "$BATS_TEST_TMPDIR" || exit
	unset COLORTERM TERM COLORFGBG NO_COLOR FORCE_COLOR CLICOLOR_FORCE COLUMNS
	ESC=$(printf '\033')
}

# no COMMAND...: check that the command fails
no() {
	if "$@"; then return 1; fi
}

some() {
	grep -v -e ^large -e ^tiny "$G/pairs.tsv"
}

@test "the numbers are those of NumPy" {
	reat-boxplot -t tsv "$G/pairs.tsv" | diff "$G/expected.tsv" -
	# in any order, and from several files
	sort "$G/pairs.tsv" | reat-boxplot -t tsv | diff "$G/expected.tsv" -
	head -n 300 "$G/pairs.tsv" >a
	tail -n +301 "$G/pairs.tsv" >b
	reat-boxplot -t tsv a b | diff "$G/expected.tsv" -
}

@test "drawings are those that were inspected by eye" {
	some >some
	reat-boxplot some | diff "$G/some.plain" -
	COLORTERM=truecolor reat-boxplot -C always -g -M 5 -w 60 some |
	    diff "$G/some.ansi24" -
	reat-boxplot -t svg -g -M 5 some | diff "$G/some.svg" -
}

@test "numbers computed by hand" {
	printf 'k\t%s\n' 1 2 3 4 5 6 7 20 -9 >in
	run reat-boxplot -H -t tsv in
	[ "$output" = "$(printf 'k\t9\t-9\t1\t2\t4\t6\t7\t20\t2')" ]
	# 22 columns from 0 to 10: quartiles 2, 4, 8 in 4, 8, 17 of 0 to 21
	printf 'k\t%s\n' 0 2 4 8 10 >in
	run reat-boxplot -w 30 in
	[[ ${lines[1]} == *' ├───[   ┃        ]───┤' ]]
}

@test "-R spaces the axis by square roots" {
	# 22 columns from 0 to 16: roots 1, 2, 3 of 4 in 5, 11, 16 of 0 to 21
	printf 'k\t%s\n' 0 1 4 9 16 >in
	run reat-boxplot -R -w 30 in
	[[ ${lines[1]} == *' ├────[     ┃    ]────┤' ]]
	# ticks are squares times 1, 2 or 5, on both sides of 0
	printf 'k\t%s\n' -4 0 16 | reat-boxplot -R -w 80 | tail -n 1 |
		tr -s ' ' >got
	diff got - <<<' -4 -1 0 1 4 9 16'
	# 0 is on the axis, and the ends have the same colour as without -R
	printf 'k\t%s\n' 100 101 | reat-boxplot -R | tail -n 1 |
		grep -q '^ *0 .* 50 .* 98'
	printf 'k\t5\n' >in
	diff <(reat-boxplot -R -M 5 -t svg in | grep '<rect') \
	    <(reat-boxplot -M 5 -t svg in | grep '<rect')
	# half of the colour is at a quarter of the axis
	printf 'k\t1.25\n' | reat-boxplot -R -M 5 -t svg |
		grep -q 'class="rule f8"'
	# a narrow plot has a scale, too
	printf 'k\t%s\n' -0.01 0 0.2 | reat-boxplot -R -t svg -w 30 |
		grep -c 'class="label"' >got
	[ "$(cat got)" -ge 4 ]
	# the numbers are the same
	diff <(reat-boxplot -R -t tsv "$G/pairs.tsv") "$G/expected.tsv"
	printf 'a\t-3.4028235e38\na\t3.4028235e38\n' |
		reat-boxplot -R -t svg | no grep 'inf\|nan'
}

@test "keys are sorted by median, and -n drops keys with few values" {
	keys() { reat-boxplot -t tsv -H "$@" "$G/pairs.tsv" | cut -f 1 | paste -sd' '; }
	[ "$(keys)" = 'large one four skewed same normal tiny heavy three two even' ]
	[ "$(keys -n 20)" = 'large skewed normal tiny heavy even' ]
	[ "$(keys -n 302)" = '' ]
	[ -z "$(reat-boxplot -n 302 "$G/pairs.tsv")" ]
	reat-boxplot -n 20 "$G/pairs.tsv" >got
	[ "$(sed -n 's/^  \([a-z][a-z]*\) .*/\1/p' got | paste -sd' ')" = \
	    'large skewed normal tiny heavy even' ]
	# n is printed
	grep -q '^  normal  301  ' got
}

@test "outliers are drawn only with -g" {
	some | grep ^heavy >in
	no grep -q o <(reat-boxplot in | tail -n +2)
	reat-boxplot -g in | grep -q 'o .*┃.*o'
	no grep -q '<circle' <(reat-boxplot -t svg in)
	[ "$(reat-boxplot -g -t svg in | grep -c '<circle')" -eq 17 ]
	[ "$(reat-boxplot -H -t tsv in | cut -f 10)" -eq 17 ]
}

@test "-M sets the axis; values outside are drawn at its ends" {
	some | reat-boxplot -M 2 >got
	tail -n 1 got | grep -q -- '-2 .*2$'
	some | reat-boxplot -M 1e-9 >got
	[ "$(wc -L <got)" -le 80 ]
	some | reat-boxplot -t svg -M 1 >page
	[ "$(grep -c '>−1[.]0<\|>1[.]0<' page)" -eq 2 ]
}

@test "no line is wider than the width" {
	for w in 30 31 47 80 200; do
		{ cat "$G/pairs.tsv"; printf '%0300d\t1\n日本語日本語日本語日本語\t2\n' 0; } |
		    reat-boxplot -w "$w" >got
		[ "$(wc -L <got)" -le "$w" ]
	done
	[ "$(COLUMNS=40 reat-boxplot "$G/pairs.tsv" | wc -L)" -eq 40 ]
	COLUMNS=3 reat-boxplot "$G/pairs.tsv" >got
}

@test "colours end before the end of a line, and a pipe gets no colours" {
	some >some
	for how in COLORTERM=truecolor TERM=xterm-256color TERM=xterm; do
		env "$how" reat-boxplot -C always some >got
		grep -q "$ESC" got
		sed "s/${ESC}\[[0-9;]*m[^$ESC]*${ESC}\[0m//g" got >left
		no grep "$ESC" left
	done
	no grep "$ESC" <(TERM=xterm reat-boxplot some)
	no cmp -s <(COLORTERM=24bit reat-boxplot -C always -r paper some) \
	    <(COLORTERM=24bit reat-boxplot -C always some)
	try reat-boxplot -C sometimes some
	[ "$status" -eq 2 ]
	try reat-boxplot -r nowhere some
	[ "$status" -eq 2 ]
}

@test "numbers up to the largest of single precision" {
	for v in 3.4028235e38 -3.4028235e+38; do
		run reat-boxplot -H -t tsv < <(printf 'a\t%s\n' "$v")
		[ "$status" -eq 0 ]
		[ "$(cut -f 1-3 <<<"$output")" = \
			$'a\t1\t'"${v%%3*}3.4028235e+38" ]
	done
	printf 'a\t-3.4028235e38\na\t3.4028235e38\n' >ends
	reat-boxplot -w 60 ends
	reat-boxplot -t svg ends | grep -q 'inf\|nan' && false
	try reat-boxplot < <(printf 'a\t3.41e38\n')
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-boxplot: stdin:1: value "3.41e38", expected a number from -3.4028235e38 to 3.4028235e38' ]
}

@test "a key can be any text" {
	printf '%s\t1\n' "${ESC}[2J" '<script>alert("x")</script>' '&amp;' \
	    '"><g onload="x">' $'\u202eabc' >in
	reat-boxplot in >got
	LC_ALL=C no grep -P '[\x00-\x09\x0b-\x1f\x7f]' got
	no grep -P '\x{202e}' got
	reat-boxplot -g -t svg in "$G/pairs.tsv" >page
	awk -f "$ROOT/tests/markup.awk" page
	awk -v tags=1 -f "$ROOT/tests/markup.awk" page | sort -u >hostile
	reat-boxplot -g -t svg "$G/pairs.tsv" >page
	awk -v tags=1 -f "$ROOT/tests/markup.awk" page | sort -u | diff hostile -
	printf '%s\t1\n' "${ESC}[2J" | reat-boxplot -t svg | no grep "$ESC"
	try reat-boxplot <<<"${ESC}[2J"
	[[ $stderr != *$ESC* ]]
}

@test "a drawing contains its numbers and loads nothing" {
	some | reat-boxplot -t svg >page
	awk -f "$ROOT/tests/markup.awk" page
	grep -q 'aria-label="normal: n 301, median 0.0278, quartiles −0.635 to 0.714, whiskers −2.42 to 2.35, outliers 5"' page
	sed 's|http://www.w3.org/2000/svg||' page | no grep -Ei 'https?:|<script|url\('
	grep -q 'prefers-color-scheme: dark' page
}

@test "a header line, empty lines, CRLF; -k drops only bad lines" {
	some >some
	{ printf 'key\tvalue\n\n'; sed 's/$/\r/' some; } | reat-boxplot |
	    diff "$G/some.plain" -
	{ head -n 50 some; echo bad; printf 'x\tnan\n'; tail -n +51 some; } >in
	try reat-boxplot -k in
	[ "$status" -eq 1 ]
	diff "$G/some.plain" - <<<"$output"
	[ "$(wc -l <<<"$stderr")" -eq 2 ]
	# without -k, the lines before the bad one are drawn
	try reat-boxplot in
	[ "$status" -eq 1 ]
	[[ $stderr == 'reat-boxplot: in:51: 1 column'* ]]
	diff <(head -n 50 some | reat-boxplot) - <<<"$output"
}

@test "-t list lists the formats; other names are refused" {
	run reat-boxplot -t list
	[ "$status" -eq 0 ]
	[ "$(cut -d' ' -f1 <<<"$output" | paste -sd' ')" = 'ansi svg tsv' ]
	try reat-boxplot -t pdf
	[ "$status" -eq 2 ]
	[[ $stderr == *'"pdf", expected ansi, svg or tsv'* ]]
}

@test "a million values of many keys" {
	awk 'BEGIN { for (i = 0; i < 1000000; i++)
	    print "k" i % 1000 "\t" (i * 7919) % 10007 }' |
	    timeout 60 reat-boxplot -t tsv >got
	[ "$(wc -l <got)" -eq 1001 ]
	awk -F '\t' 'NR > 1 && $2 != 1000 { exit 1 }' got
}

@test "examples/tags-boxplot.sh: scores by tag, with all verbs together" {
	printf '%s\n' 'It is a good film .' 'It was a dull and bad film .' \
	    'She liked it and he hates it .' >texts
	run sh "$ROOT/examples/tags-boxplot.sh" -t tsv -n 2 sst2-gru texts
	[ "$status" -eq 0 ]
	cut -f 1,2 <<<"$output" >got
	grep -qx "VB\*$(printf '\t')4" got
	no grep -q '^VB[DZ]' got
	grep -qx "JJ$(printf '\t')2" got
}
