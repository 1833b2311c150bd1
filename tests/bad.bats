# Bad input: each line of tests/bad/table is a case.  To add a case, add a line
# with the exit status, a pattern that the standard error must match, and a
# command, separated by tabs.  sh runs the command with the functions of
# tests/bad/lib.sh.  In each case there must be no report of a sanitizer, each
# message must begin with the program's name, and the command must end within a
# minute.

load helper

# cases PATTERN: run the cases whose command names a program that matches
cases() {
	n=0 failed=0
	export SAMPLES=$ROOT/tests/contract MODEL=$ROOT/tests/contract/model
	while IFS=$'\t' read -r status pattern command; do
		case $status in ''|\#*) continue ;; esac
		program=$(grep -oE '\breat(-[a-z]+)?\b' <<<"$command" | tail -n 1)
		[[ $program =~ ^($1)$ ]] || continue
		[ -x "$REAT_BUILD/$program" ] || continue
		n=$((n + 1))
		T=$BATS_TEST_TMPDIR/$n
		mkdir -p "$T/tmp"
		got=0
		(cd "$T/tmp" && timeout 60 sh -c ". '$ROOT/tests/bad/lib.sh'
		$command" >"$T/out" 2>"$T/err") || got=$?
		why=
		[ "$got" -eq "$status" ] || why="exit $got, expected $status"
		grep -Eq -- "$pattern" "$T/err" || why="$why; expected $pattern"
		! grep -Eq 'Sanitizer|runtime error' "$T/err" ||
		    why="$why; a sanitizer speaks"
		! grep -Evq '^(reat(-[a-z]+)?: .|usage: )' "$T/err" ||
		    why="$why; a line without a program's name"
		[ -z "$why" ] || {
			failed=$((failed + 1))
			printf '%s\n  %s\n' "$command" "$why"
			head -n 20 "$T/err" | sed 's/^/  | /'
		}
		rm -rf "$T"
	done <"$ROOT/tests/bad/table"
	echo "$n cases, $failed failed"
	[ "$failed" -eq 0 ]
	[ "$n" -gt 0 ] || skip "none of these is built"
}

@test "reat-tokenize" { cases reat-tokenize; }
@test "reat-tag" { cases reat-tag; }
@test "reat-chunk" { cases reat-chunk; }
@test "reat-tree" { cases reat-tree; }
@test "reat-trace" { cases reat-trace; }
@test "reat-score" { cases reat-score; }
@test "reat-predict" { cases reat-predict; }
@test "reat-heatmap" { cases reat-heatmap; }
@test "reat-train" { cases reat-train; }
@test "reat, the driver" { cases reat; }

@test "the other filters" {
	cases 'reat-(grad|lime|occlude|erase|select|swap|eval|boxplot|audit|summary|model)'
}

@test "every case names a program, and there are at least 60" {
	run awk -F '\t' '/^#/ || /^$/ { next }
	    NF != 3 || $1 !~ /^[0-9]+$/ || $3 !~ /reat/ { print; bad = 1 }
	    { n++ } END { exit bad || n < 60 }' "$ROOT/tests/bad/table"
	echo "$output"
	[ "$status" -eq 0 ]
}
