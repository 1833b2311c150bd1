# The benches in tests/bench run.  Their numbers are not checked.
load helper

@test "bench: without peers the engine's own numbers" {
	REAT_PEERS=/nonexistent REAT_BENCH_QUICK=1 \
	    sh "$ROOT/tests/bench/engine.sh" "$REAT_BUILD" >"$BATS_TEST_TMPDIR/out"
	grep -q '^peers: skipped: /nonexistent has no torch, ' "$BATS_TEST_TMPDIR/out"
	for row in forward reat shapley product; do
		awk -F'\t' -v row="$row" '$1 == row && $3 + 0 > 0 { n++ }
			END { exit n != 1 }' "$BATS_TEST_TMPDIR/out"
	done
}

@test "bench: without peers the rivals' own numbers" {
	REAT_PEERS=/nonexistent REAT_BENCH_QUICK=1 \
	    sh "$ROOT/tests/bench/rivals.sh" "$REAT_BUILD" \
	    >"$BATS_TEST_TMPDIR/out"
	grep -q '^peers: skipped: /nonexistent has no torch, ' "$BATS_TEST_TMPDIR/out"
	for row in gradxinput ig omit lime lrp deeplift cd smoothgrad expected \
		lrp-half gcd occlude kernelshap reduction anchor occlude-tree skip-tree; do
		awk -F'\t' -v row="$row" '$1 == row && $2 ~ /us a word/ { n++ }
			END { exit n != 1 }' "$BATS_TEST_TMPDIR/out"
	done
}

@test "bench: presence" {
	REAT_BENCH_QUICK=1 sh "$ROOT/tests/bench/presence.sh" "$REAT_BUILD" \
	    >"$BATS_TEST_TMPDIR/out"
	awk -F'\t' 'NR > 1 && NF == 5 && $3 > 0 { n++ } END { exit n != 18 }' \
	    "$BATS_TEST_TMPDIR/out"
}

@test "bench: scale" {
	REAT_BENCH_QUICK=1 sh "$ROOT/tests/bench/scale.sh" "$REAT_BUILD" \
	    >"$BATS_TEST_TMPDIR/out"
	awk -F'\t' 'NR > 1 && NF == 4 && $1 * $2 > 0 { n++ }
		END { exit n != 4 }' "$BATS_TEST_TMPDIR/out"
}

@test "bench: without data the training and the tagging are skipped" {
	for bench in train tagger threads stages; do
		REAT_DATA=/nonexistent bash "$ROOT/tests/bench/$bench.sh" \
		    "$REAT_BUILD" >"$BATS_TEST_TMPDIR/out"
		grep -q '^data: skipped: no /nonexistent/.*: set REAT_DATA$' \
		    "$BATS_TEST_TMPDIR/out"
	done
}

@test "bench: our products and OpenBLAS's" {
	sh "$ROOT/tests/bench/blas.sh" "$REAT_BUILD" >"$BATS_TEST_TMPDIR/out"
	awk -F'\t' 'NR > 2 && NF == 7 && $5 > 0 && $6 > 0 { n++ }
		END { exit n != 12 }' "$BATS_TEST_TMPDIR/out"
}

@test "bench: what each stage costs" {
	need_data sst2/test.tsv
	REAT_BENCH_QUICK=1 sh "$ROOT/tests/bench/stages.sh" "$REAT_BUILD" \
	    >"$BATS_TEST_TMPDIR/out"
	awk -F'\t' 'NR > 1 && NF == 6 && $1 == 100 && $5 > 0 && $6 > 20 { n++ }
		END { exit n != 7 }' "$BATS_TEST_TMPDIR/out"
}
