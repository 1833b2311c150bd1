load helper

GOLDEN=$ROOT/tests/golden/engine

# many N: print N texts of 0 to 40 words of the golden models' vocabulary
many() {
	awk -v n="$1" 'BEGIN { srand(7)
		for (d = 1; d <= n; d++) {
			print "# sent_id = d" d
			T = int(rand() * 41)
			for (t = 1; t <= T; t++)
				print t "\tw" int(rand() * 14) \
				    "\t_\t_\t_\t_\t_\t_\t_\t_"
			print ""
		} }'
}

@test "the same bytes for every batch size" {
	many 150 >"$BATS_TEST_TMPDIR/tok"
	for model in bigru-last-1 bilstm-max-2; do
		reat-trace -m "$GOLDEN/$model/" "$BATS_TEST_TMPDIR/tok" \
			>"$BATS_TEST_TMPDIR/trace"
		for b in 1 2 7 200; do
			reat-trace -b $b -m "$GOLDEN/$model/" \
				"$BATS_TEST_TMPDIR/tok" |
				cmp - "$BATS_TEST_TMPDIR/trace"
		done
	done
}

@test "the same bytes for every order of the texts" {
	many 150 >"$BATS_TEST_TMPDIR/tok"
	reversed='BEGIN { RS = ""; ORS = "\n\n" } { b[NR] = $0 }
		END { for (i = NR; i > 0; i--) print b[i] }'
	reat-trace -m "$GOLDEN/bigru-last-2/" "$BATS_TEST_TMPDIR/tok" \
		>"$BATS_TEST_TMPDIR/trace"
	awk "$reversed" "$BATS_TEST_TMPDIR/tok" |
		reat-trace -m "$GOLDEN/bigru-last-2/" | awk "$reversed" |
		cmp - "$BATS_TEST_TMPDIR/trace"
}

@test "the same bytes on every CPU path" {
	many 100 >"$BATS_TEST_TMPDIR/tok"
	for model in bigru-last-1 bilstm-mean-2 birglru-max-2 biminlstm-max-2 \
	    bilstm-hard-max-2 bigru-before-hard-max-2; do
		REAT_CPU=baseline reat-trace -g -m "$GOLDEN/$model/" \
			"$BATS_TEST_TMPDIR/tok" >"$BATS_TEST_TMPDIR/trace"
		for path in $(cpu_paths); do
			REAT_CPU=$path reat-trace -g -m "$GOLDEN/$model/" \
				"$BATS_TEST_TMPDIR/tok" |
				cmp - "$BATS_TEST_TMPDIR/trace"
		done
	done
	REAT_CPU=z80 try reat-trace -m "$GOLDEN/gru-last-1/" \
		"$GOLDEN/docs.tok"
	[ "$status" -eq 2 ]
	[[ $stderr == *'REAT_CPU is "z80", expected baseline'* ]]
}

@test "a second run changes nothing" {
	for model in gru-last-1 bilstm-max-2; do
		reat-trace -g -m "$GOLDEN/$model/" "$GOLDEN/docs.tok" \
			>"$BATS_TEST_TMPDIR/a"
		reat-trace -g -m "$GOLDEN/$model/" "$BATS_TEST_TMPDIR/a" |
			cmp - "$BATS_TEST_TMPDIR/a"
		reat-trace -d -m "$GOLDEN/gru-max-1/" "$BATS_TEST_TMPDIR/a" |
			reat-trace -g -m "$GOLDEN/$model/" |
			cmp - "$BATS_TEST_TMPDIR/a"
	done
}

@test "-g adds every gate under its name" {
	run reat-trace -g -d -m "$GOLDEN/gru-last-1/" <(tok a w1)
	[[ $output == *S=*'|A='*'|R='*'|Z='*'|N='*'|H='* ]]
	run reat-trace -g -d -m "$GOLDEN/bilstm-last-1/" <(tok a w1)
	[[ $output == *S=*'|A='*'|O='*'|I='*'|F='*'|G='*'|C='*'|H='*'|Sr='*'|Hr='* ]]
}

@test "the gates that -g prints satisfy the equations of their cell" {
	for model in gru-last-1 bigru-max-2 lstm-last-2 bilstm-mean-1 \
	    bigru-before-max-2; do
		run bash -c 'reat-trace -g -d -m "$1" "$2" | awk -f "$3"' - \
			"$GOLDEN/$model/" "$GOLDEN/docs.tok" \
			"$GOLDEN/gates.awk"
		[ "${#lines[@]}" -eq 1 ] || { echo "${lines[*]:0:5}"; false; }
		[ "$output" -gt 1000 ]
	done
}

@test "unknown comments, columns, ranges and empty nodes are kept" {
	{
		printf '# newdoc\n# sent_id = a\n# text = w1 w2\n#odd\n'
		printf '1-2\tw1w2\t_\t_\t_\t_\t_\t_\t_\tX=1\n'
		printf '1\tw1\tl\tU\tX\tF=1\t0\troot\t0:root\tA1=2|Zz\n'
		printf '1.1\tghost\t_\t_\t_\t_\t_\t_\t_\t_\n'
		printf '2\tw2\t_\t_\t_\t_\t_\t_\t_\t_\n\n'
	} >"$BATS_TEST_TMPDIR/in"
	reat-trace -m "$GOLDEN/gru-last-1/" "$BATS_TEST_TMPDIR/in" |
		sed -E '/^# reat\./d; s/\|?\b(S|A)=x[0-9a-f]+//g; s/\t$/\t_/' |
		cmp - "$BATS_TEST_TMPDIR/in"
}

@test "a missing model is reported with what the searched folders have" {
	try reat-trace -m nosuch </dev/null
	[ "$status" -eq 2 ]
	[[ $stderr == "reat-trace: nosuch: no such model, looked in "*,\ which\ has\ *sst2-gru* ]]
	try reat-trace -m ./nosuch </dev/null
	[ "$status" -eq 2 ]
}
