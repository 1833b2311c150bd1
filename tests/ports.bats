# Other machines give the same bits: tests/ports, where cross compilers and
# qemu-user are installed (.ci/deps ports).
load helper

# port ARCH: build and compare; 15 minutes are enough on two idle cores
port() {
	try timeout 900 sh "$ROOT/tests/ports" "$REAT_BUILD" "$1"
	echo "$output$stderr"
	[ "$status" -ne 124 ] || skip "not ready in 15 minutes"
	[ "$status" -eq 0 ]
	[[ $output != *": skipped: "* ]] ||
		skip "$(sed -n 's/.*: skipped: //p' <<<"$output")"
}

@test "AArch64 gives the same bits" { port arm64; }

@test "s390x, which is big-endian, gives the same bits" { port s390x; }

@test "the path is the best that the CPU has" {
	command -v qemu-x86_64 >/dev/null || skip "no qemu-x86_64"
	[ "$(uname -m)" = x86_64 ] || skip "not an x86"
	qemu-x86_64 -cpu max "$REAT_BUILD/reat-trace" -V >/dev/null 2>&1 ||
		skip "qemu runs no program with a sanitizer"
	model=$ROOT/tests/golden/engine/gru-last-1/
	tok a w1 w2 >"$BATS_TEST_TMPDIR/tok"
	reat-trace -m "$model" "$BATS_TEST_TMPDIR/tok" >"$BATS_TEST_TMPDIR/best"
	while read -r cpu paths; do
		echo "$cpu"
		run=(qemu-x86_64 -cpu "$cpu" "$REAT_BUILD/reat-trace"
		    -m "$model" "$BATS_TEST_TMPDIR/tok")
		REAT_CPU='' "${run[@]}" | cmp - "$BATS_TEST_TMPDIR/best"
		REAT_CPU=none try "${run[@]}"
		[[ $stderr == *"expected $paths on this machine"* ]]
	done <<-END
		Nehalem baseline
		Haswell baseline, v3
	END
}
