# Shapley and Owen values: reat-lime -a kernelshap, reat-occlude -a owen.

load helper

setup() {
	cd "$BATS_TEST_TMPDIR"
	G=$ROOT/tests/golden/shap
	BOX="awk -f '$G/box.awk'"
	if awk -W version </dev/null 2>&1 | grep -q mawk; then
		BOX="awk -W interactive -f '$G/box.awk'"
	fi
	printf '%s\n' 'The fight scenes are fun but it grows tedious .' \
	    'A charming and often affecting journey , and never dull .' |
	    reat-tokenize | reat-tag | reat-chunk >tok
}

# scores: print text, method, level, first, last, score of rows of scores
scores() {
	awk -F'\t' -v OFS='\t' '$4 != "_" {
		print $1, $7, $3, $4, $5, $10 }' | sort
}

# near TOLERANCE A B: compare the numbers at the ends of equal lines
near() {
	[ -s "$2" ]
	paste "$2" "$3" | awk -F'\t' -v most="$1" '{
		n = NF / 2
		for (i = 1; i < n; i++) bad += $i != $(n + i)
		d = $n - $NF; bad += d * d > most * most }
		END { exit bad > 0 }'
}

@test "all subsets: the values are those of shap and of the definition" {
	sort "$G/expected.tsv" >expected
	{
		reat-lime -H -q -a kernelshap -c yes -x "$BOX" "$G/texts.tok"
		reat-occlude -H -q -y -a owen -n 20000 -c yes -x "$BOX" \
		    "$G/texts.tok"
	} | scores >got
	[ "$(wc -l <expected)" -gt 100 ]
	near 1e-7 got expected
	# between two runs, too
	reat-occlude -q -p -y -a owen -n 20000 "$G/texts.tok" |
	    sed -n 's/^# text = *//p' | sh -c "$BOX" >answers
	reat-occlude -H -q -y -a owen -n 20000 -c yes -r answers "$G/texts.tok" |
	    scores >got
	grep owen expected | near 1e-7 got -
}

@test "every cell, direction, head and depth: the values are those of shap" {
	cut -f 1-3 "$G/models.tsv" | sort -u >runs
	while read -r model method target; do
		set -- reat-lime -a kernelshap
		[ "$method" = kernelshap ] || {
			set -- reat-occlude -a owen -n 20000
			[[ $target != y:* ]] || set -- "$@" -y
		}
		"$@" -q -c "${target#y:}" -m "$ROOT/tests/golden/engine/$model/" \
			"$G/models.tok" | awk -v model="$model" \
			-v method="$method" -v target="$target" -v tol=1e-6 \
			-f "$ROOT/tests/golden/rivals/compare.awk" \
			"$G/models.tsv" - >differences
		cat differences
		# 7, 4 and 2, and 6, 3 and 2 scores, and the biases
		[ "$(cat differences)" = \
			"$([ "$method" = owen ] && echo 15 || echo 30)" ]
	done <runs
	[ "$(wc -l <runs)" -eq 99 ]
}

@test "models: both methods give Shapley values, and levels add up" {
	reat-lime -H -q -a kernelshap -l word tok | scores |
	    sed 's/kernelshap/owen/' >kernel
	reat-occlude -H -q -y -a owen -l word tok | scores >owen
	near 1e-6 kernel owen
	# the clauses' values are those of clauses as words
	reat-lime -H -q -a kernelshap -l clause tok | scores |
	    sed 's/kernelshap/owen/' >kernel
	reat-occlude -H -q -y -a owen tok >all
	scores <all | grep clause | near 1e-6 kernel -
	for model in sst2-gru sst2-bigru; do
		reat-occlude -H -q -a owen -m $model -c all tok
		reat-occlude -H -q -y -a owen -n 40 -m $model -c all tok
		reat-lime -H -q -a kernelshap -n 60 -m $model -c all tok
	done | awk -F'\t' '
		$3 ~ /^(word|phrase|clause|sentence)$/ { s[$3] += $10 }
		$3 == "text" { text = $10 }
		$3 == "bias" { bias = $10 }
		$3 ~ /^(logit|probability)$/ {
			for (l in s) bad += (s[l] - text) ^ 2 > 1e-9
			bad += (text + bias - $10) ^ 2 > 1e-9
			n++; split("", s)
		}
		END { print n, bad; exit bad || n != 24 }'
}

@test "few runs: orders are drawn, by seed, and the values are near" {
	reat-occlude -H -q -y -a owen -l word -c positive tok >exact
	grep -q 'exact$' exact
	reat-occlude -H -q -y -a owen -l word -c positive -n 500 tok >some
	grep -q 'orders 50$' some
	scores <exact >a
	scores <some >b
	near 0.08 a b
	run ! cmp -s a b
	reat-occlude -H -q -y -a owen -l word -c positive -n 500 -s 2 tok |
	    scores >c
	run ! cmp -s b c
	near 0.08 a c
	reat-occlude -H -q -y -b 1 -a owen -l word -c positive -n 500 tok |
	    cmp - some
	# the same words have the same samples anywhere
	awk -v RS= -v ORS='\n\n' 'NR == 2' tok |
	    reat-occlude -H -q -y -a owen -l word -c positive -n 500 |
	    cmp - <(grep '^2' some)
	reat-lime -H -q -a kernelshap -l word -c positive -n 500 tok |
	    scores >d
	sed 's/owen/kernelshap/' a | sort | near 0.08 d -
}

@test "groups that cross are cut, and a text can be one word or none" {
	awk -F'\t' -v OFS='\t' 'NF > 9 { $10 = $10 "|cross=" \
	    ($1 == 3 || $1 == 7 ? "B-X" : $1 < 3 ? "O" : "I-X") } 1' tok >crossed
	reat-occlude -H -q -y -a owen crossed | awk -F'\t' '
		$3 != "bias" && $4 != "_" { s[$1, $3] += $10 }
		$3 == "text" { text[$1] = $10 }
		END { for (k in s) { split(k, p, SUBSEP)
			bad += (s[k] - text[p[1]]) ^ 2 > 1e-9; n++ }
			exit bad || n != 10 }'
	for method in 'reat-occlude -a owen' 'reat-lime -a kernelshap'; do
		{ tok one good; tok none; } >short
		$method -H -q short | awk -F'\t' '
			{ s[$1, $3] = $10 }
			END { exit s["one", "word"] != s["one", "text"] ||
			    s["none", "text"] != 0 || NR != 7 }'
	done
}

@test "long texts are possible up to the limit" {
	long 2048 >many
	run -0 timeout 60 reat-occlude -H -q -a owen -n 2 -l word many
	[ "${#lines[@]}" -eq 2051 ]
	[[ ${lines[2048]} == *'orders 2' ]]
	long 2049 >many
	try -1 reat-occlude -q -a owen many
	[[ $stderr == "reat-occlude: many:1: this block has 2049 words, the limit for -a owen is 2048" ]]
}
