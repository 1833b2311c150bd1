load helper
load rivals

@test "every cell, direction, head and depth: the scores are those of Captum" {
	# 3 and 10 words, and the bias of each text
	all_agree 15 reat-grad grad gradxinput ig ignorm
}

@test "ig: words and bias add up to the logit or probability, within -e" {
	need_data sst2/test.tsv
	head -n 200 "$DATA/sst2/test.tsv" | reat-tokenize -r split -f text,label |
		sed 's/^# label = 0/# label = negative/
		s/^# label = 1/# label = positive/' >"$BATS_TEST_TMPDIR/tok"
	for model in sst2-gru sst2-lstm sst2-bigru; do
		for y in -H -y; do
			reat-grad -H "$y" -e 1e-4 -c all -m $model \
				"$BATS_TEST_TMPDIR/tok" | awk -F'\t' '
			$3 == "word" { size += $10 < 0 ? -$10 : $10 }
			$3 == "text" { text = $10 }
			$3 == "bias" { bias = $10 }
			$3 ~ /^(logit|probability)$/ {
				d = text + bias - $10
				bad += d * d > 1.1e-8 * size * size
				n++
				size = 0
			}
			END { exit bad || n != 400 }'
		done
	done
}

@test "ignorm: no sign, at least |ig| / sqrt(D), and -e by the words of ig" {
	texts 90
	for args in '' '-e 1e-5' '-y -c all' '-c positive:negative'; do
		# shellcheck disable=SC2086	# words
		reat-grad -q $args "$BATS_TEST_TMPDIR/tok" >"$BATS_TEST_TMPDIR/ig"
		# shellcheck disable=SC2086
		reat-grad -q -a ignorm $args "$BATS_TEST_TMPDIR/tok" |
			paste - "$BATS_TEST_TMPDIR/ig" | awk -F'\t' '
			NR == 1 { next }
			$3 == "word" {
				# 100 dimensions
				ig = $21 < 0 ? -$21 : $21
				bad += 10.00001 * $10 + 1e-9 < ig
				sum += $10
				n++
			}
			$3 == "text" {
				d = $10 - sum
				bad += d * d > 1e-10 * sum * sum
				sum = 0
			}
			$3 == "bias" { bad += $10 != 0 }
			$3 == "logit" { bad += $10 != $21 }
			END { exit bad || n < 1000 }'
	done
	# as many nodes as ig needs
	model=$ENGINE/lstm-saturated/
	for a in ig ignorm; do
		try reat-grad -a $a -k -e 1e-4 -H -m "$model" "$ENGINE/docs.tok"
		[ "$status" -eq 1 ]
		echo "$stderr" >"$BATS_TEST_TMPDIR/$a"
	done
	[[ $stderr == *" with 1024 nodes, "* ]]
	sed 's/ by .* of their/ by of their/' "$BATS_TEST_TMPDIR/ig" \
		>"$BATS_TEST_TMPDIR/want"
	sed 's/ by .* of their/ by of their/' "$BATS_TEST_TMPDIR/ignorm" |
		cmp - "$BATS_TEST_TMPDIR/want"
}

@test "-e adds nodes, and reports a text for which 1024 are not enough" {
	model=$ENGINE/lstm-last-1/
	missed() {
		awk -F'\t' '/^ten/ && $3 == "word" { size += $10 < 0 ? -$10 : $10 }
		/^ten/ { v[$3] = $10 }
		END { d = v["text"] + v["bias"] - v["logit"]
			print (d * d > 1e-6 * size * size) }'
	}
	[ "$(reat-grad -n 1 -H -m "$model" "$ENGINE/docs.tok" | missed)" = 1 ]
	[ "$(reat-grad -n 1 -e 1e-3 -H -m "$model" "$ENGINE/docs.tok" |
		missed)" = 0 ]
	# gates that jump from 0 to 1 somewhere on the path
	model=$ENGINE/lstm-saturated/
	try reat-grad -e 1e-4 -H -m "$model" "$ENGINE/docs.tok"
	[ "$status" -eq 1 ]
	[[ $stderr == "reat-grad: $ENGINE/docs.tok:15: integrated gradients of class c"*" miss the score by "*" of their size with 1024 nodes, the limit is 0.0001" ]]
	[[ $output == *three$'\t'* && $output != *ten$'\t'* ]]
	try reat-grad -k -e 1e-4 -H -m "$model" "$ENGINE/docs.tok"
	[ "$status" -eq 1 ]
	[[ $output == *three$'\t'* && $output != *ten$'\t'* ]]
}

# words N: print a block of N words of the shipped vocabulary
words() {
	echo '# sent_id = x'
	head -n 5000 "$ROOT/share/models/sst5-words/vocab.txt" |
		awk -v n="$1" '{ w[NR - 1] = $1 }
			END { for (t = 1; t <= n; t++)
				print t "\t" w[t * t % NR] \
				    "\t_\t_\t_\t_\t_\t_\t_\t_" }'
	echo
}

@test "a text of 100,000 words takes less than 200 MB" {
	need_ulimit
	words 100000 >"$BATS_TEST_TMPDIR/long.tok"
	for args in '-a grad' '-a gradxinput' '-a ig -n 2' '-a half' \
		'-a skip' '-a mix' '-a ignorm -n 2' '-a lrp' '-a deeplift'; do
		# shellcheck disable=SC2086	# words
		(ulimit -v 200000
		reat-grad -q $args -m sst2-gru "$BATS_TEST_TMPDIR/long.tok") |
			awk -F'\t' '$3 == "word" { n++ }
				END { exit n != 100000 }'
	done
}

@test "-e on a long text ends with the completeness that was reached" {
	long 70000 >"$BATS_TEST_TMPDIR/long.tok"
	try reat-grad -e 1e-7 -m "$ENGINE/lstm-saturated/" \
		"$BATS_TEST_TMPDIR/long.tok"
	[ "$status" -eq 1 ]
	[[ $stderr == *' miss the score by 0.'*' of their size with 29 nodes, the limit is 1e-07: more nodes would take too long for a text of 70000 words' ]]
}

@test "texts for which 16 nodes are not enough: one note, none with -q" {
	model=$ENGINE/lstm-saturated/
	try reat-grad -m "$model" "$ENGINE/docs.tok"
	[ "$status" -eq 0 ]
	[[ $stderr =~ ^"reat-grad: "[0-9]" of 6 texts are not complete to 0.01: the integrated gradients of "(two|three|ten)" miss its score by 0."[0-9]*" of their size; -e 0.01 adds nodes"$ ]]
	[ "$(tail -n 1 <<<"$output" | cut -f 1,3)" = $'long\tlogit' ]
	try reat-grad -q -m "$model" "$ENGINE/docs.tok"
	[ -z "$stderr" ]
	# no note if all texts are complete, or with -e, or for another method
	for args in "-m $ENGINE/gru-last-1/" "-a gradxinput -m $model" \
		"-k -e 1e-2 -m $model"; do
		# shellcheck disable=SC2086	# words
		try reat-grad $args "$ENGINE/docs.tok"
		[[ $stderr != *"not complete"* ]]
	done
}

@test "progress is on the terminal, messages replace it, and -q disables it" {
	{
		for i in $(seq 400); do tok "$i" w1 w2 w3 w4 w5; done
		printf '# sent_id = bad\n1\tw1\n\n'
	} >"$BATS_TEST_TMPDIR/tok"
	run="reat-grad -m '$ENGINE/bilstm-mean-2/' -n 1024 -b 1"
	terminal "$run $BATS_TEST_TMPDIR/tok"
	[[ $output == *$'\rreat-grad: '*" texts, "*" steps, "*" steps/s"* ]]
	[[ $output == *$'\r\e[Kreat-grad: '*"tok:2802: 2 columns, expected 10"* ]]
	terminal "$run -q $BATS_TEST_TMPDIR/tok"
	[[ $output == "reat-grad: "*"tok:2802: 2 columns, expected 10"* ]]
	[ "${#lines[@]}" -eq 1 ]
}

@test "-e: small scores and a large logit end early, with the reason" {
	tok an end >"$BATS_TEST_TMPDIR/tok"
	try reat-grad -m sst5-bigru -e 1e-6 -H "$BATS_TEST_TMPDIR/tok"
	[ "$status" -eq 1 ]
	[[ $stderr == *" nodes, the limit is 1e-06: too small for single precision" ]]
	[[ $stderr != *" 1024 nodes"* ]]
}

@test "phrases are the sums of their words" {
	for method in grad gradxinput ig ignorm half mix lrp deeplift; do
		reat-grad -H -a $method -m "$ENGINE/bigru-mean-2/" \
			"$ENGINE/docs.tok" | awk -F'\t' '
		$1 == "ten" && $3 == "word" && $4 >= 3 && $4 <= 6 { sum += $10 }
		$3 == "phrase" && $5 > $4 { d = sum - $10; n++ }
		END { exit n != 1 || d * d > 1e-10 }'
	done
}

@test "other texts, their order and the batch size change no byte" {
	texts 90
	for method in grad gradxinput ig ignorm half skip mix lrp-half deeplift cd gcd; do
		reat-grad -a $method -H -m sst2-lstm "$BATS_TEST_TMPDIR/tok" |
			sort >"$BATS_TEST_TMPDIR/a"
		for b in 1 7 64; do
			reat-grad -a $method -H -m sst2-lstm -b $b \
				"$BATS_TEST_TMPDIR/turned" | sort |
				cmp - "$BATS_TEST_TMPDIR/a"
		done
	done
}

@test "-n and -e are refused for methods without nodes" {
	try reat-grad -a grad -n 3 "$ENGINE/docs.tok"
	[ "$status" -eq 2 ]
	[[ $stderr == *"option -n works only with -a ig, ignorm, smoothgrad, \
smoothnorm or expected"* ]]
	try reat-grad -a gradxinput -e 0.1 "$ENGINE/docs.tok"
	[ "$status" -eq 2 ]
	[[ $stderr == *"option -e works only with -a ig or ignorm"* ]]
	try reat-grad -n 1025 "$ENGINE/docs.tok"
	[ "$status" -eq 2 ]
	[[ $stderr == *"-n: 1025, expected a whole number from 1 to 1024"* ]]
	try reat-grad -a expected "$ENGINE/docs.tok"
	[ "$status" -eq 2 ]
	[[ $stderr == *"-a expected needs -r FILE, a tok stream of texts"* ]]
}

@test "smoothgrad, smoothnorm, expected: PyTorch and Captum in float64" {
	golden=$ROOT/tests/golden/samples
	awk -v RS= -v ORS='\n\n' '/sent_id = (three|ten)\n/' \
		"$ENGINE/docs.tok" >"$BATS_TEST_TMPDIR/tok"
	cut -f1-3 "$golden/expected.tsv" | sort -u >"$BATS_TEST_TMPDIR/runs"
	while read -r model method target; do
		y=(-y)
		[[ $target == y:* ]] || y=()
		[ "$method" != expected ] || y+=(-r "$golden/background.tok")
		reat-grad -n 20000 -a "$method" "${y[@]}" -c "${target#y:}" \
			-m "$ENGINE/$model/" "$BATS_TEST_TMPDIR/tok" |
			sed "s/^/$model\t$method\t$target\t/"
	done <"$BATS_TEST_TMPDIR/runs" | awk -F'\t' '
		NR == FNR { v[$1, $2, $3, $4, $5] = $6; tol[$1, $2, $3, $4, $5] = $7
			next }
		{ at = $1 SUBSEP $2 SUBSEP $3 SUBSEP $4 SUBSEP \
			($6 == "bias" ? "bias" : $7) }
		($6 == "word" || $6 == "bias") && at in v {
			d = $13 - v[at]
			if (d > tol[at] || d < -tol[at])
				print at, $13, v[at], bad++
			n++
		}
		END { exit bad || n != NR_WANTED }' NR_WANTED="$(wc -l \
		<"$golden/expected.tsv")" "$golden/expected.tsv" -
}

@test "smoothgrad and smoothnorm without noise: gradxinput and grad" {
	texts 40
	for pair in 'smoothgrad gradxinput' 'smoothnorm grad'; do
		read -r smooth plain <<<"$pair"
		reat-grad -q -a "$smooth" -w 0 -n 3 "$BATS_TEST_TMPDIR/tok" |
			cut -f 10 >"$BATS_TEST_TMPDIR/smooth"
		reat-grad -q -a "$plain" "$BATS_TEST_TMPDIR/tok" | cut -f 10 |
			paste "$BATS_TEST_TMPDIR/smooth" - |
			awk 'NR > 1 { d = $1 - $2; bad += d * d > 1e-10
				n++ } END { exit bad || n < 500 }'
	done
}

@test "expected: one sample more, a longer and a shorter background, adds up" {
	texts 30
	for n in 64 4096; do
		reat-grad -H -q -a expected -n $n -r "$BATS_TEST_TMPDIR/tok" \
			"$BATS_TEST_TMPDIR/tok" | awk -F'\t' '
			$3 == "text" { text = $10 }
			$3 == "bias" { bias = $10 }
			$3 == "logit" {
				sum += (text + bias - $10) ^ 2
				n++
			}
			END { print sqrt(sum / n); exit n != 30 }'
	done >"$BATS_TEST_TMPDIR/errors"
	# 64 times the samples: at most an eighth of the error
	awk '{ e[NR] = $1 } END { exit !(e[2] < e[1] / 8 && e[1] < 1) }' \
		"$BATS_TEST_TMPDIR/errors"
}

@test "smoothgrad, expected: the seed, and neither batch nor order, matters" {
	texts 60
	for args in '-a smoothgrad -n 4' '-a smoothnorm -n 4' \
		"-a expected -n 7 -r $BATS_TEST_TMPDIR/turned"; do
		# shellcheck disable=SC2086	# words
		reat-grad -H -q $args "$BATS_TEST_TMPDIR/tok" | cut -f 2- |
			sort >"$BATS_TEST_TMPDIR/a"
		# shellcheck disable=SC2086
		reat-grad -H -q -b 7 $args "$BATS_TEST_TMPDIR/turned" |
			cut -f 2- | sort | cmp - "$BATS_TEST_TMPDIR/a"
		# shellcheck disable=SC2086
		run ! cmp -s "$BATS_TEST_TMPDIR/a" <(reat-grad -H -q -s 2 \
			$args "$BATS_TEST_TMPDIR/tok" | cut -f 2- | sort)
	done
}

@test "half, skip, mix: every cell, direction, head and depth: PyTorch in float64" {
	golden=$ROOT/tests/golden/presence
	sed 1,2d "$golden/expected.tsv" | cut -f 1,3 | sort -u |
		awk '$2 ~ /:/' >"$BATS_TEST_TMPDIR/models"
	while read -r model contrast; do
		tol=1e-5
		[[ $model != *-saturated ]] || tol=2e-5
		for class in all predicted "$contrast"; do
			for method in half skip mix; do
				reat-grad -a $method -c "$class" \
					-m "$ENGINE/$model/" "$golden/docs.tok" |
					awk -v model="$model" -v tol=$tol \
					-v method=$method -v class="$class" \
					-f "$golden/compare.awk" \
					"$golden/expected.tsv" - \
					>"$BATS_TEST_TMPDIR/diff"
				[ "$(wc -l <"$BATS_TEST_TMPDIR/diff")" -eq 1 ] || {
					cat "$BATS_TEST_TMPDIR/diff"
					false
				}
				[ "$(cat "$BATS_TEST_TMPDIR/diff")" -ge 55 ]
			done
		done
	done <"$BATS_TEST_TMPDIR/models"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/models")" -eq 60 ]
}

@test "lrp, deeplift, cd: every cell, direction, head and depth: other programs" {
	golden=$ROOT/tests/golden/decomposition
	cut -f 1,3 "$golden/expected.tsv" | sort -u >"$BATS_TEST_TMPDIR/models"
	while read -r model target; do
		# rounding is amplified by gates that jump (gcd) and by epsilon
		# rules: a gate's argument can be
		# near zero (lrp-half), a difference too (deeplift-held)
		while read -r method tol scores; do
			# the file has cd and gcd for a GRU and an LSTM
			grep -q "^$model	$method	" "$golden/expected.tsv" ||
				continue
			reat-grad -k -a "$method" -c "$target" \
				-m "$ENGINE/$model/" "$ENGINE/docs.tok" \
				2>/dev/null | awk -v model="$model" \
				-v method="$method" -v target="$target" \
				-v tol="$tol" -f "$ROOT/tests/golden/rivals/compare.awk" \
				"$golden/expected.tsv" - >"$BATS_TEST_TMPDIR/diff"
			[ "$(cat "$BATS_TEST_TMPDIR/diff")" = "$scores" ] || {
				cat "$BATS_TEST_TMPDIR/diff"
				false
			}
		done <<-END
			lrp 1e-5 15
			lrp-half 1e-3 15
			deeplift 1e-5 15
			deeplift-held 1e-4 15
			cd 1e-5 23
			gcd 1e-4 23
		END
	done <"$BATS_TEST_TMPDIR/models"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/models")" -eq 47 ]
}

@test "deeplift: words add up to the change from zero embeddings; a contrast" {
	awk '/zero/ { skip = 1 } !skip; /^$/ { skip = 0 }' "$ENGINE/docs.tok" \
		>"$BATS_TEST_TMPDIR/tok"
	sed 's/\tw[0-9]*\t/\tzebra\t/' "$BATS_TEST_TMPDIR/tok" \
		>"$BATS_TEST_TMPDIR/unknown"
	for model in lstm-six gru-nounk bilstm-max-2 birglru-max-2; do
		class=c1
		[ $model != lstm-six ] || class=c1:c4
		for a in ig deeplift; do
			reat-grad -q -n 1 -a $a -c $class -l word -H \
				-m "$ENGINE/$model/" "$BATS_TEST_TMPDIR/tok" \
				2>/dev/null || reat-grad -q -a $a -c $class \
				-l word -H -m "$ENGINE/$model/" \
				"$BATS_TEST_TMPDIR/tok"
		done | awk -F'\t' '
			$7 == "ig" && $3 == "bias" { want[$1] = $10 }
			$3 == "text" { text = $10 }
			$3 == "bias" { bias = $10 }
			$7 == "deeplift" && $3 == "logit" {
				d = text + bias - $10
				e = bias - want[$1]
				bad += d * d > 1e-10 || e * e > 1e-11
				n++
			}
			END { exit bad || n != 5 }'
	done
	# a word with the zero vector is the reference
	reat-grad -q -a deeplift -H -m "$ENGINE/gru-nounk/" \
		"$BATS_TEST_TMPDIR/unknown" | awk -F'\t' '
		$3 == "word" && ($10 < 0 || $10 > 0) { bad++ }
		END { exit bad || NR == 0 }'
}

@test "cd: the whole text is the logit less its bias; models that are refused" {
	tok x w1 w2 w3 w4 w5 >"$BATS_TEST_TMPDIR/tok"
	for model in bigru-max-2 bilstm-mean-2 lstm-six gru-sigmoid; do
		reat-grad -q -a cd -c all -l 1-4,1-5 -H \
			-m "$ENGINE/$model/" "$BATS_TEST_TMPDIR/tok" |
			awk -F'\t' '
			$4 == 1 && $5 == 5 { whole = $10 }
			$3 == "text" {
				d = whole - $10
				bad += d * d > 1e-11
				bad += $11 != "the whole text, not a sum"
				text = $10
			}
			$3 == "bias" { bias = $10 }
			$3 == "logit" {
				d = text + bias - $10
				bad += d * d > 1e-11
				n++
			}
			END { exit bad || n < 2 }'
	done
	try reat-grad -a cd -m "$ENGINE/mingru-last-1/" "$ENGINE/docs.tok"
	[ "$status" -eq 2 ]
	[[ $stderr == "reat-grad: mingru-last-1 is a minGRU; -a cd has rules for a GRU and an LSTM without modules in the head" ]]
}

@test "cd: the spans of other groups, and parts that have faded, change nothing" {
	# 300 spans are more than a group; 600 words, of which early ones fade
	long 600 >"$BATS_TEST_TMPDIR/tok"
	for model in lstm-last-1 bilstm-max-2; do
		reat-grad -q -a cd -H -l word -m "$ENGINE/$model/" \
			"$BATS_TEST_TMPDIR/tok" | cut -f 4,10 | grep '^[0-9]' \
			>"$BATS_TEST_TMPDIR/all"
		for t in 1 256 257 600; do
			reat-grad -q -a cd -H -l $t-$t -m "$ENGINE/$model/" \
				"$BATS_TEST_TMPDIR/tok" | cut -f 4,10 |
				grep -Fxf "$BATS_TEST_TMPDIR/all" | grep -q "^$t	"
		done
		[ "$(wc -l <"$BATS_TEST_TMPDIR/all")" -eq 600 ]
	done
}

@test "lrp: -E; lrp and deeplift refuse -y, and deeplift attention" {
	for a in lrp lrp-half deeplift deeplift-held cd gcd; do
		try reat-grad -y -a $a -m "$ENGINE/gru-last-1/" "$ENGINE/docs.tok"
		[ "$status" -eq 2 ]
		[[ $stderr == *"option -y does not work with -a $a: its scores are parts of a logit"* ]]
	done
	try reat-grad -E 0.01 -a deeplift "$ENGINE/docs.tok"
	[ "$status" -eq 2 ]
	[[ $stderr == *"option -E works only with -a lrp, lrp-half or deeplift-held"* ]]
	# without biases, all of the logit is the words', but for epsilon
	for e in 1 1e-3 1e-6; do
		reat-grad -q -a lrp -E $e -H -m "$ENGINE/gru-nobias/" \
			"$ENGINE/docs.tok" | awk -F'\t' '
			$1 == "ten" { v[$3] = $10 }
			END { d = v["bias"] / v["logit"]
				printf "%s ", d < 0 ? -d : d }'
	done | awk '{ exit !($1 > 0.1 && $2 < 0.1 && $3 < 1e-3) }'
}

@test "half, mix: words and bias add up to the logit; skip: the text's row does" {
	texts 90
	for model in sst2-gru sst2-lstm sst2-bigru sst5-bigru; do
		for method in half mix 'mix -w 1' skip; do
			# shellcheck disable=SC2086	# words
			reat-grad -H -a $method -c all -m $model \
				"$BATS_TEST_TMPDIR/tok" | awk -F'\t' \
				-v method="$method" '
			$3 == "word" { sum += $10 }
			$3 == "text" {
				text = $10
				bad += (method == "skip") != \
				    ($11 == "the whole text, not a sum")
			}
			$3 == "bias" { bias = $10 }
			$3 == "logit" {
				d = text + bias - $10
				bad += d * d > 1e-11
				d = sum - text
				bad += d * d > 1e-11 && method != "skip"
				n++
				sum = 0
			}
			END { exit bad || n == 0 }'
		done
	done
}

@test "mix -w 0 is half; -w 1 has the order of skip" {
	texts 90
	reat-grad -H -a half "$BATS_TEST_TMPDIR/tok" | cut -f 10 \
		>"$BATS_TEST_TMPDIR/half"
	reat-grad -H -a mix -w 0 "$BATS_TEST_TMPDIR/tok" | cut -f 10 |
		cmp - "$BATS_TEST_TMPDIR/half"
	reat-grad -a skip -l word "$BATS_TEST_TMPDIR/tok" \
		>"$BATS_TEST_TMPDIR/skip"
	# one sign for each word, unless more than all of it is missing
	reat-grad -a mix -w 1 -l word "$BATS_TEST_TMPDIR/tok" |
		paste - "$BATS_TEST_TMPDIR/skip" | awk -F'\t' '
		$3 == "word" { n++; same += $10 * $21 >= 0 }
		END { exit !(n > 0 && same > 0.9 * n) }'
}

@test "skip of the last words is their true omission: one direction, last" {
	texts 90
	for model in sst2-gru sst2-lstm; do
		reat-grad -a skip -l word -m $model "$BATS_TEST_TMPDIR/tok" \
			>"$BATS_TEST_TMPDIR/skip"
		reat-occlude -a omit -l word -m $model \
			"$BATS_TEST_TMPDIR/tok" | paste - \
			"$BATS_TEST_TMPDIR/skip" | awk -F'\t' '
			$3 == "word" { d = $10 - $21 }
			$3 == "text" { n++; bad += d * d > 1e-10 }
			END { exit bad || n == 0 }'
	done
}

@test "skip -y: a probability; half and mix refuse it; -w is for mix" {
	texts 9
	reat-grad -H -y -a skip "$BATS_TEST_TMPDIR/tok" | awk -F'\t' '
		$3 == "text" { text = $10 }
		$3 == "bias" { bias = $10 }
		$3 == "probability" {
			d = text + bias - $10
			e = $10 - $9
			bad += d * d > 1e-12 || e * e > 1e-12 || bias <= 0
			n++
		}
		END { exit bad || n == 0 }'
	for method in half mix; do
		try reat-grad -y -a $method "$BATS_TEST_TMPDIR/tok"
		[ "$status" -eq 2 ]
		[[ $stderr == *"option -y does not work with -a $method: its scores are parts of a logit"* ]]
	done
	try reat-grad -w 0.5 -a half "$BATS_TEST_TMPDIR/tok"
	[ "$status" -eq 2 ]
	[[ $stderr == *"option -w works only with -a smoothgrad, \
smoothnorm or mix"* ]]
	try reat-grad -w 1.5 -a mix "$BATS_TEST_TMPDIR/tok"
	[ "$status" -eq 2 ]
}

@test "a text without words: half, skip, mix, lrp, deeplift and cd have its sums" {
	printf '# sent_id = x\n\n' >"$BATS_TEST_TMPDIR/tok"
	for method in half skip mix lrp deeplift cd; do
		reat-grad -H -a $method "$BATS_TEST_TMPDIR/tok" | awk -F'\t' '
			{ v[$3] = $10 }
			END { exit NR != 3 || v["text"] != 0 ||
			    v["bias"] != v["logit"] }'
	done
}

@test "-a list has the methods of the man page; other names are refused" {
	reat-grad -a list | cut -d' ' -f1 | sort >"$BATS_TEST_TMPDIR/list"
	sed -n '/^\.It Fl a/,/^\.It Fl b/s/^\.It Cm //p' "$ROOT/man/reat-grad.1" |
		sort | cmp - "$BATS_TEST_TMPDIR/list"
	try reat-grad -a nothing </dev/null
	[ "$status" -eq 2 ]
	[[ $stderr == *'option -a: "nothing", expected ig, '* ]]
}

@test "-k drops a block in the middle of a batch, and no other" {
	{
		tok a w1 w2 | sed '1a # label = c1'
		tok b w3 w4 w5
		tok c w6 w7 | sed '1a # label = c0'
	} >"$BATS_TEST_TMPDIR/tok"
	for method in grad gradxinput ig ignorm half skip mix lrp deeplift cd gcd; do
		try reat-grad -a $method -k -c gold -H \
			-m "$ENGINE/bigru-last-2/" "$BATS_TEST_TMPDIR/tok"
		[ "$status" -eq 1 ]
		[[ $stderr == *":6: no # label: option -c gold needs one in each block" ]]
		cmp <(echo "$output") <(sed '/sent_id = b/,/^$/d' \
			"$BATS_TEST_TMPDIR/tok" | reat-grad -a $method -c gold \
			-H -m "$ENGINE/bigru-last-2/")
		try reat-grad -a $method -c gold -H \
			-m "$ENGINE/bigru-last-2/" "$BATS_TEST_TMPDIR/tok"
		[ "$status" -eq 1 ]
		[ "$(cut -f1 <<<"$output" | uniq)" = a ]
	done
}

@test "the same bytes on every CPU path, from all filters that run the model again" {
	sed '/sent_id = long/,/^$/d' "$ENGINE/docs.tok" \
		>"$BATS_TEST_TMPDIR/tok"
	for run in 'reat-grad -a ig' 'reat-grad -a grad' \
		'reat-grad -a gradxinput' 'reat-grad -a half' \
		'reat-grad -a skip' 'reat-grad -a mix' 'reat-grad -a ignorm' \
		'reat-grad -a lrp-half' 'reat-grad -a deeplift' \
		'reat-grad -a deeplift-held' 'reat-grad -a cd' 'reat-grad -a gcd' \
		reat-occlude 'reat-lime -n 90 -l word'; do
		for model in bigru-mean-2 lstm-last-1; do
			REAT_CPU=baseline $run -m "$ENGINE/$model/" \
				"$BATS_TEST_TMPDIR/tok" >"$BATS_TEST_TMPDIR/base"
			for path in $(cpu_paths); do
				REAT_CPU=$path $run -m "$ENGINE/$model/" \
					"$BATS_TEST_TMPDIR/tok" |
					cmp - "$BATS_TEST_TMPDIR/base"
			done
		done
	done
}
