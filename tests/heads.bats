# SPDX-License-Identifier: ISC
# Heads as people have them: tests/golden/heads has small networks, their logits
# and some scores by PyTorch.  tests/golden/import has others.

load helper

setup() {
	cd "$BATS_TEST_TMPDIR"
	GOLDEN=$ROOT/tests/golden/heads
}

# import NAME: copy a network of the golden folder to ./m and import it
import() {
	rm -rf m
	cp -R "$GOLDEN/$1" m
	# shellcheck disable=SC2046	# settings
	try reat-model import -g m/logits.tsv -o m/model.yaml m \
	    $(cat m/import)
	[ "$status" -eq 0 ]
	first=$(head -n 1 m/logits.tsv)
	printf '%s\n' "${first%%$'\t'*}" | reat-tokenize -q >tok
}

# compare: the word rows on stdin are the scores of m/scores.tsv
compare() {
	awk -F '\t' '
	NR == FNR { want[$1, $2, $3] = $4; next }
	$3 == "word" {
		key = $7 SUBSEP $4 SUBSEP index("abc", $2) - 1
		off = $10 - want[key]
		if (!(key in want) || off > 3e-6 || off < -3e-6) {
			print "bad:", $0, want[key]
			bad = 1
		}
		n++
	}
	END { exit bad || n != 21 }' m/scores.tsv -
}

@test "heads: logits and scores are those of PyTorch" {
	for folder in "$GOLDEN"/*/; do
		name=$(basename "$folder")
		echo "$name"
		import "$name"
		reat-model check -g m/logits.tsv ./m
		reat-grad -q -a gradxinput -c all -m ./m tok | compare
		reat-score -q -a reat -c all -m ./m tok | compare
		reat-occlude -q -a omit -c all -m ./m tok | compare
		# a trace has the head's secant and the weights of attention
		reat-trace -m ./m tok | reat-score -q -a reat -c all | compare
	done
}

@test "heads: the words of half and shapley add up to what the words change" {
	printf '%s\n' '# newdoc id = none' >none
	for folder in "$GOLDEN"/*/; do
		name=$(basename "$folder")
		echo "$name"
		import "$name"
		{ cat tok; echo '# sent_id = none'; echo; } >two
		for run in 'reat-grad -q -a half' 'reat-score -q -a shapley'; do
			$run -c all -m ./m two | awk -F '\t' '
			$3 == "word" { sum[$2] += $10 }
			$3 == "logit" && $1 != "none" { whole[$2] = $10 }
			$3 == "logit" && $1 == "none" { empty[$2] = $10 }
			$3 == "bias" { bias[$2] = $10 }
			END {
				for (c in sum) {
					off = sum[c] - whole[c] + empty[c]
					bad += off > 3e-6 || off < -3e-6
					off = bias[c] - empty[c]
					bad += off > 3e-6 || off < -3e-6
					n++
				}
				exit bad || n != 3
			}'
		done
	done
}

@test "heads: lrp and deeplift are those of another program; deeplift adds up" {
	for folder in "$GOLDEN"/*/; do
		name=$(basename "$folder")
		# heads.tsv lacks them: a projected LSTM is read as an ordinary one
		[[ $name != multilabel && $name != projected* ]] || continue
		echo "$name"
		import "$name"
		for a in lrp lrp-half deeplift; do
			reat-grad -q -a $a -c all -m ./m tok | awk -F '\t' \
			    -v name="$name" -v a=$a '
			NR == FNR {
				if ($1 == name && $3 == a)
					want[$2, $4] = $5
				next
			}
			$3 == "word" {
				w = want[$2, $4]
				bad += ($10 - w) ^ 2 > 1e-7 * (1 + w * w)
				n++
			}
			END { exit bad || n != 21 }
			' "$ROOT/tests/golden/decomposition/heads.tsv" -
		done
		try reat-grad -q -a deeplift -c all -m ./m tok
		awk -F '\t' '
		$3 == "text" || $3 == "bias" { sum += $10 }
		$3 == "logit" { bad += (sum - $10) ^ 2 > 1e-10; sum = 0; n++ }
		END { exit bad || n != 3 }' <<<"$output"
	done
}

@test "heads: several labels have a sigmoid each" {
	import multilabel
	cut -f1 m/logits.tsv | reat-tokenize -q >texts
	reat-predict -m ./m texts | awk -F '\t' '
	NR == FNR { for (c = 1; c <= 3; c++) want[FNR, c] = $c; next }
	FNR > 1 {
		for (c = 1; c <= 3; c++) {
			off = $(NF - 3 + c) - want[FNR - 1, c]
			bad += off > 1e-6 || off < -1e-6
		}
		n++
	}
	END { exit bad || n != 4 }' m/predicted.tsv -
	# the probability of a label moves by its own logit alone
	reat-grad -q -y -a gradxinput -c b -m ./m tok | grep word | cut -f4,9,10 >y
	reat-grad -q -a gradxinput -c b -m ./m tok | grep word | cut -f4,9,10 |
	    paste y - | awk '{
		d = $3 - $6 * $2 * (1 - $2)
		if ($2 != $5 || d > 1e-6 || d < -1e-6) exit 1
	}'
	reat-trace -m ./m tok >t
	grep -qx '# reat.multilabel = true' t
	reat-score -q -c all -m ./m tok >want
	reat-score -q -c all t | cmp - want
	sed -i '/reat.multilabel/d' t
	! reat-score -q -c all t | cmp -s - want
}

@test "heads: skip of the last word is its omission, if no other word reads it" {
	# one direction, or end, whose first step is run again
	for name in end last-max-mean; do
		import "$name"
		for run in 'reat-grad -a skip' 'reat-occlude -a omit'; do
			$run -q -c all -m ./m tok |
			    awk '$3 == "word" && $4 == 7 { print $2, $10 }'
		done | awk '{ n++
		d = $2 - x[$1]; bad += n > 3 && (d > 3e-6 || d < -3e-6)
		x[$1] = $2 }
		END { exit bad || n != 6 }'
	done
}

@test "heads: convert writes all modules, and list names them" {
	for name in batch-norm layer-norm parameter query scaled-dot; do
		echo "$name"
		import "$name"
		sed -i 's/^head.*/&\nepsilon: 0.00001/' m/model.yaml
		rm -rf n
		reat-model convert -t F32 -o n ./m
		reat-model check -g m/logits.tsv ./n
		reat-trace -m ./m tok | sed 's/reat.model = m/reat.model = n/' >want
		reat-trace -m ./n tok | cmp - want
	done
	import batch-norm
	reat-model inspect ./m | grep -qx $'head\thead.0,head.1,leaky-relu,head.3'
	import query
	reat-model inspect ./m | grep -qx $'attention\tattn'
	import dot
	reat-model inspect ./m | grep -qx $'attention\tdot'
}

@test "heads: epsilon is that of the norms" {
	import layer-norm
	echo 'epsilon: 0.001' >>m/model.yaml
	try reat-model check -g m/logits.tsv ./m
	[ "$status" -eq 1 ]
	[[ $stderr == *'logit 1 is'* ]]
	try reat-model import m head=norm epsilon=-1
	[ "$status" -eq 2 ]
}

@test "heads: a list that is none, and modules that do not fit" {
	import relu
	sed -i '/^head/d; /^pooling/d; /^attention/d' m/model.yaml
	cp m/model.yaml bare
	while IFS='|' read -r lines why; do
		cp bare m/model.yaml
		# shellcheck disable=SC2059	# it is a format
		printf "$lines\n" >>m/model.yaml
		try reat-model check ./m
		echo "$lines: $stderr"
		[ "$status" -eq 1 ]
		[[ ${stderr_lines[0]} == *"$why"* ]]
	done <<-'END'
	head: {a: b}|head: expected a list of at most 16 of relu, tanh
	head: [[relu]]|head: expected a list of at most 16 of relu, tanh
	head: [""]|head: expected a list of at most 16 of relu, tanh
	head: [head.0, softplus]|no tensor "softplus.weight", and "softplus" is no activation
	head: [relu, fc]|tensor "fc.weight" is [3][5], expected one that reads the 6 numbers before it
	head: [head.0, head.0]|tensor "head.0.weight" is [5][6], expected one that reads the 5 numbers before it
	head: [head.0, relu]\nepsilon: x|epsilon: "x", expected a number from 0 to 1
	pooling: attention|pooling attention needs the key attention
	attention: dot|attention: pooling is last, expected attention in it
	pooling: attention\nattention: {a: b}|attention: expected dot, scaled-dot or a list
	pooling: attention\nattention: []|attention: expected dot, scaled-dot or a list
	pooling: attention\nattention: head.0|attention: "head.0" gives 5 numbers, expected one: the score of a word
	pooling: mean+mean|pooling: "mean+mean", expected last, end, mean, max or attention
	END
	for given in pooling=attention attention=dot head=,relu; do
		try reat-model import m "$given"
		[ "$status" -eq 2 ]
	done
}

@test "heads: a trace with attention lacks its weights" {
	import dot
	reat-trace -m ./m tok | sed 's/|M=[^|]*//' >t
	try reat-score t
	[ "$status" -eq 1 ]
	[[ $stderr == *'M is missing from this trace: the weight of the word in attention' ]]
}

@test "heads: reat-train refuses what it does not train" {
	import relu
	printf 'good\ta\nbad\tb\nfilm\tc\n' | reat-tokenize -q -f text,label \
	    >train
	try reat-train -q -m ./m -o n train train
	[ "$status" -eq 1 ]
	[[ $stderr == *'this model has modules in its head, which reat-train does not train' ]]
	echo 'pooling: attention' >r.yaml
	try reat-train -q -r ./r.yaml -o n train train
	[ "$status" -eq 1 ]
	[[ $stderr == *'pooling: attention is run, but not trained'* ]]
}
