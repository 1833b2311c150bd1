load helper
load rivals

@test "every cell, direction, head and depth: the scores are those of PyTorch" {
	# 3 and 10 words, 7 phrases, and the bias of each text
	all_agree 23 reat-occlude omit occlude
}

@test "the score is the model's output with the span minus that without it" {
	need_data sst2/test.tsv
	head -n 40 "$DATA/sst2/test.tsv" | cut -f1 | reat-tokenize -r split |
		awk 'NF && !/^#/ { n++ } /^$/ { if (n > 3) print b; b = n = "" }
		NF { b = b $0 "\n" }' >"$BATS_TEST_TMPDIR/tok"
	for model in sst2-gru sst2-lstm sst2-bigru; do
		reat-predict -m $model -H -g "$BATS_TEST_TMPDIR/tok" |
			cut -f1,7 >"$BATS_TEST_TMPDIR/with"
		# remove the third word
		awk -F'\t' -v OFS='\t' '/^#/ || !NF { print; gone = 0; next }
			$1 == 3 { gone = 1; next } { $1 -= gone; print }' \
			"$BATS_TEST_TMPDIR/tok" | reat-predict -m $model -H -g |
			cut -f7 | paste "$BATS_TEST_TMPDIR/with" - >"$BATS_TEST_TMPDIR/pairs"
		reat-occlude -m $model -l word -c positive \
			"$BATS_TEST_TMPDIR/tok" |
			awk -F'\t' '$4 == 3 { print $10 }' |
			paste "$BATS_TEST_TMPDIR/pairs" - |
			awk '{ d = $2 - $3 - $4; bad += d * d > 1e-10; n++ }
			END { exit bad || n < 30 }'
	done
}

@test "omitting equal words and long texts" {
	long 700 >"$BATS_TEST_TMPDIR/long"
	for model in gru-last-1 bilstm-mean-1 bigru-max-2; do
		run reat-occlude -H -m "$ENGINE/$model/" \
			"$BATS_TEST_TMPDIR/long"
		[ "${#lines[@]}" -eq 703 ]
	done
}

@test "progress is on the terminal, and -q disables it" {
	long 1500 >"$BATS_TEST_TMPDIR/long"
	run="reat-occlude -m '$ENGINE/bilstm-max-2/' $BATS_TEST_TMPDIR/long"
	terminal "$run"
	[[ $output == *$'\rreat-occlude: '[01]" texts, "*" runs, "*" runs/s"* ]]
	terminal "${run/ -m/ -qm}"
	[ -z "$output" ]
	[ "$(wc -l <"$BATS_TEST_TMPDIR/out")" -eq 1504 ]
}

@test "a text without words has the bias as its logit" {
	run reat-occlude -H -c c0 -m "$ENGINE/gru-last-1/" <(tok empty)
	[ "${#lines[@]}" -eq 3 ]
	[[ ${lines[0]} == *$'\ttext\t_\t_\tgru-last-1\tomit\t_\t'*$'\t0\t_' ]]
	[ "$(cut -f10 <<<"${lines[1]}")" = "$(cut -f10 <<<"${lines[2]}")" ]
}

@test "the rows of words do not depend on -l" {
	reat-chunk "$ROOT/tests/contract/tok" >"$BATS_TEST_TMPDIR/tok"
	reat-occlude -H -l word "$BATS_TEST_TMPDIR/tok" >"$BATS_TEST_TMPDIR/a"
	reat-occlude -H "$BATS_TEST_TMPDIR/tok" |
		awk -F'\t' '$3 ~ /^(word|text|bias|logit)$/' |
		cmp - "$BATS_TEST_TMPDIR/a"
	reat-occlude -H -l clause "$BATS_TEST_TMPDIR/tok" |
		awk -F'\t' '$3 ~ /^(text|bias|logit)$/' |
		cmp - <(awk -F'\t' '$3 != "word"' "$BATS_TEST_TMPDIR/a")
}

@test "-a list has the methods of the man page; other names are refused" {
	reat-occlude -a list | cut -d' ' -f1 | sort >"$BATS_TEST_TMPDIR/list"
	sed -n '/^\.It Fl a/,/^\.It Fl b/s/^\.It Cm //p' \
		"$ROOT/man/reat-occlude.1" | sort | cmp - "$BATS_TEST_TMPDIR/list"
	try reat-occlude -a nothing </dev/null
	[ "$status" -eq 2 ]
	[[ $stderr == *'option -a: "nothing", expected omit, occlude or owen'* ]]
}
