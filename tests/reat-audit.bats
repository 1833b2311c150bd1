# shellcheck disable=SC2154	# bats sets status, output, stderr
# reat-audit: words, their scores and their training texts.

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	# a: 3 of 3 texts no; b: 1 yes, 1 no; c: twice in one text
	printf '%s\n' 'a x\tno' 'A y\tno' 'a b\tno' 'b c c\tyes' \
	    'c\tyes' 'z\tyes' | sed 's/\\t/\t/' |
		reat-tokenize -f text,label >train
}

# rows DOC CLASS WORD:SCORE:TAG...: print the rows of a document
rows() {
	doc=$1 class=$2 t=0
	shift 2
	for word; do
		IFS=: read -r form score tag <<<"$word"
		t=$((t + 1))
		printf '%s\t' "$doc" "$class" word $t $t m reat "${tag:-_}" 0.5
		printf '%s\t%s\n' "$score" "$form"
	done
	for sum in text bias logit; do
		printf '%s\t' "$doc" "$class" $sum _ _ m reat _ 0.5 0
		echo _
	done
}

@test "numbers computed by hand" {
	{ rows 1 yes A:-1 b:0.5 a:-3
	rows 2 yes a:-2 c:1 new:4
	rows 3 yes a:2 c:1; } >s
	reat-audit train s >got
	# a: mean -1, sd sqrt(14/3), 3 of 4 below 0, 3 bits times 3 texts
	tr ' ' '\t' >want <<-END
		word class model method texts scores mean sd same train surprise weight no yes
		a yes m reat 3 4 -1 2.16025 0.75 3 3 9 3 0
		c yes m reat 2 2 1 0 1 2 2 4 0 2
		b yes m reat 1 1 0.5 0 1 2 0 0 1 1
		new yes m reat 1 1 4 0 1 0 0 0 0 0
	END
	diff want got
	reat-audit -H train s | diff <(sed 1d want) -
	reat-audit - s <train | diff want -
	reat-audit train <s | diff want -
	reat-audit train <(head -n 6 s) - < <(tail -n +7 s) | diff want -
	# the order of documents does not count for weights and counts
	{ rows 3 yes a:2 c:1; rows 2 yes a:-2 c:1 new:4
	rows 1 yes A:-1 b:0.5 a:-3; } | reat-audit train | diff want -
}

@test "surprise: unequal classes, and more than two" {
	printf '%s\n' 'a\tx' 'a\tx' 'b\tx' 'a\ty' 'b\tz' | sed 's/\\t/\t/' |
		reat-tokenize -f text,label >t
	rows 1 x a:1 b:1 | reat-audit -H t | cut -f1,11,13- >got
	awk 'function l(x) { return log(x) / log(2) }
	    BEGIN {
		printf "a\t%.6g\t2\t1\t0\n", 2 * l(2 / 3 * 5 / 3) + l(1 / 3 * 5)
		printf "b\t%.6g\t1\t0\t1\n", l(1 / 2 * 5 / 3) + l(1 / 2 * 5)
	}' | sort >want
	sort got | diff want -
}

@test "-n, -P and -c choose words and classes" {
	{ rows 1 yes a:-1:RB b:1:JJ c:1:RB; rows 1 no a:1:RB b:-1:JJ c:-1:RB
	rows 2 yes a:1:NN; } >s
	[ "$(reat-audit -H -c yes -n 2 train s | cut -f1 | tr '\n' ' ')" = 'c b ' ]
	[ -z "$(reat-audit -H -n 1 train s)" ]
	[ "$(reat-audit -H -c no -P RB train s | cut -f1,2,6 | tr '\n\t' '  ')" = \
	    'a no 1 c no 1 ' ]
	[ "$(reat-audit -H -c yes -P NN,JJ train s | cut -f1,6 | tr '\n\t' '  ')" = \
	    'a 1 b 1 ' ]
	# each class has a list of its own
	[ "$(reat-audit -H train s | cut -f2 | uniq -c | tr -s ' \n' ' ')" = \
	    ' 3 yes 3 no ' ]
	try reat-audit -c maybe train s
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-audit: s: no scores for class maybe' ]
}

@test "nothing to audit" {
	[ "$(reat-audit train </dev/null | wc -l)" -eq 1 ]
	[ -z "$(reat-audit -H -c yes train </dev/null)" ]
	reat-audit -t html train </dev/null >page
	[ "$(grep -c '<table>' page)" -eq 0 ]
	grep -q '</html>' page
}

@test "-k drops a bad text and a bad document" {
	{ rows 1 yes a:-1; rows 2 yes a:x; rows 3 yes a:-3; } >s
	try reat-audit -H train s
	[ "$status" -eq 1 ]
	# without -k what comes before
	[ "$(cut -f1,5,7,10 <<<"$output" | tr '\t' ' ')" = 'a 1 -1 3' ]
	sed '2,/^$/s/^# label.*/# no label/' train >t
	try reat-audit -H -k t s
	[ "$status" -eq 1 ]
	[ "$(cut -f1,5,7,10 <<<"$output" | tr '\t' ' ')" = 'a 2 -2 2' ]
	grep -q '^reat-audit: t:.*no label' <<<"$stderr"
	grep -q '^reat-audit: s:5: ' <<<"$stderr"
}

@test "a page: the rows, escaped; nothing is loaded" {
	{ rows 1 '<i>' 'a:-1' '<b>:2' 'c:0.5'; rows 1 yes a:-1; } |
		reat-audit -t html train >page
	[ "$(grep -c '<th scope="row">' page)" -eq 4 ]
	[ "$(grep -c '<table>' page)" -eq 2 ]
	grep -q 'class <bdi>&lt;i&gt;</bdi>' page
	grep -q '<bdi>&lt;b&gt;</bdi>' page
	run ! grep -Eq '<script|<b>\W|src=|href=|url\(' page
	grep -q "default-src 'none'" page
	# a: 3 texts of no, none of yes, 3 bits
	row=$(grep -m 1 '<bdi>a</bdi>' page)
	[[ $row == *'<bdi>no</bdi> <b>3</b>'*'<bdi>yes</bdi> <b>0</b>'*'>3.0</td>'* ]]
	[[ $row == *'−1.00'*'1 of 1'* ]]
	# many words: the first 500, and how many there are more
	# shellcheck disable=SC2046	# words
	rows 1 yes $(seq -f 'w%.0f:1' 700) >s
	reat-audit -t html train s >page
	[ "$(grep -c '<th scope="row">' page)" -eq 500 ]
	grep -q '200 more words' page
}

@test "SST-2: terribly is among the first adverbs of few training texts" {
	need_data sst2/train.tsv
	for part in train dev test; do
		{ cat "$DATA/sst2/$part.tsv"; echo; } | awk -F '\t' 'NF == 2 {
			print $1 "\t" ($2 == 1 ? "positive" : "negative") "\t" p NR
		    }' p=$part - | reat-tokenize -r split -f text,label,id \
			>$part.tok
	done
	cat dev.tok test.tok | reat-tag >t
	reat-score -m sst2-gru -c positive -l word t >reat
	reat-grad -a skip -m sst2-gru -c positive -l word t >skip
	# its places are those of the manual
	for s in reat:13 skip:4; do
		reat-audit -H -P RB -n 10 train.tok "${s%:*}" >rows
		[ "$(wc -l <rows)" -eq 439 ]
		# in 5 training texts, all negative
		sed -n "${s#*:}p" rows | cut -f 1,10,13,14 | tr '\t' ' ' |
			grep -qx 'terribly 5 0 5'
	done
}
