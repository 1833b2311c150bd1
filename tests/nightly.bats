# tests/nightly/run: its table, and the short form of its steps
load helper

setup() {
	cd "$BATS_TEST_TMPDIR"
}

# night [MINUTES [STEPS]]: run it, and cut the blanks of its table
night() {
	try sh "$ROOT/tests/nightly/run" "$PWD" "$@"
	table=$(tr -s ' ' <<<"$output")
	echo "$table"
}

@test "a row for each step: ok, failed, or skipped and why" {
	cat >steps <<-'END'
	# a comment
	step	good
	run	echo begin; echo "7 things"
	step	bad
	needs	sh
	run	echo "a fault"; exit 3

	step	lacking
	needs	sh no-such-command
	run	touch "$build/never"
	step	short
	share	1
	run	echo "$seed: $seconds s"
	step	long
	share	2
	run	echo "$seconds s"
	END
	REAT_NIGHTLY_SEED=5 night 9 "$PWD/steps"
	[ "$status" -eq 1 ]
	[[ $table == "seed 5, "*"
step how many time result
good 7 things 0:0"?" ok
bad a fault 0:0"?" FAILED: $PWD/nightly/bad.log
lacking - - skipped: no no-such-command
short 5: 1"[78]?" s 0:0"?" ok
long 5"[34]?" s 0:0"?" ok" ]]
	[ ! -e never ]
	[ "$(tr -s ' ' <nightly/table)" = "$table" ]
	[ "$(head -n 1 nightly/good.log)" = begin ]
	night 0 "$PWD/steps"
	[[ $table == *"
good - - skipped: no time is left
bad - - skipped: no time is left
lacking - - skipped: no no-such-command
short - - skipped: no time is left
long - - skipped: no time is left" ]]
	REAT_NIGHTLY_QUICK=1 night 9 "$PWD/steps"
	[ "$status" -eq 0 ]
	[[ $table == *"
bad - - skipped: too long"* ]]
}

@test "faults of the table of steps and of the time" {
	printf 'step\tx\nshares\t1\n' >steps
	night 9 "$PWD/steps"
	[ "$status" -eq 2 ]
	[[ $stderr == *'/steps: "shares", expected step, needs, share, quick or run' ]]
	night 1h
	[ "$status" -eq 2 ]
	[ "$stderr" = "run: 1h minutes, expected a whole number" ]
}

@test "the short form of a night" {
	[ -e "$REAT_BUILD/fault/shim.so" ] || skip "make units"
	# a build of its own: another test may read BUILD/nightly
	ln -s "$REAT_BUILD"/* .
	REAT_NIGHTLY_QUICK=1 night
	[ "$status" -eq 0 ]
	[[ $table == *"
faults reat-"*" ok
kills 5 kills, 0 not ok, seed "* ]]
	[ "$(grep -c 'skipped: too long$' <<<"$table")" -ge 5 ]
}
