# The scripts in examples/ do what they say.  chunk-awk.sh and render-awk.sh
# are tested with the filters that they stand in for.

load helper

texts() {
	printf '%s\n' 'A charming but slow film .' 'Dull , dull and dull !' \
		'' 'I liked it . She did not .'
}

@test "every example is run by some test" {
	for script in "$ROOT"/examples/*.sh; do
		grep -q "examples/${script##*/}" "$ROOT"/tests/*.bats || {
			echo "$script"
			false
		}
	done
}

@test "examples/demo.sh draws words, phrases and clauses" {
	run env B="${REAT_BUILD#"$ROOT"/}" sh "$ROOT/examples/demo.sh"
	[ "$status" -eq 0 ]
	[ "$(grep -c '^ *word' <<<"$output")" -ge 4 ]
	[ "$(grep -c '^ *phrase' <<<"$output")" -ge 4 ]
	[ "$(grep -c '^ *clause' <<<"$output")" -ge 4 ]
}

@test "examples/compare-models.sh: the words on which two models differ" {
	texts >"$BATS_TEST_TMPDIR/texts"
	run sh "$ROOT/examples/compare-models.sh" sst2-gru sst2-lstm \
		"$BATS_TEST_TMPDIR/texts"
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 20 ]
	# the difference is that of the two scores, largest first
	run awk -F'\t' '{ d = $3 - $4; d = d < 0 ? -d : d
		if ((d - $1) ^ 2 > 1e-8 || (NR > 1 && $1 > last)) print
		last = $1 }' <<<"$output"
	[ -z "$output" ]
}

@test "examples/parallel.sh: the bytes of one process" {
	for i in $(seq 1200); do
		texts | sed "s/film/film $i/"
	done >"$BATS_TEST_TMPDIR/texts"
	sh "$ROOT/examples/parallel.sh" sst2-bigru "$BATS_TEST_TMPDIR/texts" \
		>"$BATS_TEST_TMPDIR/parallel"
	reat-tokenize "$BATS_TEST_TMPDIR/texts" | reat-tag | reat-chunk |
		reat-score -H -m sst2-bigru | cmp - "$BATS_TEST_TMPDIR/parallel"
	# and there was more than one piece
	[ "$(reat-tokenize "$BATS_TEST_TMPDIR/texts" | reat-tag | reat-chunk |
		wc -c)" -gt 1000000 ]
}
