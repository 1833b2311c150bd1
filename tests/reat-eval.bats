load helper

GOLDEN=$ROOT/tests/golden/eval
MODEL=$ROOT/tests/contract/model

setup() {
	cd "$BATS_TEST_TMPDIR"
}

# row DOC CLASS LEVEL FIRST LAST METHOD TAG PROB SCORE TEXT
row() {
	printf '%s\t%s\t%s\t%s\t%s\tm\t%s\t%s\t%s\t%s\t%s\n' "$@"
}

# words DOC CLASS METHOD WORD/TAG/SCORE...: print the rows of words and sums
words() {
	local doc=$1 class=$2 method=$3 i=0 word tag score
	shift 3
	for a; do
		i=$((i + 1))
		IFS=/ read -r word tag score <<<"$a"
		row "$doc" "$class" word $i $i "$method" "$tag" 0.6 "$score" \
			"$word"
	done | awk -F'\t' -v OFS='\t' '
		{ print; sum += $10 }
		END { $3 = "text"; $4 = $5 = $8 = $11 = "_"; $10 = sum; print }
		' | whole
}

# value METHOD [AT]: print the number of texts and the value in the file out
value() {
	awk -F'\t' -v m="$1" -v at="${2:-_}" '
		$4 == m && $2 == at { print $5, $6 }' out
}

@test "ERASER and Spearman: an independent computation" {
	for m in one two; do
		reat-erase -K top -n 1%,5%,10%,20%,50% "$GOLDEN/$m.score" \
			"$GOLDEN/docs.tok" | reat-predict -m "$MODEL/" >$m
	done
	{
		reat-eval -n 10 -a comprehensiveness one=one two=two
		reat-eval -n 10 -a sufficiency one=one two=two
		reat-eval -n 10 -a agreement "$GOLDEN/one.score" \
			"$GOLDEN/two.score"
		reat-eval -n 10 -a correlation "$GOLDEN/one.score" \
			"$GOLDEN/two.score"
	} >out
	run awk -F'\t' '
		FILENAME ~ /expected/ { want[$1, $2, $3] = $4; n++; next }
		($1, $2, $4) in want {
			d = $6 - want[$1, $2, $4]
			if (d * d > 1e-12) print
			seen++
		}
		END { print seen, n }' "$GOLDEN/expected.tsv" out
	[ "$output" = '27 27' ]
}

@test "the golden files are those that their generator makes" {
	python=${REAT_PEERS:-python3}
	"$python" -c 'import numpy' 2>/dev/null || skip "no $python with numpy"
	(cd "$ROOT" && "$python" "$GOLDEN/make.py" "$BATS_TEST_TMPDIR")
	for f in docs.tok one.score two.score; do
		cmp $f "$GOLDEN/$f"
	done
	# numbers agree except for the rounding of another NumPy
	paste expected.tsv "$GOLDEN/expected.tsv" | awk -F'\t' '
		{ d = $4 - $8 }
		$1 FS $2 FS $3 != $5 FS $6 FS $7 || d * d > 1e-13 { exit 1 }'
}

@test "measures of models are those of scikit-learn" {
	M=$ROOT/tests/golden/models
	for a in accuracy confusion precision recall f1 macro-f1 \
	    cross-entropy calibration reliability; do
		reat-eval -n 10 -a $a one="$M/one.tsv" two="$M/two.tsv"
	done >out
	run awk -F'\t' '
		FILENAME ~ /expected/ { want[$1, $2, $3] = $4; n++; next }
		$5 == 0 || $4 == "one:two" { next }
		$5 > 0 && !(($1, $2, $4) in want) && $1 != "measure" { print }
		($1, $2, $4) in want {
			d = $6 - want[$1, $2, $4]
			if (d * d > 1e-13) print
			seen++
		}
		END { print seen, n }' "$M/expected.tsv" out
	[ "$output" = '99 99' ]
	python=${REAT_PEERS:-python3}
	"$python" -c 'import sklearn' 2>/dev/null ||
		skip "the generator: no $python with scikit-learn"
	(cd "$ROOT" && "$python" "$M/make.py" "$BATS_TEST_TMPDIR")
	cmp one.tsv "$M/one.tsv"
	paste expected.tsv "$M/expected.tsv" | awk -F'\t' '
		{ d = $4 - $8 }
		$1 FS $2 FS $3 != $5 FS $6 FS $7 || d * d > 1e-13 { exit 1 }'
}

@test "measures of models: comparisons over all texts, by hand" {
	table() {
		printf 'doc\tlabel\tpredicted\tx\ty\n'
		for r in "$@"; do
			IFS=/ read -r doc label p <<<"$r"
			awk -v d="$doc" -v l="$label" -v p="$p" 'BEGIN {
				print d "\t" l "\t" (p >= .5 ? "x" : "y") \
				    "\t" p "\t" 1 - p }'
		done
	}
	table a/x/1 b/x/0.75 c/y/0.75 d/y/0.25 >one
	table a/x/1 b/x/0.25 c/y/0.25 e/y/0.25 >two
	reat-eval -a accuracy one two >out
	[ "$(value one)" = '4 0.75' ] && [ "$(value two)" = '4 0.75' ]
	[ "$(value one:two)" = '3 0' ]
	# x is predicted for a, b, c by one and for a by two
	reat-eval -a precision one two >out
	[ "$(value one x)" = '4 0.6666667' ]
	[ "$(value two x)" = '4 1' ]
	[ "$(value one:two x)" = '3 -0.33333334' ]
	reat-eval -a f1 one two >out
	[ "$(value one x)" = '4 0.8' ]
	# gaps: a 0; b .25, c -.75, d .25 in one bin
	reat-eval -a calibration one >out
	[ "$(value one)" = '4 0.0625' ]
	reat-eval -a reliability one two >out
	[ "$(value one 0.733-0.800)" = '3 -0.083333336' ]
	[ "$(value one 0.933-1.000)" = '1 0' ]
	run ! grep one:two out
	reat-eval -a confusion - <one >out
	[ "$(value _ y:x)" = '2 0.5' ]
	cmp out <(reat-eval -a confusion <one)
	# -k leaves out what has no label
	{ cat one; printf 'z\t_\tx\t1\t0\n'; } >three
	try reat-eval -k -a accuracy three
	[ "$status" -eq 1 ] && [[ $output == *$'three\t4\t0.75'* ]]
	[ "$stderr" = 'reat-eval: three:6: z has no label, expected one of the classes' ]
}

@test "faithfulness: by hand, with the rows second and best" {
	{
		row a pos clause 1 2 omit C 0.9 0.5 x
		row a pos clause 3 4 omit C 0.9 0.125 x
		row b pos clause 1 1 omit C 0.8 -0.25 x
		row b pos clause 2 2 omit C 0.8 0.25 x
		row c neg clause 1 1 omit C 0.8 1 x
	} | whole >omit
	{
		row a pos clause 1 2 M C 0.9 1 x
		row a pos clause 3 4 M C 0.9 2 x
		row a neg clause 1 2 M C 0.1 9 x
		row b pos clause 1 1 M C 0.8 -3 x
		row b pos clause 2 2 M C 0.8 -3 x
		row c neg clause 1 1 M C 0.8 7 x
	} | whole >scores
	reat-eval -a faithfulness -l clause omit scores >out
	# M: .125, -.25 (a tie: the first), 1;  second: .125, .25
	[ "$(value M)" = '3 0.29166666' ]
	[ "$(value second)" = '2 0.1875' ]
	[ "$(value best)" = '3 0.5833333' ]
	# a span that the truth lacks
	sed -i '$d' scores
	row c neg clause 2 2 M C 0.8 9 x | whole >>scores
	try reat-eval -a faithfulness -l clause omit scores
	[ "$status" -eq 1 ]
	[[ $stderr == *'c: the first stream has no score of clause 2 to 2, class neg'* ]]
	[ -z "$output" ]
	# a span that the scores lack
	sed -i '/^c/d;/^b.*\t2\t2\t/d' scores
	try reat-eval -a faithfulness -l clause omit scores
	[ "$status" -eq 1 ]
	[[ $stderr == *'b has 1 scores of level clause, but the first stream has 2'* ]]
}

@test "the same names, but other texts" {
	words a pos M x/_/0.1 y/_/0.2 >first
	words a pos M x/_/0.1 z/_/0.2 >other
	for a in agreement faithfulness; do
		reat-eval -H -a $a first first >/dev/null
		try reat-eval -H -a $a first other
		[ "$status" -eq 1 ]
		[ -z "$output" ]
		[[ $stderr == "reat-eval: other:1: a: word 2 to 2 is \"z\" here and \"y\" in the first stream: these are different texts" ]]
	done
	for a in sign pointing; do
		reat-eval -H -a $a first first >/dev/null
		try reat-eval -H -a $a first other
		[ "$status" -eq 1 ]
		[ -z "$output" ]
		[[ $stderr == "reat-eval: other:1: a: word 2 is \"z\" here and \"y\" in the first stream: these are different texts" ]]
		# labels without words
		sed 's/[xy]$/_/' first >labels
		reat-eval -H -a $a labels other >/dev/null
	done
}

@test "a text that a method has no scores of" {
	words a pos M x/_/0.1 y/_/0.2 >a
	words b pos M x/_/0.1 y/_/0.2 >b
	words b pos N x/_/0.2 y/_/0.1 >bN
	cat a b >first
	for a in agreement faithfulness pointing sign; do
		try reat-eval -a $a first a
		[ "$status" -eq 1 ]
		[ -z "$output" ]
		[[ $stderr == "reat-eval: first:"*": no scores for b from model m, method M; every text of the first stream needs them" ]]
		try reat-eval -k -H -a $a first a bN
		[ "$status" -eq 1 ]
		[ "${#stderr_lines[@]}" -eq 2 ]
		[ "$(cut -f 4,5 <<<"$output" | grep -c '^[MN]	1$')" -eq 2 ]
		# no scores at all
		try reat-eval -a $a first /dev/null
		[ "$status" -eq 1 ]
		[[ $stderr == "reat-eval: first:1: no scores after this stream; scores of a method for its texts are needed" ]]
	done
}

@test "-k: bad documents of the first stream, bad rows of a table" {
	words a pos M x/_/0.1 y/_/0.2 >a
	words b pos M x/_/0.2 y/_/0.1 >b
	sed '1s/0\.1/nan/' a | cat - b >bad
	sed '$d' a | cat - b >part
	cat a b >good
	cat a b a >again
	for f in bad part again; do
		for a in agreement faithfulness; do
			try reat-eval -H -a $a $f good
			[ "$status" -eq 1 ]
			[ -z "$output" ]
			try reat-eval -k -H -a $a $f good
			[ "$status" -eq 1 ]
			[ "${#stderr_lines[@]}" -eq 1 ]
			n=$(awk -F'\t' '$4 == "M" { print $5 }' <<<"$output")
			case $f in
			again) [ "$n" -eq 2 ] ;;
			*) [ "$n" -eq 1 ] ;;
			esac
		done
	done
	h=$'doc\tlabel\tpredicted\tneg\tpos'
	{
		echo "$h"
		for i in 1 2 3; do
			printf '%s\t_\tpos\t0.25\t0.75\n' $i $i~+1~2
		done
	} >whole
	for edit in '2s/0.75/nan/' '2s/0.75/1.6/' '2s/pos/good/' '2s/..pos//' \
	    '3s/0.75/nan/' '3s/pos/good/'; do
		sed "$edit" whole >table
		for tables in "w=whole r=table" "r=table w=whole"; do
			# shellcheck disable=SC2086
			try reat-eval -H -a sufficiency $tables
			[ "$status" -eq 1 ]
			[ -z "$output" ]
			# shellcheck disable=SC2086
			try reat-eval -k -H -a sufficiency $tables
			[ "$status" -eq 1 ]
			[ "${#stderr_lines[@]}" -eq 1 ]
			[[ $stderr == "reat-eval: table:${edit%%s*}: "* ]]
			[ "$(cut -f 5 <<<"$output" | uniq)" = 2 ]
		done
	done
	# the first of two rows counts
	{ cat whole; printf '1\t_\tpos\t0\t1\n'; } >table
	try reat-eval -k -H -a sufficiency r=table
	[ "$status" -eq 1 ]
	[ "$(cut -f 4-6 <<<"$output")" = $'r\t3\t0' ]
	# other classes, because of another model
	sed 's/neg/bad/' whole >table
	try reat-eval -k -H -a sufficiency w=whole r=table
	[ "$status" -eq 1 ]
	[ -z "$output" ]
	[[ $stderr == "reat-eval: table: its classes are not those of the first table" ]]
}

@test "two files from standard input" {
	words a pos M x/_/0.1 y/_/0.2 >a
	printf '%s\t%s\t%s\t%s\n' doc label predicted pos 1 _ pos 1 \
		1~+1~2 _ pos 1 >table
	for files in - '- -' '- a -'; do
		# shellcheck disable=SC2086
		try reat-eval -a agreement $files <a
		[ "$status" -eq 2 ]
		[[ $stderr == *"two files cannot both be the standard input"* ]]
	done
	try reat-eval -a sufficiency q=- r=- <table
	[ "$status" -eq 2 ]
	[[ $stderr == *"two files cannot both be the standard input"* ]]
	reat-eval -a agreement - a <a >/dev/null
	reat-eval -a sufficiency q=- r=table <table >/dev/null
}

@test "interpretability: a text without tags" {
	echo good >pos
	echo bad >neg
	echo 'A good but bad film' | reat-tokenize |
		reat-score -m sst2-gru -c positive -l word >untagged
	try reat-eval -a interpretability -r pos,neg untagged
	[ "$status" -eq 1 ]
	[ -z "$output" ]
	[[ $stderr == "reat-eval: untagged:2: 1: no word has a tag; use reat-tag before the scores are computed" ]]
}

@test "faithfulness: the first stream must have probabilities" {
	row a pos word 1 1 omit _ 0.9 0.5 x | whole >omit
	reat-eval -H -a faithfulness omit omit
	for edit in 's/0.5\tx/1.5\tx/' 's/0.9\t_$/0.8\t_/'; do
		sed "$edit" omit >logits
		try reat-eval -H -a faithfulness logits omit
		[ "$status" -eq 1 ]
		[ -z "$output" ]
		[[ $stderr == *'logits:1: a, class pos: score '*' is not one of prob'* ]]
	done
}

@test "a first stream or scores that are not whole" {
	words a pos M x/_/1 y/_/2 z/_/3 >good
	sed '$d' good >part
	sed 2p good >twice
	sed 1d good >missing
	for f in part:4 twice:3 missing:1; do
		at=$f f=${f%:*}
		for a in agreement faithfulness; do
			try reat-eval -H -a $a good $f
			[ "$status" -eq 1 ]
			[ -z "$output" ]
			try reat-eval -H -a $a $f good
			[ "$status" -eq 1 ]
			[ -z "$output" ]
		done
		try reat-eval -H -a pointing good $f
		[ "$status" -eq 1 ]
		[[ $stderr == "reat-eval: $at: "* ]]
	done
	# the last word is missing, which only the first stream shows
	sed 3d good >last
	try reat-eval -H -a agreement good last
	[ "$status" -eq 1 ]
	[[ $stderr == *'last:1: a has 2 scores of level word, but the first stream has 3'* ]]
}

@test "-k: a text that a table lacks, one too many, a shorter table" {
	h=$'doc\tlabel\tpredicted\tneg\tpos'
	{
		echo "$h"
		for i in 1 2 3 4; do
			printf '%s\t_\tpos\t%s\n' $i $'0.25\t0.75' \
				$i~-1~2 $'0.5\t0.5' $i~+1~1,3 $'0.5\t0.5'
		done
	} >s
	sed 's/^2/9/' s >other
	sed /^1/d s >shorter
	sed '/^1~/d' s >less
	try reat-eval -H -a comprehensiveness s=s r=other
	[ "$status" -eq 1 ]
	[ -z "$output" ]
	for a in comprehensiveness sufficiency; do
		try reat-eval -k -H -a $a s=s r=other
		[ "$status" -eq 1 ]
		[ "$(cut -f 4-6 <<<"$output" | tr '\t\n' ' ,')" = \
			's 3 0.25,r 3 0.25,s:r 3 0,' ]
		[[ $stderr == *'other: 9 is not in the first table'* ]]
		[[ $stderr == *'other: 2 is missing; the first table has it'* ]]
		for f in shorter less; do
			try reat-eval -k -H -a $a s=s r=$f
			[ "$status" -eq 1 ]
			[ "${#stderr_lines[@]}" -eq 1 ]
			[ "$(cut -f 4-6 <<<"$output")" = \
				$'s\t3\t0.25\nr\t3\t0.25\ns:r\t3\t0' ]
		done
		[[ $stderr == 'reat-eval: less:2: 1 has not the remainders'* ]]
	done
	sed '/~/s/0.5$/0.625/' s >half
	try reat-eval -k -H -a normalised s=half r=other
	[ "$status" -eq 1 ]
	[ "$(sed -n 2p <<<"$output" | cut -f 4-6)" = $'r\t3\t1' ]
}

@test "faithfulness has the value of erasing and predicting" {
	printf '%s\n' 'The fight scenes are fun but it grows tedious' \
		'A dull start , but it is charming' 'Nothing but fun' |
		reat-tokenize | reat-tag | reat-chunk >tok
	reat-occlude -a omit -y -l clause -m sst2-gru tok >omit
	for m in reat naive; do
		reat-score -a $m -l clause -m sst2-gru tok >$m
		reat-erase -K top -l clause $m tok |
			reat-predict -m sst2-gru >$m.left
	done
	reat-eval -n 10 -a faithfulness -l clause omit reat naive >out
	reat-eval -n 10 -a comprehensiveness reat=reat.left \
		naive=naive.left >other
	for m in reat naive; do
		run awk -F'\t' -v m=$m '$4 == m { v[++n] = $6 }
			END { d = v[1] - v[2]; print n, d * d < 1e-12 }' \
			out other
		[ "$output" = '2 1' ]
	done
}

@test "interpretability: by hand" {
	printf ';\nGood\nfine\nboth\n' >pos
	printf '; x\nbad\n\nboth\n' >neg
	{
		words a positive M good/JJ/2 and/CC/9 bad/JJ/1
		words b positive M good/JJ/1 bad/JJR/1		# a tie
		words c positive M good/JJ/1 fine/JJ/0 bad/JJ/-1	# two
		words d positive M good/NN/1 bad/JJ/-1		# no JJ
		words e positive M both/JJ/5 fine/JJ/0 BAD/JJS/-1
		words f positive M Good/JJ/-1 bad/JJ/1
	} >scores
	reat-eval -a interpretability -r pos,neg scores >out
	[ "$(value M)" = '4 0.5' ]
	try reat-eval -a interpretability -r pos,neg -c other scores
	[ "$status" -eq 1 ]
	[[ $stderr == *'scores:1: a has no scores of class other'* ]]
}

@test "completeness: by hand" {
	{
		words a pos M x/_/3 y/_/-1 | grep word
		row a pos text _ _ M _ 0.6 2 _
		row a pos bias _ _ M _ 0.6 1 _
		row a pos logit _ _ M _ 0.6 2 _
		row b pos text _ _ M _ 0.6 0 _
		row b pos bias _ _ M _ 0.6 1 _
		row b pos logit _ _ M _ 0.6 1 _
	} >scores
	reat-eval -a completeness scores >out
	[ "$(value M)" = '2 0.125' ]
	sed -i '/b.*bias/d' scores
	try reat-eval -a completeness scores
	[ "$status" -eq 1 ]
	[[ $stderr == *'b, class pos: no row of level bias; completeness needs text, bias and logit' ]]
}

@test "agreement: ranks of ties are averaged, undefined texts are left out" {
	{
		words a pos T x/_/1 x/_/2 x/_/3
		words b pos T x/_/1 x/_/1 x/_/2
		words c pos T x/_/1
		words d pos T x/_/1 x/_/1
	} >truth
	{
		words a pos M x/_/3 x/_/2 x/_/1
		words b pos M x/_/1 x/_/2 x/_/3
		words c pos M x/_/1
		words d pos M x/_/1 x/_/2
	} >scores
	reat-eval -a agreement truth scores >out
	# -1 and sqrt(3)/2
	[ "$(value M)" = '2 -0.0669873' ] || { cat out; false; }
}

@test "faithfulness and agreement of spans that overlap" {
	{
		row a pos span 1 2 omit _ 0.9 0.5 x
		row a pos span 1 3 omit _ 0.9 0.25 x
		row a pos span 2 4 omit NP 0.9 0.125 x
		row b pos word 1 1 omit _ 0.8 0.5 x
	} | whole >omit
	{
		row a pos span 2 4 M NP 0.9 1 x
		row a pos span 1 3 M _ 0.9 2 x
		row a pos span 1 2 M _ 0.9 3 x
		row b pos word 1 1 M _ 0.8 0.5 x
	} | whole >scores
	reat-eval -a agreement -l span omit scores >out
	[ "$(value M)" = '1 1' ]
	reat-eval -a faithfulness -l span omit scores >out
	[ "$(value M)" = '1 0.5' ]
	[ "$(value second)" = '1 0.25' ]
	# a span that the other stream lacks
	grep -v '^a.*1	3' scores >less
	try reat-eval -a agreement -l span omit less
	[ "$status" -eq 1 ]
	[[ $stderr == *'a has 2 scores of level span, but the first stream has 3' ]]
	grep -v '^a.*	span' scores >less
	try reat-eval -a agreement -l span omit less
	[ "$status" -eq 1 ]
	[[ $stderr == *'a has 0 scores of level span, but the first stream has 3' ]]
	try reat-eval -a agreement -l span less scores
	[ "$status" -eq 1 ]
	[[ $stderr == *'the first stream has no score of span 1 to 2'* ]]
}

@test "correlation: over the spans of all texts; scale and place do not matter" {
	{
		words a pos T x/_/1 x/_/2 x/_/3
		words b pos T x/_/4
		words c pos T x/_/6 x/_/2
	} >truth
	{
		words a pos M x/_/10 x/_/30 x/_/20
		words b pos M x/_/50
		words c pos M x/_/40 x/_/-20
		# the same scores, in other numbers
		words a pos N x/_/1000.1 x/_/1000.3 x/_/1000.2
		words b pos N x/_/1000.5
		words c pos N x/_/1000.4 x/_/999.8
		words a pos Z x/_/7 x/_/7 x/_/7
		words b pos Z x/_/7
		words c pos Z x/_/7 x/_/7
	} | sort -s -k 1,1 >scores
	reat-eval -a correlation truth scores >out
	# of 1 2 3 4 6 2 with 10 30 20 50 40 -20, and of their ranks
	[ "$(value M pearson)" = '3 0.63031524' ] || { cat out; false; }
	[ "$(value M spearman)" = '3 0.75370234' ]
	# single precision rounds 1000.1
	awk -F'\t' '$4 == "N" && $2 == "pearson" && ($6 - 0.6303 > 0.001 || 0.6303 - $6 > 0.001) {
		exit 1 }' out
	[ "$(value N spearman)" = '3 0.75370234' ]
	# a method that gives all spans one score has no correlation
	[ "$(value Z pearson)" = '0 _' ]
	[ "$(awk -F'\t' '$4 == "M:N" && $2 == "spearman" { print $6, $9 }' out)" \
		= '0 1' ]
}

@test "correlation: a text of the first file without scores, and one twice" {
	words a pos T x/_/1 x/_/2 >truth
	words b pos T x/_/4 >>truth
	words a pos M x/_/1 x/_/2 >scores
	try reat-eval -a correlation truth scores
	[ "$status" -eq 1 ]
	[[ $stderr == *'no scores for b from model '* ]]
	words b pos M x/_/1 >>scores
	cat scores scores >twice
	try reat-eval -a correlation truth twice
	[ "$status" -eq 1 ]
	[[ $stderr == *'the scores of a by M occur twice' ]]
}

@test "words of skip do not add up to row text: no measure takes that for a fault" {
	{
		words a pos T x/_/1 x/_/2
	} >truth
	words a pos skip x/_/1 x/_/2 | awk -F'\t' -v OFS='\t' '
		$3 == "text" { $10 = 7; $11 = "the whole text, not a sum" }
		$3 == "logit" {
			$10 = 7
			bias = $0
			sub(/logit/, "bias", bias)
			sub(/\t7\t/, "\t0\t", bias)
			print bias
		} 1' >scores
	reat-eval -a sign truth scores >out
	[ "$(value skip word)" = '1 1' ]
	reat-eval -a completeness scores >out
	[ "$(value skip)" = '1 1.3333334' ]
	sed 's/the whole text, not a sum/_/' scores >scores.sum
	try reat-eval -a sign truth scores.sum
	[ "$status" -eq 1 ]
	[[ $stderr == *'the scores of the words add up to 3, but row text has 7'* ]]
}

@test "sign: labelled phrases, by level" {
	{
		row a positive word 1 1 gold _ 1 1 x
		row a positive word 2 2 gold _ 1 -2 x
		row a positive word 3 3 gold _ 1 0 x
		row a positive tree 1 2 gold _ 1 -1 x
		row a positive tree 1 3 gold _ 1 1 x
		row b positive tree 1 1 gold _ 1 1 x
	} >truth
	{
		words a negative M x/_/-9 x/_/-9 x/_/-9
		words a positive M x/_/1 x/_/2 x/_/-5
		words b positive M x/_/3
		words z positive M x/_/3
	} >scores
	reat-eval -a sign truth scores >out
	[ "$(value M word)" = '1 0.5' ]
	[ "$(value M tree)" = '2 0.33333334' ]
	sed -i '/^b/d;/^z/d' scores
	words b negative M x/_/3 >>scores
	try reat-eval -a sign truth scores
	[ "$status" -eq 1 ]
	[[ $stderr == *'b, class positive: scores of 0 words, but the text has at least 1'* ]]
}

@test "pointing, sign, interpretability: the last word's row is missing" {
	echo fun >pos
	echo dull >neg
	words a positive M the/DT/1 fun/JJ/2 dull/JJ/-3 now/RB/0.5 >good
	row a positive part 1 2 gold _ 1 1 _ >truth
	sed '/\tnow$/d' good >last
	sed '/\(now\|dull\)$/d' good >two
	sed '/\ttext\t/d' good >sumless
	for a in pointing sign interpretability; do
		f=truth
		[ $a != interpretability ] || f='-r pos,neg'
		# shellcheck disable=SC2086
		reat-eval -H -a $a $f good
		for s in last two; do
			# shellcheck disable=SC2086
			try reat-eval -H -a $a $f $s
			[ "$status" -eq 1 ]
			[ -z "$output" ]
			[ "${#stderr_lines[@]}" -eq 1 ]
			[[ $stderr == "reat-eval: $s:1: a, class positive: the scores of the words add up to "*', but row text has 0.5; a word may be missing' ]]
		done
		# shellcheck disable=SC2086
		try reat-eval -H -a $a $f sumless
		[ "$status" -eq 1 ]
		[[ $stderr == *'sumless:1: a, class positive: no row of level text, the sum of all words' ]]
		# another level ends later, and the words add up
		{ sed '$d' good; row a positive phrase 1 5 M NP 0.6 9 x; } |
			whole >level
		# shellcheck disable=SC2086
		try reat-eval -H -a $a $f level
		[ "$status" -eq 1 ]
		[[ $stderr == *'level:1: a, class positive: scores of 4 words, but the text has at least 5' ]]
		# no words at all
		sed '/\tword\t/d' level >none
		# shellcheck disable=SC2086
		try reat-eval -H -a $a $f none
		[ "$status" -eq 1 ]
		[[ $stderr == *'none:1: a, class positive: scores of 0 words, but the text has at least 5' ]]
		# -k measures the good documents
		sed 's/^a/b/' last | cat - good >both
		sed 's/^a/b/' truth | cat - truth >truths
		[ $a = interpretability ] || f=truths
		# shellcheck disable=SC2086
		try reat-eval -k -H -a $a $f both
		[ "$status" -eq 1 ]
		[ "$(cut -f 5 <<<"$output")" = 1 ]
		# the rows of other classes are not measured
		{ cat good; sed 's/positive/other/;s/0\.6/0.4/' last; } >classes
		[ $a = interpretability ] || f=truth
		# shellcheck disable=SC2086
		reat-eval -H -a $a $f classes
	done
	# parts beyond the words
	row a positive part 1 5 gold _ 1 1 _ >truth
	for a in pointing sign; do
		try reat-eval -H -a $a truth good
		[ "$status" -eq 1 ]
		[[ $stderr == *'good:1: a, class positive: scores of 4 words, but the text has at least 5' ]]
	done
}

@test "pointing, sign, interpretability: all methods' streams are whole" {
	echo fun >pos
	echo dull >neg
	printf '%s\n' 'The fight scenes are fun but it grows dull' '' \
		'A dull start , but it is fun .' | reat-tokenize |
		reat-tag | reat-chunk >tok
	awk -v OFS='\t' '/^# sent_id/ { id = $4 } /^1\t/ {
		print id, "positive", "part", 1, 3, "m", "gold", "_", 1, 1, "_"
		}' tok >truth
	M='-c positive -m sst2-gru'
	# shellcheck disable=SC2086
	{
		for l in '' '-l word' '-l word,clause' '-l clause,word'; do
			for a in reat naive shapley frozen-omit; do
				reat-score -a $a $l $M tok
			done | sed 's/reat/score/'
			for a in ig gradxinput grad; do
				reat-grad -a $a $l $M tok
			done
			for a in omit occlude; do
				reat-occlude -a $a $l $M tok
			done
			reat-lime -n 200,3 $l $M tok
			echo end
		done
	} | csplit -s -z - '/^end$/' '{*}'
	for f in xx0[0-3]; do
		sed -i '/^end$/d' $f
		reat-eval -H -a interpretability -r pos,neg $f >out
		[ "$(wc -l <out)" -ge 20 ]
		reat-eval -H -a sign truth $f >out
		sed '/^2/d' $f | reat-eval -H -a pointing truth >out
	done
}

@test "pointing: hybrid documents" {
	{
		row a pos sentence 1 2 gold S 1 1 x
		row a neg sentence 3 4 gold S 1 1 x
		row b neg sentence 1 1 gold S 1 1 x
		row c pos sentence 1 1 gold S 1 1 x
		row c neg sentence 2 2 gold S 1 1 x
	} >truth
	{
		words a pos M x/_/1 x/_/4 x/_/4 x/_/0	# a tie: the first
		words b pos M x/_/1			# no part of pos
		words c pos M x/_/1 x/_/2
	} >scores
	reat-eval -a pointing truth scores >out
	[ "$(value M)" = '2 0.5' ]
}

@test "normalised: between low and high" {
	h=$'doc\tlabel\tpredicted\tneg\tpos'
	# probabilities of pos for a and of neg for b
	left() {
		printf '%s\n' "$h" $'a\t_\tpos\t0.1\t0.9' \
			"a~-1~2"$'\t_\tpos\t0\t'"$1" \
			$'b\t_\tneg\t0.8\t0.2' \
			"b~-1~2"$'\t_\tneg\t'"$2"$'\t0'
	}
	left 0.9 0.8 >low
	left 0.1 0.4 >high
	left 0.7 0.5 >M
	reat-eval -a normalised low=low M=M high=high >out
	# a: .2 of .8, b: .3 of .4
	[ "$(value M aopc)" = '2 0.5' ]
	[ "$(value low aopc)" = '2 0' ]
	[ "$(value high aopc)" = '2 1' ]
	[ "$(wc -l <out)" -eq 7 ]
	try reat-eval -a normalised M=M
	[ "$status" -eq 2 ]
	[[ $stderr == *'too few files; normalised reads '*' of two methods or more'* ]]
	sed 's/~-1~/~-1,2~/' M >two
	try reat-eval -a normalised M=two low=low
	[ "$status" -eq 1 ]
	[[ $stderr == *'low:2: a has not the remainders without top words that the first text has; all'* ]]
	for a in normalised sufficiency; do
		try reat-eval -a $a M=M M=low
		[ "$status" -eq 2 ]
		[[ $stderr == *': M occurs twice'* ]]
	done
}

@test "intervals and tests: by hand, seeded" {
	# ten texts, A is better than B by 1 in each: of 2^10 exchanges 2 are
	# as large
	for i in 1 2 3 4 5 6 7 8 9 10; do
		row d$i pos clause 1 1 omit C 0.9 1 x
		row d$i pos clause 2 2 omit C 0.9 0 x
		row d$i pos clause 1 1 A C 0.9 1 x >>a
		row d$i pos clause 2 2 A C 0.9 0 x >>a
		row d$i pos clause 1 1 B C 0.9 0 x >>b
		row d$i pos clause 2 2 B C 0.9 1 x >>b
	done | whole >omit
	whole <a >A
	whole <b >B
	reat-eval -n 100000 -a faithfulness -l clause omit A B >out
	run awk -F'\t' '$4 == "A:B" { d = $9 - 2 / 1024
		print $5, $6, $7, $8, d * d < 1e-6 }' out
	[ "$output" = '10 1 1 1 1' ]
	# a mean of 0 and 1: the interval of a binomial of 10 at one half
	sed -i '1,10s/\(pos.*\)1\tx/\10\tx/' A
	for i in 1 2 3 4 5; do
		sed -i "/^d$i\t.*\t2\t2\t/s/0\tx/1\tx/" omit
		sed -i "/^d$i\t.*\t1\t1\t/s/1\tx/0\tx/" omit
	done
	reat-eval -n 100000 -a faithfulness -l clause omit B >out
	run awk -F'\t' '$4 == "B" { print $6, $7, $8 }' out
	[ "$output" = '0.5 0.2 0.8' ]
	reat-eval -n 50 -a faithfulness -l clause omit B >a
	reat-eval -n 50 -a faithfulness -l clause omit B | cmp - a
}

@test "-k measures the good documents; without it nothing is printed" {
	{
		words a pos M x/_/3 | grep word
		row a pos text _ _ M _ 0.6 3 _
		row a pos bias _ _ M _ 0.6 0 _
		row a pos logit _ _ M _ 0.6 3 _
	} >scores
	sed 's/^a/b/;s/0.6/6/' scores | cat - ./scores >both
	try reat-eval -H -a completeness both
	[ "$status" -eq 1 ]
	[ -z "$output" ]
	try reat-eval -k -H -a completeness both
	[ "$status" -eq 1 ]
	[[ $output == completeness*M$'\t1\t0\t'* ]]
	[ "$(grep -c . <<<"$stderr")" -eq 1 ]
	# the same method again is no second opinion
	cat scores scores >again
	sed 's/^a/z/' scores >between
	try reat-eval -a completeness scores between scores
	[ "$status" -eq 1 ]
	[[ $stderr == *'scores of a by M occur twice'* ]]
}

@test "no texts: a header and no rows; /dev/full" {
	run reat-eval -a completeness /dev/null
	[ "$output" = $'measure\tat\tmodel\tmethod\ttexts\tvalue\tlow\thigh\tp' ]
	try sh -c 'reat-eval -a completeness /dev/null >/dev/full'
	[ "$status" -eq 2 ]
}

@test "the man page and -a list have the same measures" {
	diff <(reat-eval -a list | cut -d ' ' -f 1 | sort) \
		<(sed -n 's/^\.It Cm \([a-z1-]*\)$/\1/p' \
		"$ROOT/man/reat-eval.1" | sort)
}

@test "examples/trees.sh: words and signs of trees" {
	echo '(3 (2 It) (4 (2 (2 is) (1 not)) (3 Fun)))' |
		sh "$ROOT/examples/trees.sh" tok signs
	run cut -f 2 tok
	[ "$output" = $'# sent_id = 1\n# label = positive\nit\nis\nnot\nfun' ]
	run awk -F'\t' 'NR > 1 { print $3, $4, $5, $10 }' signs
	[ "$output" = 'word 1 1 0
word 2 2 0
word 3 3 -1
phrase 2 3 0
word 4 4 1
phrase 2 4 2
whole 1 4 1' ]
	words 1 positive M it/_/0 is/_/0 not/_/1 fun/_/2 >scores
	reat-eval -a sign signs scores >out
	[ "$(value M word)" = '1 0.5' ]
	[ "$(value M phrase)" = '1 1' ]
	[ "$(value M whole)" = '1 1' ]
	run sh "$ROOT/examples/trees.sh" tok signs <<<'(3 (2 a)'
	[ "$status" -eq 1 ]
}

@test "a file, -, standard input, CRLF and a BOM give the same output" {
	{
		words a pos M x/_/1 x/_/2 x/_/3
		words b pos M x/_/3 x/_/1 x/_/2
	} >truth
	sed 's/\tM\t/\tN\t/;s/\t1\tx/\t5\tx/' truth >scores
	reat-eval -a agreement truth scores >file
	reat-eval -a agreement truth <scores | cmp file -
	reat-eval -a agreement - scores <truth | cmp file -
	{ printf '\xef\xbb\xbf'; sed 's/$/\r/' scores; } |
		reat-eval -a agreement truth - | cmp file -
	# and documents in another order
	{ grep ^b scores; grep ^a scores; } |
		reat-eval -a agreement truth | cut -f 1-6 |
		cmp - <(cut -f 1-6 file)
	reat-predict -m sst2-gru </dev/null >whole
	sed 's/$/\r/' whole >crlf
	reat-eval -a sufficiency M=crlf
	try reat-eval -a agreement truth /no/such
	[ "$status" -eq 2 ]
}

@test "the order of the rows of a level does not matter, for any measure" {
	printf '%s\n' 'The good fight is good fun but the bad plot is bad' \
		'A dull start , but a dull end' |
		reat-tokenize | reat-tag | reat-chunk >tok
	reat-occlude -q -a omit -y -c negative -l word,phrase \
		-m sst2-gru tok >omit
	reat-score -a reat -c negative -l word,phrase -m sst2-gru tok >reat
	printf 'good\nfun\n' >pos
	printf 'bad\ndull\n' >neg
	# labels of spans; and equal scores, which the order would decide
	awk -F'\t' -v OFS='\t' '$3 == "phrase" || $3 == "logit"' reat >signs
	awk -F'\t' -v OFS='\t' 'NR > 1 && $3 == "word" && $4 % 3 == 1 {
		$3 = "part"; $2 = "negative"; print }' reat >parts
	awk -F'\t' -v OFS='\t' '$3 == "word" { $10 = $4 % 2 } 1' reat |
		awk -F'\t' -v OFS='\t' '
		$3 == "word" { sum += $10 } $3 == "text" { $10 = sum; sum = 0 }
		1' >ties
	for f in omit reat signs ties; do
		# the rows of each level backwards, words and phrases in turn
		awk -F'\t' '
			function flush() {
				while (w > 0 || p > 0) {
					if (w > 0)
						print word[w--]
					if (p > 0)
						print phrase[p--]
				}
			}
			$3 == "word" { word[++w] = $0; next }
			$3 == "phrase" { phrase[++p] = $0; next }
			{ flush(); print }' $f >$f.back
		! cmp -s $f $f.back
	done
	for f in reat ties; do
		for run in "-a faithfulness -l word omit $f" \
		    "-a faithfulness -l word omit.back $f" \
		    "-a interpretability -r pos,neg -c negative $f" \
		    "-a completeness $f" "-a agreement omit $f" \
		    "-a agreement omit.back $f" "-a sign signs $f" \
		    "-a sign signs.back $f" "-a pointing parts $f"; do
			echo "$run"
			# shellcheck disable=SC2086	# words
			reat-eval $run >a
			# shellcheck disable=SC2086	# words
			reat-eval ${run%"$f"}$f.back >b
			cmp a b
			[ "$(wc -l <a)" -gt 1 ]
		done
		reat-heatmap $f | cmp - <(reat-heatmap $f.back)
		reat-erase -n 2 $f tok | cmp - <(reat-erase -n 2 $f.back tok)
	done
}
