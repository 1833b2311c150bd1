# tests/bench: that the benches run.  Numbers are not looked at.
load helper

@test "bench: without peers the engine's own numbers" {
	REAT_PEERS=/nonexistent REAT_BENCH_QUICK=1 \
	    sh "$ROOT/tests/bench/engine.sh" "$B" >"$T/out"
	grep -q '^peers: skipped: no PyTorch' "$T/out"
	for row in forward reat shapley product; do
		awk -F'\t' -v row="$row" '$1 == row && $3 + 0 > 0 { n++ }
			END { exit n != 1 }' "$T/out"
	done
}
