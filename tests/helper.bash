# Common to all bats files: load helper.  tests/run has set PATH, REAT_BUILD,
# REAT_PATH; bats makes BATS_TEST_TMPDIR.

bats_require_minimum_version 1.5.0
ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
# shellcheck disable=SC2034	# used by the tests
DATA=${REAT_DATA:-$ROOT/../shared/data}

# Skip the test, and say so, where the data sets are absent.
need_data() {
	for path in "$@"; do
		[ -e "$DATA/$path" ] || skip "no $DATA/$path"
	done
}

# Skip where script(1) can't make a terminal: script -qec COMMAND /dev/null.
need_terminal() {
	command -v script >/dev/null || skip "no script(1)"
	script -qec true /dev/null </dev/null >/dev/null 2>&1 ||
		skip "no pseudo-terminal to be had"
}

# The CPU paths above baseline that this machine can run, as a program lists
# them when it is asked for one that does not exist.
cpu_paths() {
	tok a w1 | REAT_CPU=none reat-trace \
		-m "$ROOT/tests/golden/engine/gru-last-1/" 2>&1 |
		sed 's/.*expected baseline//; s/ on this.*//' | tr -d ,
}

# run with stderr apart: $output, $stderr, $status
try() {
	run --separate-stderr "$@"
}

# rows of scores, and the logit row behind those of a class and method; its score
# is the probability
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

# long N: a tok block x of N words, w1 to w11
long() {
	echo '# sent_id = x'
	awk -v n="$1" 'BEGIN { for (t = 1; t <= n; t++)
		print t "\tw" 1 + t * t % 11 "\t_\t_\t_\t_\t_\t_\t_\t_" }'
	echo
}

# one word a line -> a tok block: tok ID WORD...
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
