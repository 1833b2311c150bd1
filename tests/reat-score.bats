load helper

GOLDEN=$ROOT/tests/golden/engine

# compare MODEL METHOD SCORES: compare the rows of -c all with PyTorch in
# float64
compare() {
	awk -v model="$1" -v method="$2" -v tol=2e-5 \
		-f "$GOLDEN/compare.awk" "$GOLDEN/expected.tsv" "$3"
}

@test "every cell, direction, head, depth and method has the scores of its definition" {
	for folder in "$GOLDEN"/*/; do
		model=$(basename "$folder")
		reat-trace -m "$folder" "$GOLDEN/docs.tok" \
			>"$BATS_TEST_TMPDIR/trace"
		for method in reat naive shapley frozen-omit; do
			[[ $method != frozen-omit || $model != *m[ae][xa]* ]] ||
				continue
			reat-score -a $method -c all "$BATS_TEST_TMPDIR/trace" \
				>"$BATS_TEST_TMPDIR/scores"
			run compare "$model" $method "$BATS_TEST_TMPDIR/scores"
			rows=54
			[[ $model != *-six ]] || rows=162
			grep -q "^$model"$'\treat\tlong' \
				"$GOLDEN/expected.tsv" && rows=76
			[ "$output" = "$rows" ] || {
				echo "$output"
				false
			}
		done
	done
}

@test "a linear cell of two layers: a note where one layer would be exact" {
	for run in 'score shapley' 'score reat' 'grad skip' 'grad half'; do
		# shellcheck disable=SC2086	# program and method
		set -- $run
		for model in bimingru-max-2 biqrnn-max-2 bimingru-last-1 \
		    bigru-max-2; do
			try "reat-$1" -a "$2" -m "$GOLDEN/$model/" \
			    "$GOLDEN/docs.tok"
			[ "$status" -eq 0 ]
			case $2-$model in
			s*-bim*-2|s*-biq*) [[ $stderr == "reat-$1: $model: a "*" of 2 layers: $2 is not exact for deletion, as it is with one layer"* ]] ;;
			*) [[ $stderr != *exact* ]] ;;
			esac
			try "reat-$1" -q -a "$2" -m "$GOLDEN/$model/" \
			    "$GOLDEN/docs.tok"
			[ -z "$stderr" ]
		done
	done
}

@test "frozen-omit is refused for other poolings, and -n for other methods" {
	try reat-score -a frozen-omit -m "$GOLDEN/gru-mean-1/" \
		"$GOLDEN/docs.tok"
	[ "$status" -eq 1 ]
	[[ $stderr == *"method frozen-omit needs pooling last, and this trace has pooling m"* ]]
	try reat-score -n 3 "$GOLDEN/docs.tok"
	[ "$status" -eq 2 ]
	[[ $stderr == *"method reat takes no nodes"* ]]
}

@test "shapley: half as many nodes as words is exact, fewer are not" {
	reat-score -a shapley -H -l word -m "$GOLDEN/bilstm-last-1/" \
		"$GOLDEN/docs.tok" | cut -f1-5,10 >"$BATS_TEST_TMPDIR/default"
	reat-score -a shapley -n 40 -H -l word -m "$GOLDEN/bilstm-last-1/" \
		"$GOLDEN/docs.tok" | cut -f1-5,10 >"$BATS_TEST_TMPDIR/40"
	run bash -c 'paste "$1" "$2" | awk -F"\t" "{ d = \$6 - \$12
		if (d * d > 1e-12) print }"' _ "$BATS_TEST_TMPDIR/default" \
		"$BATS_TEST_TMPDIR/40"
	[ -z "$output" ]
	# for thousands of words, far fewer nodes add up too
	long 4000 >"$BATS_TEST_TMPDIR/thousands"
	for model in gru-last-1 bilstm-last-1 lstm-mean-1; do
		reat-score -a shapley -m "$GOLDEN/$model/" \
			"$BATS_TEST_TMPDIR/thousands" >/dev/null
	done
	reat-score -a shapley -n 1 -H -l word -m "$GOLDEN/bilstm-last-1/" \
		"$GOLDEN/docs.tok" | cut -f1-5,10 | grep '^ten' |
		run ! cmp - <(grep '^ten' "$BATS_TEST_TMPDIR/default")
}

@test "-m gives the same bytes as reat-trace | reat-score, for every model" {
	for folder in "$GOLDEN"/*/; do
		reat-trace -m "$folder" "$GOLDEN/docs.tok" |
			reat-score -c all >"$BATS_TEST_TMPDIR/a"
		reat-score -m "$folder" -c all "$GOLDEN/docs.tok" |
			cmp - "$BATS_TEST_TMPDIR/a"
	done
}

@test "decimals are read as the same floats as hexadecimal digits" {
	reat-trace -m "$GOLDEN/bilstm-max-2/" "$GOLDEN/docs.tok" |
		reat-score -c all >"$BATS_TEST_TMPDIR/a"
	reat-trace -d -m "$GOLDEN/bilstm-max-2/" "$GOLDEN/docs.tok" |
		reat-score -c all | cmp - "$BATS_TEST_TMPDIR/a"
}

@test "a stream cut, shuffled and rejoined at blank lines gives the same rows" {
	reat-trace -m "$GOLDEN/gru-last-1/" "$GOLDEN/docs.tok" \
		>"$BATS_TEST_TMPDIR/trace"
	reat-score -H -c all "$BATS_TEST_TMPDIR/trace" | sort \
		>"$BATS_TEST_TMPDIR/a"
	awk 'BEGIN { RS = ""; ORS = "\n\n" } { b[NR] = $0 }
		END { for (i = NR; i > 0; i--) print b[i] }' \
		"$BATS_TEST_TMPDIR/trace" | reat-score -H -c all | sort |
		cmp - "$BATS_TEST_TMPDIR/a"
}

@test "a stream can have blocks of different models" {
	for model in gru-last-1 bilstm-mean-2 lstm-six; do
		reat-trace -m "$GOLDEN/$model/" "$GOLDEN/docs.tok" \
			>"$BATS_TEST_TMPDIR/$model"
		reat-score -H "$BATS_TEST_TMPDIR/$model"
	done >"$BATS_TEST_TMPDIR/apart"
	cat "$BATS_TEST_TMPDIR"/{gru-last-1,bilstm-mean-2,lstm-six} |
		reat-score -H | cmp - "$BATS_TEST_TMPDIR/apart"
}

# layered: print a block with two layers
layered() {
	printf '# sent_id = a\n# label = c0\n'
	printf '1\tw1\t_\tDET\tDT\t_\t_\t_\t_\tphrase=B-NP|clause=B-S\n'
	printf '2\tw2\t_\tNOUN\tNN\t_\t_\t_\t_\tphrase=I-NP|clause=I-S\n'
	printf '3\tw3\t_\tVERB\tVB\t_\t_\t_\t_\tphrase=O|clause=I-S\n'
	printf '4\tw4\t_\tNOUN\tNN\t_\t_\t_\t_\tphrase=B-NP|clause=B-S\n\n'
}

@test "spans are the sums of their words; text and bias add up to the logit" {
	layered | reat-score -m "$GOLDEN/bigru-last-1/" -c all \
		>"$BATS_TEST_TMPDIR/s"
	run awk -F'\t' 'NR == 1 { next }
		$3 == "word" { w[$2, $4] = $10; sum[$2] += $10 }
		$3 == "phrase" || $3 == "clause" {
			s = 0
			for (i = $4; i <= $5; i++) s += w[$2, i]
			if ((s - $10) ^ 2 > 1e-12) print "span", $0
			n[$3]++
		}
		$3 == "text" { text[$2] = $10
			if (($10 - sum[$2]) ^ 2 > 1e-12) print "text", $0 }
		$3 == "bias" { text[$2] += $10 }
		$3 == "logit" && ($10 - text[$2]) ^ 2 > 1e-12 { print "logit", $0 }
		END { print n["phrase"], n["clause"] }' "$BATS_TEST_TMPDIR/s"
	[ "$output" = "6 4" ]
	run grep -P '^a\tc0\tphrase\t1\t2\tbigru-last-1\treat\tNP\t[0-9.]+\t[-0-9.]+\tw1 w2$' \
		"$BATS_TEST_TMPDIR/s"
	[ "$status" -eq 0 ]
	run grep -P '\tphrase\t3\t3\t.*\t_\t' "$BATS_TEST_TMPDIR/s"
	[ "$status" -eq 0 ]
}

@test "-c: predicted, gold, a label, a contrast" {
	model=$GOLDEN/lstm-six/
	layered | reat-score -H -l word -m "$model" -c all \
		>"$BATS_TEST_TMPDIR/all"
	layered | reat-score -H -l word -m "$model" -c gold |
		cmp - <(grep -P '\tc0\t' "$BATS_TEST_TMPDIR/all")
	layered | reat-score -H -l word -m "$model" -c c3 |
		cmp - <(grep -P '\tc3\t' "$BATS_TEST_TMPDIR/all")
	layered | reat-score -H -l word -m "$model" >"$BATS_TEST_TMPDIR/p"
	best=$(sort -t"$(printf '\t')" -k9,9gr "$BATS_TEST_TMPDIR/all" |
		head -1 | cut -f2)
	cmp "$BATS_TEST_TMPDIR/p" \
		<(grep -P "\t$best\t" "$BATS_TEST_TMPDIR/all")
	layered | reat-score -H -l word -m "$model" -c c1:c4 \
		>"$BATS_TEST_TMPDIR/contrast"
	run awk -F'\t' 'FILENAME ~ /all/ { s[$2, $3, $4] = $10; next }
		{ d = s["c1", $3, $4] - s["c4", $3, $4] - $10
		if (d * d > 1e-10 || $2 != "c1:c4") print; n++ }
		END { print n }' "$BATS_TEST_TMPDIR/all" \
		"$BATS_TEST_TMPDIR/contrast"
	[ "$output" = 7 ]
}

@test "a trace of another program: decimals, readout weights, no cell" {
	try reat-score -l word <<'E'
# sent_id = a
# reat.labels = no|yes
# reat.weight = 1,0,0,2
# reat.bias = 0.5,0
# reat.logit = 2,3
1	one	_	_	_	_	_	_	_	S=1,1|A=0.5,0.5|M=0.5
2	two	_	_	_	_	_	_	_	S=1,1|A=0.5,0.5|M=1,0.5

E
	# no: 0.5 + 1 * (0.5*1 + 1*1) = 2;  yes: 2 * (0.5*1 + 0.5*1) = 2, not 3
	[ "$status" -eq 1 ]
	[[ $stderr == "reat-score: stdin:1: "*"states and bias add up to 2, but its logit of yes is 3" ]]
	try reat-score -H -c all -l word <<'E'
# sent_id = a
# reat.labels = no|yes
# reat.weight = 1,0,0,2
# reat.bias = 0.5,0
# reat.logit = 2,2
1	one	_	_	_	_	_	_	_	S=1,1|A=0.5,0.5|M=0.5
2	two	_	_	_	_	_	_	_	S=1,1|A=0.5,0.5|M=1,0.5

E
	[ "$status" -eq 0 ]
	# word 1 of "no": e = 1, G = 0.5 + 0.5 * 1 = 1
	[ "${lines[0]}" = $'a\tno\tword\t1\t1\t_\treat\t_\t0.5\t1\tone' ]
	[ "${lines[1]}" = $'a\tno\tword\t2\t2\t_\treat\t_\t0.5\t0.5\ttwo' ]
}

@test "-a list lists the methods, and the man page has each of them" {
	run reat-score -a list
	[ "$status" -eq 0 ]
	for method in $(reat-score -a list | cut -d' ' -f1); do
		grep -q "^\.It Cm $method" "$ROOT/man/reat-score.1"
	done
}

@test "probabilities come from the logits, also where they are tiny" {
	block() {
		printf '# sent_id = 1\n# reat.labels = %s\n# reat.weight = %s\n' \
		    "$1" "$2"
		printf '# reat.bias = %s\n# reat.logit = %s\n' "$2" "$2"
		printf '1\tx\t_\t_\t_\t_\t_\t_\t_\tS=0|A=0\n\n'
	}
	prob() {
		reat-score -H -c "$1" | cut -f 9 | sort -u
	}
	# both of these classes have probability 0 in single precision
	run prob b:a < <(block 'a|b|c' 0,5,200)
	[ "$output" = 0.9933072 ]
	run prob a:b < <(block 'a|b|c' 0,5,200)
	[ "$output" = 0.006692851 ]
	# one row: the first class is not 1 - p of the second
	run prob a < <(block 'a|b' 37)
	[ "$output" = 8.5330476e-17 ]
	run prob a:b < <(block 'a|b' 37)
	[ "$output" = 8.5330476e-17 ]
	run prob b < <(block 'a|b' -80)
	[ "$output" = 1.8048513e-35 ]
}

@test "the predicted class and the label are in the remark, with probabilities" {
	cd "$BATS_TEST_TMPDIR"
	{
		printf '# sent_id = a\n# label = negative\n'
		printf '1\tgood\t_\t_\t_\t_\t_\t_\t_\t_\n\n'
		printf '# sent_id = b\n# label = some|thing=x\n'
		printf '1\tbad\t_\t_\t_\t_\t_\t_\t_\t_\n\n'
	} >tok
	p=$(reat-predict -H -m sst2-gru tok | awk 'NR == 1 {print $4, $5}')
	of() { reat-score -m sst2-gru -c "$1" tok | grep logit | cut -f 11; }
	[ "$(of negative)" = "predicted=positive|predicted_p=${p#* }|label=negative
predicted=negative|label=some|thing=x" ]
	[ "$(of positive)" = "predicted=positive|label_p=${p% *}|label=negative
$(of positive | sed 1d)" ]
	[[ "$(of positive | sed 1d)" == predicted=negative\|predicted_p=0.*\|label=some\|thing=x ]]
	[ "$(of negative:positive | head -n 1)" = \
		"predicted=positive|predicted_p=${p#* }|label_p=${p% *}|label=negative" ]
}

@test "words that the model does not know are in the remark, by every filter" {
	cd "$BATS_TEST_TMPDIR"
	printf 'a zzzz film Qqq\nA good film\n' | reat-tokenize >tok
	for filter in reat-score reat-grad reat-occlude 'reat-lime -n 100'; do
		# shellcheck disable=SC2086	# a filter and its options
		$filter -m sst2-gru -c all tok |
			awk -F '\t' '$3 ~ /^(logit|probability)$/ {print $1, $11}' |
			sed 's/\(unknown=[0-9,]*\).*/\1/; s/ [^u].*\(unknown\)/ \1/' >got
		[ "$(grep -c '^1 unknown=2,4$' got)" -eq 2 ]
		run ! grep '^2.*unknown' got
	done
	# a trace keeps them, and a new trace replaces its marks
	reat-trace -m sst2-gru tok >trace
	[ "$(grep -c '|U=1|S=' trace)" -eq 2 ]
	reat-trace -m sst2-gru trace | cmp - trace
	# through the foreign half of the pipeline
	reat-score trace | cmp - <(reat-score -m sst2-gru tok)
}
