load helper

GOLDEN=$ROOT/tests/golden/engine

@test "probabilities and logits are PyTorch's, for every model" {
	for folder in "$GOLDEN"/*/; do
		model=$(basename "$folder")
		reat-predict -g -m "$folder" "$GOLDEN/docs.tok" \
			>"$BATS_TEST_TMPDIR/p"
		run awk -F'\t' -v model="$model" '
			FILENAME ~ /expected/ {
				if ($1 == model && $5 == "logit") {
					p[$3, $4] = $7
					z[$3, $4] = $8
				}
				next
			}
			FNR == 1 {
				for (i = 4; i <= NF; i++) name[i] = $i
				C = (NF - 3) / 2
				next
			}
			!(($1, $3) in p) && $1 == "long" { next }
			{
				for (i = 4; i < 4 + C; i++) {
					d = $i - p[$1, name[i]]
					e = $(i + C) - z[$1, name[i]]
					if (d * d > 4e-10 || e * e > 4e-10 || \
					    name[i + C] != "logit:" name[i])
						print model, $0
					if (p[$1, name[i]] > p[$1, $3])
						print "not the best", $0
				}
				n++
			}
			END { print n }' "$GOLDEN/expected.tsv" \
			"$BATS_TEST_TMPDIR/p"
		[ "$output" = 5 ] || [ "$output" = 6 ] || {
			echo "$output"
			false
		}
	done
}

@test "the header names the classes; -H leaves it out" {
	run reat-predict -m "$GOLDEN/gru-last-1/" /dev/null
	[ "$output" = $'doc\tlabel\tpredicted\tc0\tc1' ]
	run reat-predict -H -m "$GOLDEN/gru-last-1/" /dev/null
	[ -z "$output" ]
}

@test "a gold label passes through, known to the model or not" {
	{ echo '# label = elsewhere'; tok a w1; } |
		reat-predict -H -m "$GOLDEN/gru-last-1/" \
		>"$BATS_TEST_TMPDIR/out"
	run cut -f1,2 "$BATS_TEST_TMPDIR/out"
	[ "$output" = $'a\telsewhere' ]
}

@test "the same bytes in every batch size" {
	for i in $(seq 60); do
		tok "d$i" w1 w$((i % 12)) w$((i % 7)) w3
	done >"$BATS_TEST_TMPDIR/tok"
	reat-predict -m "$GOLDEN/bilstm-mean-2/" "$BATS_TEST_TMPDIR/tok" \
		>"$BATS_TEST_TMPDIR/a"
	for b in 1 2 7 64; do
		reat-predict -b $b -m "$GOLDEN/bilstm-mean-2/" \
			"$BATS_TEST_TMPDIR/tok" | cmp - "$BATS_TEST_TMPDIR/a"
	done
}

@test "a number of the embedding that is not finite is an error, not a score" {
	cp -R "$ROOT/tests/contract/model" "$BATS_TEST_TMPDIR/m"
	w=$BATS_TEST_TMPDIR/m/weights.safetensors
	chmod -R u+w "$BATS_TEST_TMPDIR/m"
	n=$(od -An -tu4 -N4 "$w" | tr -d ' ')
	# infinity into the row of the second word; the embedding comes first
	printf '\0\0\200\177' | dd of="$w" bs=1 seek=$((8 + n + 2 * 4)) \
		conv=notrunc status=none
	{ tok a movie; tok b the; } >"$BATS_TEST_TMPDIR/tok"
	try reat-predict -H -m "$BATS_TEST_TMPDIR/m" "$BATS_TEST_TMPDIR/tok"
	[ "$status" -eq 1 ]
	[[ $output == a$'\t'* ]]
	[[ $stderr == *"tok:4: model m gives a logit that is not finite" ]]
}
