load helper
load rivals

# compare the model's scores on one level with scikit-learn's fit in float64
same() {
	local y=(-y) class=$3
	[[ $3 != y:* ]] || y=() class=${3#y:}
	reat-lime -n "5000${2#lime}" -m "$ENGINE/$1/" -c "$class" "${y[@]}" \
		-l "$4" "$BATS_TEST_TMPDIR/docs" |
		agree "$1" "$2" "$3" 2e-5 "$4"
}

@test "every cell, direction, head and depth: the fits are those of scikit-learn" {
	# add the layer of -l to each text
	sed '/^# sent_id = \(two\|zero\|long\)$/,/^$/d
		s/_$/phrase=O/' "$ENGINE/docs.tok" >"$BATS_TEST_TMPDIR/docs"
	grep 'lime' "$GOLDEN/expected.tsv" | cut -f1-3,5 | sort -u \
		>"$BATS_TEST_TMPDIR/cases"
	n=0
	while read -r model method target level; do
		run same "$model" "$method" "$target" "$level"
		# 3 and 10 words, or 7 phrases; and the bias and R2 of each text
		[[ $output =~ ^(5|9|12|17)$ ]] || {
			echo "$output"
			false
		}
		n=$((n + output))
	done <"$BATS_TEST_TMPDIR/cases"
	echo "$n"
	[ "$n" -eq "$(awk -F'\t' '$2 ~ /lime/ { n += split($6, x, " ") }
		END { print n }' "$GOLDEN/expected.tsv")" ]
}

@test "with 50,000 samples the order of the words is that of the lime library" {
	need_data sst2/test.tsv
	cd "$BATS_TEST_TMPDIR"
	reat-tokenize -r split -f text,label "$DATA/sst2/test.tsv" | awk '
		NR == FNR { chosen[$1] = 1; next }
		/^# sent_id/ { on = $4 in chosen } on' "$GOLDEN/lime.tsv" - |
		reat-lime -l word -c positive -n 50000 >ours
	awk -F'\t' -v OFS='\t' '
		NR == FNR { score[$1 FS $2] = $3; next }
		$3 == "word" { $10 = score[$1 FS $4] }
		FNR > 1 { $7 = "library" } 1' "$GOLDEN/lime.tsv" ours >theirs
	reat-eval -H -a agreement theirs ours | awk '{ print }
		END { exit !(NR == 1 && $5 == 50 && $6 >= 0.98) }'
	# the same word has the largest score
	paste ours theirs | awk -F'\t' '
		function abs(x) { return x < 0 ? -x : x }
		$3 == "word" {
			if (abs($10) > most) { most = abs($10); a = $4 }
			if (abs($21) > most2) { most2 = abs($21); b = $15 }
		}
		$3 == "probability" { n++; same += a == b; most = most2 = 0 }
		END { print same, n; exit !(n == 50 && same >= 0.95 * n) }'
}

@test "the more samples, the nearer to the result of all subsets" {
	error() {
		reat-lime -H -y -l word -m "$ENGINE/bilstm-mean-1/" "$@" \
			"$ENGINE/docs.tok" | awk -F'\t' '
			/^ten/ && $3 == "word" { print $10 }' |
			paste - "$BATS_TEST_TMPDIR/exact" | awk '
			{ d += ($1 - $2) ^ 2; n += $2 ^ 2 }
			END { print d / n }'
	}
	# the penalty counts less with more samples, so use as many for all
	# subsets
	for n in 500 1000; do
		reat-lime -H -y -l word -m "$ENGINE/bilstm-mean-1/" -n 1024 \
			"$ENGINE/docs.tok" | awk -F'\t' '
			/^ten/ && $3 == "word" { print $10 }' \
			>"$BATS_TEST_TMPDIR/exact"
		few=$(error -n $n) again=$(error -n $n -s 2)
		[ "$few" != "$again" ]
		awk -v few="$few" -v again="$again" -v n=$n 'BEGIN {
			exit !(few < 10 / n && again < 10 / n) }'
	done
}

@test "the scores of a text depend only on its words and the seed" {
	texts 12
	reat-lime -H -n 300 "$BATS_TEST_TMPDIR/tok" | sort \
		>"$BATS_TEST_TMPDIR/a"
	for b in 1 5; do
		reat-lime -H -n 300 -b $b "$BATS_TEST_TMPDIR/turned" | sort |
			cmp - "$BATS_TEST_TMPDIR/a"
	done
	# another sent_id, the text alone, and words with other levels
	sed -n '/sent_id = 5$/,/^$/p' "$BATS_TEST_TMPDIR/tok" |
		sed 's/sent_id = 5/sent_id = x/' | reat-lime -H -l word -n 300 |
		grep $'\tword\t' | cut -f2- |
		cmp - <(grep $'^5\t.*\tword\t' "$BATS_TEST_TMPDIR/a" |
		sort -t$'\t' -k4,4n | cut -f2-)
	reat-lime -H -n 300 -s 7 "$BATS_TEST_TMPDIR/tok" | sort |
		run ! cmp - "$BATS_TEST_TMPDIR/a"
}

@test "a word without effect has the score 0" {
	# zero input weights: the word's embedding is zero, and the state passes
	reat-lime -H -l word -n 200 -m "$ENGINE/gru-last-1/" \
		<(tok x w3) >"$BATS_TEST_TMPDIR/out"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/out")" -eq 4 ]
	run reat-lime -H -l word -m "$ENGINE/gru-last-1/" <(tok x)
	[ "${#lines[@]}" -eq 3 ]
	[[ ${lines[0]} == *$'\t0\t_' ]]
	[ "$(cut -f10 <<<"${lines[1]}")" = "$(cut -f10 <<<"${lines[2]}")" ]
}

@test "lime-words: the words of lime, and spans are their sums" {
	reat-chunk "$ROOT/tests/contract/tok" >"$BATS_TEST_TMPDIR/tok"
	for args in '' '-y -c all' '-n 300,4'; do
		# shellcheck disable=SC2086	# words
		reat-lime -q -H -l word $args "$BATS_TEST_TMPDIR/tok" \
			>"$BATS_TEST_TMPDIR/lime"
		for levels in word phrase,1-2,word,clause 1-1; do
			# shellcheck disable=SC2086
			reat-lime -q -H -a lime-words -l $levels -k $args \
				"$BATS_TEST_TMPDIR/tok" 2>/dev/null \
				>"$BATS_TEST_TMPDIR/sums" || [ $? -eq 1 ]
			awk -F'\t' '
			{ key = $1 FS $2 FS }
			NR == FNR && $3 == "word" { word[key $4] = $10; next }
			NR == FNR { row[key $3] = $10 FS $11; next }
			{ n++; bad += $7 != "lime-words" }
			$4 == "_" {
				split(row[key $3], v, FS)
				d = $10 - v[1]
				bad += d * d > 1e-12 || $11 != v[2]
				next
			}
			{
				d = $10
				for (t = $4; t <= $5; t++)
					d -= word[key t]
				bad += d * d > 1e-12
				spans++
			}
			END { exit bad || !spans }' "$BATS_TEST_TMPDIR/lime" \
				"$BATS_TEST_TMPDIR/sums"
		done
	done
	# in words, 2048 are the limit; other levels are not
	long 2049 | sed '/^[0-9]/s/_$/clause=O/' >"$BATS_TEST_TMPDIR/long"
	try reat-lime -a lime-words -l clause -m "$ENGINE/gru-last-1/" \
		"$BATS_TEST_TMPDIR/long"
	[ "$status" -eq 1 ]
	[[ $stderr == *":1: this block has 2049 words, the limit for -a lime-words is 2048" ]]
}

@test "-a list has the methods of the man page; other names are refused" {
	reat-lime -a list | cut -d' ' -f1 | sort >"$BATS_TEST_TMPDIR/list"
	sed -n '/^\.It Fl a/,/^\.It Fl b/s/^\.It Cm //p' "$ROOT/man/reat-lime.1" |
		sort | cmp - "$BATS_TEST_TMPDIR/list"
	try reat-lime -a nothing </dev/null
	[ "$status" -eq 2 ]
	[[ $stderr == *'option -a: "nothing", expected lime, lime-words or kernelshap'* ]]
}

@test "-n N,K fits at most K words" {
	for K in 1 3 6 7 9; do
		[ "$(reat-lime -H -l word -n 600,$K -m "$ENGINE/lstm-max-1/" \
			"$ENGINE/docs.tok" | awk -F'\t' '
			/^ten/ && $3 == "word" && $10 != 0' | wc -l)" -eq $K ]
	done
	for n in x 1 '5000,' 5000,0 ,5 5,x 5,3000; do
		try reat-lime -n "$n" </dev/null
		[ "$status" -eq 2 ]
		[[ $stderr == "reat-lime: option -n: "* ]]
	done
}

@test "R2: a number from 0 to 1 for each level" {
	reat-chunk "$ROOT/tests/contract/tok" | reat-lime -H -c all -n 400 |
		awk -F'\t' '
		$3 == "text" {
			n = split($11, v, " ")
			if ($11 == "_")
				next
			bad += v[1] != "R2"
			for (i = 2; i <= n; i++)
				bad += !(v[i] >= 0 && v[i] <= 1)
			seen++
			delete level
		}
		END { exit bad || !seen }'
}

@test "a level with too many spans is bad, other levels are not" {
	long 2049 | awk -F'\t' -v OFS='\t' 'NF > 1 {
		$10 = "clause=" ($1 % 300 == 1 ? "B" : "I") "-S" } 1' \
		>"$BATS_TEST_TMPDIR/long"
	try reat-lime -m "$ENGINE/gru-last-1/" "$BATS_TEST_TMPDIR/long"
	[ "$status" -eq 1 ]
	[[ $stderr == *":1: level word has 2049 spans, the limit is 2048" ]]
	run reat-lime -H -l clause -m "$ENGINE/gru-last-1/" \
		"$BATS_TEST_TMPDIR/long"
	[ "${#lines[@]}" -eq 10 ]
}

@test "progress is on the terminal, and -q disables it" {
	tok x w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w1 w2 w3 w4 w5 w6 w7 w8 \
		>"$BATS_TEST_TMPDIR/tok"
	terminal "reat-lime -n 400000 -m '$ENGINE/gru-last-1/' \
		$BATS_TEST_TMPDIR/tok"
	[[ $output == *"reat-lime: 0 texts, "*" samples, "*" samples/s"* ]]
	[ "$(wc -l <"$BATS_TEST_TMPDIR/out")" -eq 23 ]
	mv "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/before"
	terminal "reat-lime -q -n 400000 -m '$ENGINE/gru-last-1/' \
		$BATS_TEST_TMPDIR/tok"
	[ -z "$output" ]
	cmp "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/before"
}

@test "OpenBLAS: threads change nothing, and other kernels only the last digits" {
	texts 12
	run=(reat-lime -q -n 300 -c all -m sst2-gru "$BATS_TEST_TMPDIR/tok")
	"${run[@]}" >"$BATS_TEST_TMPDIR/a"
	for n in 1 4; do
		OPENBLAS_NUM_THREADS=$n "${run[@]}" | cmp - "$BATS_TEST_TMPDIR/a"
	done
	[ "$(uname -m)" = x86_64 ] || return 0
	cores=(Prescott Nehalem)
	[[ " $(cpu_paths) " != *" v3 "* ]] || cores+=(Haswell)
	for core in "${cores[@]}"; do
		OPENBLAS_CORETYPE=$core "${run[@]}" >"$BATS_TEST_TMPDIR/b"
		awk -f "$ROOT/tests/near.awk" "$BATS_TEST_TMPDIR/a" \
			"$BATS_TEST_TMPDIR/b"
	done
	# the comparison finds one other digit
	awk -F'\t' -v OFS='\t' 'NR == 5 { $10 += 3e-6 } 1' \
		"$BATS_TEST_TMPDIR/a" >"$BATS_TEST_TMPDIR/b"
	run ! awk -f "$ROOT/tests/near.awk" "$BATS_TEST_TMPDIR/a" \
		"$BATS_TEST_TMPDIR/b"
	[ "${#lines[@]}" -eq 2 ]
}

@test "without memory for OpenBLAS it ends, with a message" {
	tok x w1 w2 w3 >"$BATS_TEST_TMPDIR/tok"
	run=(reat-lime -m "$ENGINE/gru-last-1/" "$BATS_TEST_TMPDIR/tok")
	need_ulimit
	(ulimit -v 400000 && OPENBLAS_NUM_THREADS=1 "${run[@]}") >/dev/null
	try bash -c 'ulimit -v 150000; OPENBLAS_NUM_THREADS=1 exec timeout 60 "$@"' \
		limited "${run[@]}"
	[ "$status" -eq 2 ]
	[[ $stderr == "reat-lime: out of memory"* ]]
}
