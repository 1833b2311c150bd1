# The measures that others define, by hand and as their programs compute them.
# tests/reat-eval.bats has the older measures, and what all have in common.

load helper

GOLDEN=$ROOT/tests/golden/measures

setup() {
	cd "$BATS_TEST_TMPDIR"
}

# value METHOD [AT]: print the number of texts and the value in the file out
value() {
	awk -F'\t' -v m="$1" -v at="${2:-_}" '
		$4 == m && $2 == at { print $5, $6 }' out
}

# near MEASURES: compare the rows of these measures in the file out with the
# expected ones; print how many agree, and those that do not
near() {
	awk -F'\t' -v measures=" $1 " '
		FILENAME ~ /expected/ {
			if (index(measures, " " $1 " "))
				want[$1, $2] = $3
			next
		}
		($1, $2) in want {
			d = $6 - want[$1, $2]
			if (d * d > 1e-12 * (1 + $6 * $6)) print
			else n++
			delete want[$1, $2]
		}
		END {
			for (w in want) print "missing", w
			print n
		}' "$GOLDEN/expected.tsv" out
}

@test "flip, monotonicity, log-odds, log-probability: by hand" {
	# table NAME/P...: a row for each text from p of class pos
	table() {
		printf 'doc\tlabel\tpredicted\tneg\tpos\n'
		for r; do
			awk -v r="$r" 'BEGIN { split(r, f, "/")
				print f[1] "\t_\t" (f[2] > .5 ? "pos" : "neg") \
				    "\t" 1 - f[2] "\t" f[2] }'
		done
	}
	# the top words alone do not count
	table a/0.75 a~-50%~1-5/0.25 a~+50%~6-9/1 a~-10%~1/0.75 \
		b/0.25 b~-50%~1-5/0.1 b~-10%~1/0.5 >M
	for a in flip monotonicity log-odds log-probability; do
		# the order of the shares does not matter
		reat-eval -a $a M=M
	done >out
	run awk -F'\t' '$1 != "measure" { print $1, $2, $5, $6 }' out
	diff - <(printf '%s\n' "$output") <<-'END'
		flip 10 2 0
		flip 50 2 0.5
		flip fraction 2 0.75
		monotonicity _ 2 0.5
		monotonicity steps 2 0.75
		log-odds 50 2 0.54930615
		log-odds 10 2 0.54930615
		log-odds aopc 2 0.54930615
		log-probability 50 2 0.45814538
		log-probability 10 2 0.20273255
		log-probability aopc 2 0.33043897
	END
	# amounts that share a remainder
	table a/0.75 a~-50%,10%~1/0.25 b/0.25 b~-50%~1-2/0.1 b~-10%~1/0.5 >N
	reat-eval -a flip M=N >out
	[ "$(value M 10)" = '2 0.5' ]
	[ "$(value M fraction)" = '2 0.55' ]
	# the most important word; a paired test
	table a/0.75 a~-1~1/0.25 b/0.25 b~-1~1/0.1 >M
	table a/0.75 a~-1~2/0.75 b/0.25 b~-1~2/0.5 >N
	reat-eval -a flip M=M N=N >out
	[ "$(value M 1)" = '2 0.5' ]
	[ "$(value M:N 1)" = '2 0.5' ]
	# 1 and 0 are the limits of single precision
	table a/1 a~-1~1/0 >left
	reat-eval -a log-odds M=left >out
	[ "$(value M 1)" = '1 33.271065' ]
	reat-eval -a log-probability M=left >out
	[ "$(value M 1)" = '1 36.04365' ]
}

@test "flip, monotonicity, log-odds, log-probability: AIX360 and equations" {
	left() {
		reat-erase -K top -n "$2" "$GOLDEN/$1.score" "$GOLDEN/$1.tok" |
			reat-predict -m "$GOLDEN/model/" >left
	}
	left monotone 1,2,3
	reat-eval -n 9 -a monotonicity m=left >out
	left flip 1%,5%,10%,20%,50%
	for a in flip log-odds log-probability; do
		reat-eval -n 9 -a $a m=left
	done >>out
	run near 'monotonicity flip log-odds log-probability'
	[ "$output" = 19 ]
}

@test "every cell, direction, head and depth: Captum's and the equations" {
	sh "$GOLDEN/models.sh" | sort >got
	sort "$GOLDEN/models.tsv" | paste got - | awk -F'\t' '
		# the log-odds of a float near 1 have the rounding of 1 - p
		{
			d = ($4 - $8) / (1 + ($8 < 0 ? -$8 : $8))
			tol = $2 == "log-odds" ? 3e-4 : 1e-5
		}
		$1 FS $2 FS $3 != $5 FS $6 FS $7 || d * d > tol * tol {
			print; bad = 1 }
		END { exit bad || NR != 231 }'
}

# words DOC SCORE...: print the rows of class c for words of these scores;
# WORDS:SCORE is a chunk of the layer, WORDS:_ words outside any
words() {
	local doc=$1
	shift
	printf '%s\n' "$@" | awk -v doc="$doc" -v OFS='\t' '
		function row(level, first, last, tag, score) {
			print doc, "c", level, first, last, "m", "M", tag, .6, \
			    score, "_"
		}
		/:/ {
			split($1, f, ":")
			split(f[1], w, "-")
			row("rationale", w[1], w[2] ? w[2] : w[1], f[2], 0)
			next
		}
		{ row("word", ++n, n, "_", $1); sum += $1 }
		END {
			row("text", "_", "_", "_", sum)
			row("logit", "_", "_", "_", sum)
		}'
}

@test "token-f1, iou-f1, auprc: by hand" {
	{
		# the top two are 1 and 3; 1 is half of the span
		words a 0.9 0.1 0.8 -1 1-2:R 3:_ 4:_
		# both spans, which touch, are found as one run
		words b 1 1 0 0 1:R 2:R 3:_ 4:_
		words none 1 2 1:_ 2:_
		words whole 1 1-1:R
	} >scores
	reat-eval -a token-f1 scores >out
	[ "$(value M same)" = '3 0.8333333' ]
	# of one word: a finds one of two, b too
	[ "$(value M 20)" = '3 0.7777778' ]
	reat-eval -a iou-f1 scores >out
	# precision 1/2, 1, 1 and recall 1, 1/2, 1
	[ "$(value M same)" = '3 0.8333333' ]
	reat-eval -a auprc scores >out
	# a: 1/2 at 1, then 1/2 from 1/2 to 2/3
	[ "$(value M auc)" = '3 0.9305556' ]
	[ "$(value M ap)" = '2 0.9166667' ]
	# the layer has another name
	sed 's/rationale/people/' scores >other
	reat-eval -l people -a auprc other | cmp - out
	try reat-eval -a auprc other
	[ "$status" -eq 1 ]
	[[ $stderr == 'reat-eval: other:1: a has no scores of level rationale, whose chunks are the rationale' ]]
}

@test "token-f1, iou-f1, auprc: ERASER's program" {
	reat-score -m "$GOLDEN/model/" "$GOLDEN/rationale.tok" |
		cut -f 1,3-5,8 | awk '$2 == "rationale" && !seen[$0]++' >layer
	awk -F'\t' -v OFS='\t' '$3 == "rationale" { print $1, $3, $4, $5, $8 }' \
		"$GOLDEN/rationale.score" | diff - layer
	for a in token-f1 iou-f1 auprc; do
		reat-eval -n 9 -a $a "$GOLDEN/rationale.score"
	done >out
	run near 'token-f1 iou-f1 auprc'
	[ "$output" = 14 ]
}

@test "infidelity: by hand" {
	words a 1 2 >scores
	{
		printf 'doc\tlabel\tpredicted\tb\tc\tlogit:b\tlogit:c\n'
		printf '%s\t_\tc\t.4\t.6\t0\t%s\n' a 3 a~1~1 1 a~2~1-2 0.5
	} >table
	reat-eval -a infidelity table scores >out
	# (1 - 2)^2 and (3 - 2.5)^2
	[ "$(value M)" = '1 0.625' ]
	# the scores times 9.5 / 10
	[ "$(value M scaled)" = '1 0.6125' ]
	# a probability is explained
	sed '/logit/{s/logit/probability/;s/\t3\t/\t0.6\t/}' scores >p
	sed '/1-2/s/\.6/.1/' table >table.p
	reat-eval -a infidelity table.p p >out
	# (1 - 0)^2 and (3 - 0.5)^2
	[ "$(value M)" = '1 3.625' ]
	# the logits are those of another model, or are missing
	sed 's/3$/2/' table >other
	try reat-eval -a infidelity other scores
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-eval: scores:1: a, class c: logit is 3 here and 2 in the first table' ]
	cut -f 1-5 table >other
	try reat-eval -a infidelity other scores
	[ "$status" -eq 1 ]
	[[ $stderr == *': logit is 3 here and 0.405465 in the first table, as log-odds; for logits use reat-predict -g' ]]
	sed 's/1-2/1-3/' table >other
	try reat-eval -a infidelity other scores
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-eval: other:4: word 3, but the text has 2 words' ]
	head -n 2 table >other
	try reat-eval -a infidelity other scores
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-eval: other:2: a has no variants, expected those of reat-erase -K' ]
	# a square that is no float
	words a 1e30 -1e30 | sed 's/\(logit.*\)\t0\t/\1\t3\t/' >large
	try reat-eval -a infidelity table large
	[ "$status" -eq 1 ]
	[[ $stderr == 'reat-eval: large:1: a has the value 5e+59, which does not fit into a float: its scores are too large; leave the text out' ]]
	# a text without scores
	sed 's/^a/b/' table | sed 1d | cat table - >other
	try reat-eval -a infidelity other scores
	[ "$status" -eq 1 ]
	[[ $stderr == 'reat-eval: other:5: no scores for b from model '* ]]
	try reat-eval -H -k -a infidelity other scores
	[ "$status" -eq 1 ]
	[ "$(cut -f 5,6 <<<"$output")" = $'1\t0.625\n1\t0.6125' ]
}

@test "infidelity: Captum's" {
	reat-predict -g -m "$GOLDEN/model/" "$GOLDEN/variants.tok" >table
	reat-eval -n 9 -a infidelity table "$GOLDEN/variants.score" >out
	run near infidelity
	[ "$output" = 2 ]
}

@test "infidelity is 0 for a model that adds up, also behind -x" {
	printf 'charming\t2\nSlow\t-1\n' >words.tsv
	command="sh '$ROOT/examples/keywords.sh' words.tsv"
	printf '%s\n' 'A slow but charming film' '' 'slow' | reat-tokenize >tok
	reat-erase -K 9 tok | reat-predict -x "$command" >table
	reat-occlude -c positive -l word -x "$command" tok >scores
	reat-eval -H -a infidelity -c positive table scores |
		awk -F'\t' '$5 != 2 || $6 > 1e-9 { exit 1 } END { exit NR != 2 }'
}

@test "sensitivity and stability: by hand" {
	# copy NAME: name the model, whose rows have the name m
	copy() { awk -F'\t' -v OFS='\t' -v m="$1" '{ $6 = m } 1'; }
	{ words a 3 4; words b 1; words zero 0 0; } >scores
	{ words a 3 5; words b 1; words zero 1 0; } | copy one >one
	{ words a 3 2; words b 1.5; words zero 0 0; } | copy two >two
	# 2 / 5 and 1 / 2; scores of 0 cannot be divided by
	reat-eval -a sensitivity scores one two >out
	[ "$(value M)" = '2 0.45' ]
	# the same with ranks: 1 and -1 in a, of one word none
	reat-eval -a stability scores one two >out
	[ "$(value M)" = '1 0' ]
	# a second method is compared
	for f in scores one two; do
		{ cat $f; sed 's/\tM\t/\tN\t/' $f; } | sort -s -k 1,1
	done | reat-eval -a sensitivity >out
	[ "$(value M:N)" = '2 0' ]
	try reat-eval -a sensitivity scores
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-eval: scores:1: no scores of a by M from another model; those of copies are needed' ]
	sed '/^b/d' two >less
	try reat-eval -a sensitivity scores one less
	[ "$status" -eq 1 ]
	[[ $stderr == *': 1 copies of b by M, but 2 of a by M' ]]
	sed 's/\tc\t/\td\t/' two >other
	try reat-eval -a sensitivity scores other
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-eval: other:1: a has no scores of class c, which is measured; score all classes, or give one by -c' ]
	{ words a 1 2 3; } | copy two >other
	try reat-eval -a sensitivity scores other
	[ "$status" -eq 1 ]
	[ "$stderr" = "reat-eval: other:1: a has other words than the first model's" ]
	words a 1e-40 >small
	words a 1e37 | copy two >large
	try reat-eval -a sensitivity small large
	[ "$status" -eq 1 ]
	[[ $stderr == 'reat-eval: small:1: a has the value '*', which does not fit'* ]]
	words c 1 | copy two >other
	try reat-eval -a sensitivity scores other
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-eval: other:1: c: no scores of M from the first model, m, before' ]
}

@test "sensitivity: Captum's, and copies of reat-model change" {
	for m in model noise0 noise1 noise2 noise3 noise4; do
		reat-grad -a gradxinput -c all -l word -m "$GOLDEN/$m/" \
			"$GOLDEN/sensitivity.tok"
	done >scores
	reat-eval -n 9 -a sensitivity scores >out
	run near sensitivity
	[ "$output" = 1 ]
	for r in 0 0.001 0.1; do
		reat-model change -o noisy "$GOLDEN/model/" noise=$r
		for m in "$GOLDEN/model/" ./noisy; do
			reat-grad -a gradxinput -c all -l word -m "$m" \
				"$GOLDEN/sensitivity.tok"
		done | reat-eval -H -a sensitivity | cut -f 6
	done >out
	awk 'NR == 1 && $1 != 0 || NR > 1 && $1 <= last { exit 1 }
		{ last = $1 } END { exit NR != 3 }' out
}

@test "the golden files are those that their generator makes" {
	python=${REAT_PEERS:-python3}
	[ -n "${REAT_ORACLES-}" ] ||
		skip "no REAT_ORACLES, a folder with AIX360 and eraserbenchmark"
	(cd "$ROOT" && "$python" "$GOLDEN/make.py" "$BATS_TEST_TMPDIR" \
		"$REAT_ORACLES/AIX360" "$REAT_ORACLES/eraserbenchmark")
	for f in "$GOLDEN"/*.tok "$GOLDEN"/model/* "$GOLDEN"/noise?/*; do
		cmp "$f" "${f#"$GOLDEN/"}"
	done
	# numbers agree except for the rounding of other libraries
	for f in "$GOLDEN"/*.score "$GOLDEN/expected.tsv"; do
		paste "${f##*/}" "$f" | awk -F'\t' '{
			for (i = 1; i <= NF / 2; i++) {
				d = $i - $(i + NF / 2)
				if (d > 1e-7 || d < -1e-7) exit 1
			}
		}'
	done
}
