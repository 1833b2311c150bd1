# The whole pipeline on all texts of SST-2 test, with each shipped model.  It
# needs the data folder.

load helper

MODELS='sst2-gru sst2-lstm sst2-bigru'

setup_file() {
	set -o pipefail
	[ -e "$DATA/sst2/test.tsv" ] || return 0
	{ cat "$DATA/sst2/test.tsv"; echo; } | awk -F'\t' 'NF == 2 {
		print ($2 == 1 ? "positive" : "negative") "\t" $1 }' \
		>"$BATS_FILE_TMPDIR/test.tsv"
	reat-tokenize -r split -f label,text "$BATS_FILE_TMPDIR/test.tsv" |
		reat-tag | reat-chunk >"$BATS_FILE_TMPDIR/tok"
	for model in $MODELS; do
		reat-trace -m "$model" "$BATS_FILE_TMPDIR/tok" |
			reat-score -c all >"$BATS_FILE_TMPDIR/$model"
	done
}

@test "every stage processes 1,821 texts" {
	need_data sst2/test.tsv
	[ "$(grep -c '^# sent_id' "$BATS_FILE_TMPDIR/tok")" -eq 1821 ]
	for model in $MODELS; do
		[ "$(cut -f1,2 "$BATS_FILE_TMPDIR/$model" | sort -u |
			wc -l)" -eq 3643 ]
		reat-heatmap -C always -w 80 "$BATS_FILE_TMPDIR/$model" \
			>"$BATS_TEST_TMPDIR/picture"
		[ -s "$BATS_TEST_TMPDIR/picture" ]
	done
}

@test "words and bias add up to the logit; spans are the sums of their words" {
	need_data sst2/test.tsv
	for model in $MODELS; do
		run awk -F'\t' '
			FNR == 1 { next }
			function size(x) { return x < 0 ? -x : x }
			{ key = $1 SUBSEP $2 }
			$3 == "word" {
				if (key != last) { n = all = total = 0; last = key }
				word[++n] = $10
				total += $10
				all += size($10)
				next
			}
			{ tol = 1e-4 * (all > 1 ? all : 1) }
			$3 == "phrase" || $3 == "clause" || $3 == "sentence" {
				sum = 0
				for (i = $4; i <= $5; i++) sum += word[i]
				if (size(sum - $10) > tol) print "span", $0
				spans++
			}
			$3 == "bias" { bias = $10 }
			$3 == "logit" {
				if (size(total + bias - $10) > tol) print "logit", $0
				logits++
			}
			END { print logits, (spans > 1821 * 2 * 3) }' \
			"$BATS_FILE_TMPDIR/$model"
		[ "$output" = "3642 1" ] || {
			echo "$model: $output" | head
			false
		}
	done
}

@test "reat-score -m gives the bytes of reat-trace | reat-score" {
	need_data sst2/test.tsv
	for model in $MODELS; do
		reat-score -m "$model" -c all "$BATS_FILE_TMPDIR/tok" |
			cmp - "$BATS_FILE_TMPDIR/$model"
	done
}

@test "the same bytes for any batch, order and number of processes" {
	need_data sst2/test.tsv
	blocks='BEGIN { RS = ""; ORS = "\n\n"; srand(1) }
		{ b[NR] = $0 }
		END { for (i = NR; i > 0; i--) {
			j = int(rand() * i) + 1
			print b[j]
			b[j] = b[i]
		} }'
	awk "$blocks" "$BATS_FILE_TMPDIR/tok" >"$BATS_TEST_TMPDIR/shuffled"
	run ! cmp -s "$BATS_FILE_TMPDIR/tok" "$BATS_TEST_TMPDIR/shuffled"
	for model in $MODELS; do
		tail -n +2 "$BATS_FILE_TMPDIR/$model" >"$BATS_TEST_TMPDIR/all"
		for b in 1 2 7 64; do
			reat-score -H -b $b -m "$model" -c all \
				"$BATS_FILE_TMPDIR/tok" |
				cmp - "$BATS_TEST_TMPDIR/all"
		done
		sort "$BATS_TEST_TMPDIR/all" >"$BATS_TEST_TMPDIR/sorted"
		reat-score -H -m "$model" -c all "$BATS_TEST_TMPDIR/shuffled" |
			sort | cmp - "$BATS_TEST_TMPDIR/sorted"
		command -v parallel >/dev/null || continue
		for jobs in 1 2 4; do
			parallel --will-cite -j $jobs --pipepart --block 64K \
				-a "$BATS_FILE_TMPDIR/tok" --recend '\n\n' -k \
				reat-score -H -m "$model" -c all |
				cmp - "$BATS_TEST_TMPDIR/all"
		done
	done
}
