# Functions for all bats files, which contain "load helper".  tests/run sets
# PATH, REAT_BUILD, REAT_PATH and REAT_ROOT, the folder of the repository; bats
# makes BATS_TEST_TMPDIR.

bats_require_minimum_version 1.5.0
ROOT=${REAT_ROOT:-$(cd "$BATS_TEST_DIRNAME/.." && pwd)}
# shellcheck disable=SC2034	# used by the tests
DATA=${REAT_DATA:-$ROOT/../shared/data}

# need_data PATH...: skip the test if one of the data sets is missing
need_data() {
	for path in "$@"; do
		[ -e "$DATA/$path" ] || skip "no $DATA/$path"
	done
}

# need_terminal: skip the test if script(1) cannot make a terminal; then use
# script -qec COMMAND /dev/null
need_terminal() {
	command -v script >/dev/null || skip "no script(1)"
	script -qec true /dev/null </dev/null >/dev/null 2>&1 ||
		skip "no pseudo-terminal to be had"
}

# need_shim: set $shim to the path of tests/fault's shim, for LD_PRELOAD; skip the
# test if it has no effect on the programs: they are static, or built with
# sanitizers.  drop_shim, in teardown, removes the path.
need_shim() {
	[ -e "$REAT_BUILD/fault/shim.so" ] ||
		skip "no $REAT_BUILD/fault/shim.so: make units"
	# LD_PRELOAD cannot contain blanks
	shim_folder=$(mktemp -d /tmp/reat.XXXXXX)
	ln -s "$REAT_BUILD/fault/shim.so" "$shim_folder"
	shim=$shim_folder/shim.so
	LD_PRELOAD=$shim REAT_FAULT_COUNT=$shim_folder/count reat-tokenize \
		"$ROOT/tests/contract/text" >/dev/null 2>&1 || true
	for call in malloc read; do
		grep -q "^$call [1-9]" "$shim_folder/count" ||
			skip "LD_PRELOAD has no effect on $call"
	done
}

drop_shim() {
	[ -z "${shim_folder-}" ] || rm -r "$shim_folder"
}

# need_ulimit: skip the test if the memory of the programs cannot be limited: a
# sanitizer reserves terabytes
need_ulimit() {
	(ulimit -v 100000 && reat-chunk -V) >/dev/null 2>&1 ||
		skip "no ulimit -v"
}

# cpu_paths: print the CPU paths above baseline that this machine can run.  A
# program lists them in its message about a REAT_CPU that does not exist.
cpu_paths() {
	tok a w1 | REAT_CPU=none reat-trace \
		-m "$ROOT/tests/golden/engine/gru-last-1/" 2>&1 |
		sed 's/.*expected baseline//; s/ on this.*//' | tr -d ,
}

# try COMMAND...: run it and set $output, $stderr and $status
try() {
	run --separate-stderr "$@"
}

# whole: read rows of scores, and print them with a logit row after the rows of
# each class and method; its score is the probability
whole() {
	awk -F'\t' -v OFS='\t' '
		NR > 1 && $1 FS $2 FS $7 != key { print logit }
		{
			key = $1 FS $2 FS $7
			logit = $1 OFS $2 OFS "logit\t_\t_" OFS $6 OFS $7 \
				OFS "_" OFS $9 OFS $9 OFS "_"
			print
		}
		END { print logit }'
}

# long N: print a tok block "x" of N words, which are w1 to w11
long() {
	echo '# sent_id = x'
	awk -v n="$1" 'BEGIN { for (t = 1; t <= n; t++)
		print t "\tw" 1 + t * t % 11 "\t_\t_\t_\t_\t_\t_\t_\t_" }'
	echo
}

# tok ID WORD...: print a tok block with these words
tok() {
	local i word
	printf '# sent_id = %s\n' "$1"
	shift
	i=0
	for word; do
		i=$((i + 1))
		printf '%d\t%s\t_\t_\t_\t_\t_\t_\t_\t_\n' "$i" "$word"
	done
	echo
}
