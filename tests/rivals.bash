# Functions for the tests of reat-grad, reat-lime and reat-occlude: load rivals.

# shellcheck shell=bash
GOLDEN=$ROOT/tests/golden/rivals
ENGINE=$ROOT/tests/golden/engine

# agree MODEL METHOD TARGET TOL [LEVEL]: compare the scores on the standard
# input with those of an independent program; prints the differences and the
# number of scores
agree() {
	cat >"$BATS_TEST_TMPDIR/scores"
	awk -F'\t' -v level="${5-}" 'level == "" || $5 == level' \
		"$GOLDEN/expected.tsv" | awk -v model="$1" -v method="$2" \
		-v target="$3" -v tol="$4" -f "$GOLDEN/compare.awk" - \
		"$BATS_TEST_TMPDIR/scores"
}

# all_agree ROWS FILTER METHOD...: check that for each model and target, ROWS
# rows agree and no row differs
all_agree() {
	local rows=$1 filter=$2 model target method y output=
	shift 2
	cut -f1,3 "$GOLDEN/expected.tsv" | sort -u >"$BATS_TEST_TMPDIR/targets"
	while read -r model target; do
		y=(-y)
		[[ $target == y:* ]] || y=()
		for method; do
			run agree "$model" "$method" "$target" 1e-5 < <(
				"$filter" -a "$method" -m "$ENGINE/$model/" \
				-c "${target#y:}" "${y[@]}" "$ENGINE/docs.tok")
			[ "$output" = "$rows" ] || {
				echo "$output"
				false
			}
		done
	done <"$BATS_TEST_TMPDIR/targets"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/targets")" -eq 68 ]
}

# texts N: write the first N texts of SST-2 to the file tok, and in reverse
# order to turned
texts() {
	need_data sst2/test.tsv
	head -n "$1" "$DATA/sst2/test.tsv" | cut -f1 | reat-tokenize -r split \
		>"$BATS_TEST_TMPDIR/tok"
	awk -v RS= -v ORS='\n\n' '{ b[NR] = $0 }
		END { for (i = NR; i > 0; i--) print b[i] }' \
		"$BATS_TEST_TMPDIR/tok" >"$BATS_TEST_TMPDIR/turned"
}

# terminal COMMAND: set $output to what it writes on the terminal while its
# standard output goes to the file out
terminal() {
	need_terminal
	run script -qec "$1 >$BATS_TEST_TMPDIR/out" /dev/null </dev/null
}
