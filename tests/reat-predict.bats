load helper

GOLDEN=$ROOT/tests/golden/engine

@test "probabilities and logits are those of PyTorch, for every model" {
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

@test "the header has the classes; -H prints no header" {
	run reat-predict -m "$GOLDEN/gru-last-1/" /dev/null
	[ "$output" = $'doc\tlabel\tpredicted\tc0\tc1' ]
	run reat-predict -H -m "$GOLDEN/gru-last-1/" /dev/null
	[ -z "$output" ]
}

@test "a label is printed whether the model has it or not" {
	{ echo '# label = elsewhere'; tok a w1; } |
		reat-predict -H -m "$GOLDEN/gru-last-1/" \
		>"$BATS_TEST_TMPDIR/out"
	run cut -f1,2 "$BATS_TEST_TMPDIR/out"
	[ "$output" = $'a\telsewhere' ]
}

@test "a label that is no class is noted once, by all that run a model" {
	cd "$BATS_TEST_TMPDIR"
	for l in c0 gut c1 schlecht; do echo "# label = $l"; tok "$l" w1; done >a
	sed 's/label = gut/label = c0/; /label = schlecht/d' a >b
	model=$GOLDEN/gru-last-1/
	for f in reat-predict reat-trace reat-score reat-grad reat-occlude \
	    "reat-lime -n 20"; do
		try $f -m "$model" a
		[ "$status" -eq 0 ]
		[ "$stderr" = "${f%% *}: label \"gut\" is no class of model gru-last-1, which has c0, c1; it is the first of 2 such labels" ] ||
		    { echo "$stderr"; false; }
		try $f -q -m "$model" a
		[ -z "$stderr" ]
		try $f -m "$model" b
		[ -z "$stderr" ]
	done
}

@test "the same bytes for every batch size" {
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

# poke BYTE FLOAT...: copy the contract's model to m, with these floats (as octal
# escapes) at this byte of its numbers
poke() {
	rm -rf m
	cp -R "$ROOT/tests/contract/model" m
	chmod -R u+w m
	n=$(od -An -tu4 -N4 m/weights.safetensors | tr -d ' ')
	at=$((8 + n + $1))
	shift
	# shellcheck disable=SC2059	# escapes
	printf "$(printf '%s' "$@")" | dd of=m/weights.safetensors bs=1 \
	    seek=$at conv=notrunc status=none
}

@test "a word whose product is not finite is an error in every filter" {
	cd "$BATS_TEST_TMPDIR"
	{ tok a movie; tok b movie the movie; } >tok
	inf='\0\0\200\177' nan='\0\0\300\177' huge='\377\377\177\177'
	while read -r at floats; do
		# the embedding is at 0: row 1 is that of "the"; W_ih at 72
		# shellcheck disable=SC2086	# two floats
		poke "$at" $floats
		for pooling in last end mean max; do
			sed -i "s/^pooling.*/pooling: $pooling/" m/model.yaml
			for run in reat-predict reat-trace reat-score \
			    'reat-occlude -q' 'reat-lime -q' 'reat-grad -q' \
			    'reat-grad -q -a grad' 'reat-grad -q -a gradxinput -y'; do
				echo "$floats $pooling $run"
				try $run -m ./m tok
				[ "$status" -eq 1 ]
				[[ $output == *$'\na\t'* || $output == *' = a'* ]]
				[[ $output != *$'\nb\t'* && $output != *' = b'* ]]
				[[ $stderr == *"tok:4: word 2, \"the\", has a vector "*" in model m" ]]
			done
		done
	done <<-END
	8 $inf
	12 $nan
	8 $huge$huge
	END
	# weights of 1e20 and -1e20 times a vector of 1e20 are not 0
	poke 72 '\354\170\255\140' '\354\170\255\340'
	printf '\354\170\255\140\354\170\255\140' | dd of=m/weights.safetensors \
	    bs=1 seek=$((8 + n + 8)) conv=notrunc status=none
	try reat-predict -H -m ./m tok
	[[ $stderr == *"has a vector whose product with the input weights overflows single precision in model m" ]]
}

@test "weights whose sums overflow are refused" {
	cd "$BATS_TEST_TMPDIR"
	poke 144 '\377\377\177\177' '\377\377\177\377'
	try reat-predict -m ./m </dev/null
	[ "$status" -eq 1 ]
	[[ $stderr == *'"rnn.weight_hh_l0": the sizes of row 0 add up to 6.81e+38, more than single precision holds' ]]
}

@test "on a terminal the unknown words are counted, by all that run a model" {
	need_terminal
	cd "$BATS_TEST_TMPDIR"
	{ tok a the zzzz movie; tok b the movie; } >two
	tok c the movie >known
	model=$ROOT/tests/contract/model/
	for f in reat-predict reat-trace reat-score reat-grad reat-occlude \
	    "reat-lime -n 20"; do
		script -qec "$f -m '$model' two >out" /dev/null </dev/null |
		    tr '\r' '\n' | grep unknown >said || :
		grep -q "${f%% *}: 2 texts, 5 words, [1-4] ([1-9].*) unknown to model model\$" said ||
		    { echo "$f"; cat said; false; }
		script -qec "$f -q -m '$model' two >out" /dev/null </dev/null |
		    diff - /dev/null
		$f -m "$model" two 2>&1 >/dev/null | diff - /dev/null
	done
	cut -f 1 "$ROOT/tests/contract/model/vocab.txt" | grep -qx movie ||
	    skip "movie is unknown"
	script -qec "reat-predict -m '$model' known >out" /dev/null </dev/null |
	    diff - /dev/null
}
