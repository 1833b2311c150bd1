# reat-summary: a model as a whole.

load helper

setup() {
	cd "$BATS_TEST_TMPDIR"
}

# doc ID CLASS P REMARK WORD:SCORE...: print the rows of a document
doc() {
	local id=$1 class=$2 p=$3 remark=$4 i=0
	shift 4
	for w in "$@"; do
		i=$((i + 1))
		printf '%s\t%s\tword\t%d\t%d\tm\tr\t_\t%s\t%s\t%s\n' \
			"$id" "$class" $i $i "$p" "${w#*:}" "${w%:*}"
	done
	for sum in text bias logit; do
		text=_
		[ $sum != logit ] || text=$remark
		printf '%s\t%s\t%s\t_\t_\tm\tr\t_\t%s\t0\t%s\n' \
			"$id" "$class" $sum "$p" "$text"
	done
}

# number TITLE ROW [COLUMN]: print a row, or its column, of a table in out
number() {
	awk -v title="$1" -v row="$2" -v column="${3:-0}" '
		$0 == title { on = 1 }
		$0 == "" { on = 0 }
		on && $1 == row { print column ? $column : $0 }' out | tr -s ' '
}

@test "a stream by hand: every table" {
	{
		doc 1 x 0.9 'predicted=x|label=x' a:1 B:-2
		doc 2 x 0.8 'predicted=x|label_p=0.2|unknown=2|label=y' a:3 z:-1 b:-1
		doc 3 x 0.3 'predicted=y|predicted_p=0.7|unknown=1|label=y' z:0.5
		doc 4 x 0.2 'predicted=y|predicted_p=0.75|label=x' a:-1
		doc 5 x 0.6 'predicted=x' a:2
	} >s
	reat-summary s >out
	[ "$(head -n 1 out)" = "m, r: 5 texts, 4 with a label; 8 words, 2 \
(25.0 %) unknown to the model, in 2 texts" ]
	[ "$(number 'All texts' accuracy 2)" = 0.5000 ]
	# f1: x 2/4, y 2/4; gaps: .1, -.8, .3, -.75 in bins 13, 11, 10, 11
	[ "$(sed -n 's/^  macro f1 *//p' out | tr -d ' ')" = 0.5000 ]
	[ "$(sed -n 's/^  calibration error *//p' out | tr -d ' ')" = 0.4875 ]
	[ "$(number Confusion x)" = ' x 1 1' ]
	[ "$(number Confusion y)" = ' y 1 1' ]
	[ "$(number Classes y)" = ' y 2 2 0.500 0.500 0.500' ]
	[ "$(number 'Accuracy by length' 0-4 3)" = 0.500 ]
	[ "$(number 'Accuracy by unknown words' 0)" = ' 0 2 0.500 0.000 1.000' ]
	[ "$(number 'Accuracy by unknown words' 1 3)" = 0.500 ]
	[ "$(number Calibration 0.733-0.800)" = ' 0.733-0.800 2 0.775 0.000 0.000 0.000' ]
	# a: 1 3 -1 2, mean 1.25; b: -2 -1; z: -1 .5
	[ "$(number 'Words for x' a)" = ' a 4 4 +1.250 1.708' ]
	[ "$(number 'Words against x' b)" = ' b 2 2 -1.500 0.707' ]
	[ "$(number 'Words against x' z)" = ' z 2 2 -0.250 1.061' ]
	[ "$(number 'Words that the model does not know' z)" = ' z 2 2 0.750 0.354' ]
	[ "$(grep -c 'wrong:' out)" -eq 2 ]
	[[ $(grep 'wrong:' out | head -n 1) == '2  x 0.8000  predicted, wrong: label y'* ]]
	[[ $(grep 'wrong:' out | tail -n 1) == '4  x 0.2000  predicted y 0.7500, wrong: label x'* ]]
	grep -q '^2 of 4 texts are wrong' <(sed 's/^ *//; s/^The most.*//' out)
	# the same from several files, twice
	head -n 20 s >one
	reat-summary one <(sed 1,20d s) | cmp - out
	reat-summary <s | cmp - out
}

@test "the numbers are those of reat-eval" {
	printf 'a fun film,positive\na dull film,negative\nnot bad,positive\n' >c
	printf 'zzzz,negative\nbad fun,negative\n,positive\n' >>c
	reat-tokenize -D , -H -f text=1,label=2 c >tok
	reat-score -m sst2-gru -c all tok | reat-summary >out
	reat-predict -m sst2-gru tok >table
	for a in accuracy macro-f1 calibration; do
		reat-eval -H -a $a table | cut -f 6 | xargs printf '%.4f\n'
	done >want
	{
		number 'All texts' accuracy 2
		number 'All texts' macro 3
		number 'All texts' calibration 3
	} | cmp - want
	for c in negative positive; do
		for a in precision recall f1; do
			reat-eval -H -a $a table |
				awk -v c=$c '$2 == c {printf " %.3f", $6}'
		done
		echo
	done >want
	for c in negative positive; do
		number Classes $c | cut -d ' ' -f 5- | sed 's/^/ /'
	done | cmp - want
}

@test "the most confident errors, in their order" {
	for i in $(seq 60); do
		p=$(awk -v i=$i 'BEGIN { print .5 + (i * 7919 % 45) / 100 }')
		label=y
		[ $((i % 3)) -gt 0 ] || label=x
		doc $i x $p "predicted=x|label=$label" a:1
	done >s
	for n in 0 1 7 40 100; do
		reat-summary -n $n s | sed -n 's/^\([0-9][0-9]*\)  x .*/\1/p' >got
		awk -F '\t' '$3 == "logit" && /label=y/ {print $9, NR, $1}' s |
			sort -k 1,1gr -k 2,2n | head -n $n | cut -d ' ' -f 3 |
			cmp - got
	done
}

@test "many classes: a list of confusions" {
	for i in $(seq 14); do
		doc $i c$i 0.9 "predicted=c$i|label=c$i" a:1
		doc x$i c$i 0.9 "predicted=c$i|label=c1" a:1
	done | reat-summary -n 1 >out
	grep -q 'The most frequent confusions' out
	[ "$(number Confusion c1 | wc -l)" -eq 12 ]
}

@test "texts without labels or remarks; no texts; no words" {
	doc 1 x 0.9 _ a:1 b:-2 | reat-summary >out
	[ "$(head -n 1 out)" = "m, r: 1 text, 0 with a label; 2 words, 0 (0.0 %) \
unknown to the model, in 0 texts" ]
	[ "$(grep -c '^Words' out)" -eq 2 ]
	run ! grep -q 'All texts' out
	[ "$(reat-summary </dev/null)" = 'no texts' ]
	reat-summary -t html </dev/null >page
	awk -f "$ROOT/tests/markup.awk" page
	doc 1 x 0.9 'predicted=x|label_p=0.1|label=y' | reat-summary >out
	[ "$(number 'All texts' accuracy 2)" = 0.0000 ]
	grep -q 'wrong: label y' out
}

@test "two models or methods; -k" {
	{ doc 1 x 0.9 _ a:1; doc 2 x 0.9 _ a:1 | sed 's/\tm\t/\tn\t/'; } >s
	try reat-summary s
	[ "$status" -eq 1 ]
	[[ $output == 'm, r: 1 text'* ]]
	[ "$stderr" = "reat-summary: s:5: model n, method r; a summary has one of \
each, and the first rows are of m, r" ]
	try reat-summary -k s
	[ "$status" -eq 1 ]
	[[ $output == 'm, r: 1 text'* ]]
}

@test "a page: well-formed, escaped, nothing is loaded; the same numbers" {
	cat "$ROOT"/tests/golden/heatmap/marks.score >s
	reat-summary -t html s >page
	awk -f "$ROOT/tests/markup.awk" page
	run ! grep -Eqi '<script|src=|href=|url\(|@import' page
	grep -q "default-src 'none'" page
	grep -q '<bdi>&lt;b&gt;</bdi>' page
	[ "$(grep -c '<article>' page)" -eq \
		"$(reat-summary s | grep -c 'wrong: label')" ]
	[[ $(cat page) == *'<span class="share" aria-hidden="true"><i style="width: '* ]]
	reat-summary -t html s | cmp - page
	reat-summary -r paper -t html s | run ! cmp -s - page
}
