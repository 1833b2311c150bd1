# tests/golden/parity: with whom each method and measure is compared

load helper

setup() {
	P=$ROOT/tests/golden/parity
	cd "$BATS_TEST_TMPDIR"
}

@test "every method and measure has a row" {
	for filter in score grad lime occlude reduce swap eval; do
		reat-$filter -a list | sed '/^[[:space:]]/d' |
			awk -v f="reat-$filter" -v OFS='\t' '
			$1 != "any" && $1 != "score" { print f, $1 }'
	done >names
	cut -f 1,2 "$P/with.tsv" | sort >rows
	sort names | diff - rows
	cut -f 4 "$P/with.tsv" | sed 's/, .*//' | sort -u | while read -r where; do
		[ -e "$ROOT/$where" ] || [ -d "$ROOT/tests/golden/$where" ]
	done
}

@test "README is the page of these rows, and its measures are as it says" {
	sh "$P/run" "$REAT_BUILD" measures counted >page
	sed -n '/^    reat-reduce/,$p' page >some
	[ "$(wc -l <some)" -gt 40 ]
	sed -n '/^    reat-reduce/,$p' "$P/README" | diff - some
	# the other rows without their numbers
	sed 's/^\(.\{69\}\).\{25\}/\1/' page >a
	sed 's/^\(.\{69\}\).\{25\}/\1/' "$P/README" | diff a -
	# no comparison is without rows
	run ! grep -E ' (engine|rivals|samples|presence|decomposition|shap)$' \
		<(grep -vE '[0-9]e-[0-9]' "$P/README")
}
