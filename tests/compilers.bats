# Each path of the CPU and each compiler gives the same bits: tests/digests on a
# dozen texts, with every filter and every model.
load helper

setup_file() {
	cut -f 1 "$BATS_TEST_DIRNAME/golden/tokenizer/nltk.tsv" | head -n 12 \
	    >"$BATS_FILE_TMPDIR/texts"
	sh "$BATS_TEST_DIRNAME/digests" "$REAT_BUILD" \
	    "$BATS_FILE_TMPDIR/texts" >"$BATS_FILE_TMPDIR/best"
}

# same BUILD: its digests are those of the best path of $REAT_BUILD
same() {
	[ "$(wc -l <"$BATS_FILE_TMPDIR/best")" -gt 100 ]
	sh "$ROOT/tests/digests" "$1" "$BATS_FILE_TMPDIR/texts" |
	    diff "$BATS_FILE_TMPDIR/best" -
}

@test "every path of this CPU gives the same bits" {
	for path in baseline $(cpu_paths); do
		echo "$path"
		REAT_CPU=$path same "$REAT_BUILD"
	done
}

@test "another compiler's programs give the same bits" {
	[ -x "$REAT_BUILD/other/reat-score" ] ||
		skip "no $REAT_BUILD/other: make check builds it, with gcc and clang"
	same "$REAT_BUILD/other"
}

@test "another compiler's unit tests pass" {
	[ -x "$REAT_BUILD/other/reat-score" ] ||
		skip "no $REAT_BUILD/other: make check builds it, with gcc and clang"
	for unit in "$REAT_BUILD"/other/unit/*/*; do
		"$unit" >"$BATS_TEST_TMPDIR/out" 2>&1 && ! grep '^not ok' "$BATS_TEST_TMPDIR/out" || {
			echo "$unit"
			cat "$BATS_TEST_TMPDIR/out"
			return 1
		}
	done
}

@test "every fuzzer takes its kept inputs" {
	# where make check built them, with sanitizers
	build=$REAT_BUILD
	[ ! -e "$build/asan/libreat.a" ] || build=$build/asan
	cd "$ROOT"
	for f in tests/fuzz/*.c; do
		name=$(basename "$f" .c)
		case $name in
		driver|memory) continue ;;
		esac
		echo "$name"
		sh tests/fuzz/link "$build" "$name" "$BATS_TEST_TMPDIR/$name" \
		    tests/fuzz/driver.c
		# rivals runs programs: too slow here
		[ "$name" = rivals ] ||
		    "$BATS_TEST_TMPDIR/$name" 0 0 0 "tests/fuzz/corpus/$name"/*
	done
}
