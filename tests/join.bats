# Option -j of reat-occlude and reat-grad: spans that are joined.

load helper

setup() {
	cd "$BATS_TEST_TMPDIR"
	printf '%s\n' 'The film is not bad at all' \
		'A dull plot, but the cast is a joy.' 'never dull' 'good' \
		'I expected a great film, and it is not.' |
		reat-tokenize | reat-tag | reat-chunk >tok
}

# joined COMMAND...: run it and print document, first, last, tag and score of the
# joined spans
joined() {
	"$@" | awk -F'\t' '$3 == "span" {
		printf "%s %d-%d %s %.4f\n", $1, $4, $5, $8, $10 }'
}

# all_spans [LEVEL]: print a file of all unions of neighbours of a level
all_spans() {
	reat-occlude -H -l "${1:-word}" tok | awk -F'\t' -v OFS='\t' '
		$1 != doc { doc = $1; n = 0 }
		$4 != "_" {
			from[++n] = $4
			for (i = 1; i <= n; i++)
				print doc, from[i], $5
		}'
}

# by_definition tree|adjacent FILTER: the joined spans by their definition, from rows
# of a level and, of the level span, of all unions of its neighbours
by_definition() {
	awk -F'\t' -v how="$1" -v of="$2" '
		function abs(x) { return x < 0 ? -x : x }
		function phi(i, k) { return S[from[i], to[k]] }
		function both(i) {
			w = phi(i, i) + phi(i + 1, i + 1)
			w -= phi(i, i + 1)
			return of ~ / g?cd$/ ? -w : w
		}
		function finish(  i, k, m, best, step, w, n0) {
			for (i = 1; how == "adjacent" && i < n; i++)
				printf "%s %d-%d %s+%s %.4f\n", doc, from[i],
				    to[i + 1], name(i), name(i + 1), both(i)
			for (n0 = n; how == "tree" && n > 1; n--) {
				best = -1
				for (i = 1; i < n; i++) {
					w = abs(both(i))
					if (w > best) { best = w; m = i }
				}
				printf "%s %d-%d %d %.4f\n", doc, from[m],
				    to[m + 1], ++step, phi(m, m + 1)
				to[m] = to[m + 1]
				for (i = m + 1; i < n; i++) {
					from[i] = from[i + 1]
					to[i] = to[i + 1]
				}
			}
			n = 0
		}
		function name(i) {
			return from[i] == to[i] ? from[i] : from[i] "-" to[i]
		}
		$1 != doc { finish(); doc = $1 }
		$3 == "span" { S[$4, $5] = $10; next }
		$4 != "_" { from[++n] = $4; to[n] = $5 }
		END { finish() }'
}

@test "tree and adjacent: their definition, from the scores of all spans" {
	for level in word phrase; do
		all_spans $level >spans
		for how in tree adjacent; do
			for filter in 'reat-occlude -a omit' \
			    'reat-occlude -y -a occlude' 'reat-grad -a skip' \
			    'reat-grad -a cd' 'reat-grad -a gcd'; do
				run="$filter -H -c positive"
				$run -l $level,./spans tok |
					by_definition $how "$filter" | sort >wanted
				joined $run -j $how -l $level tok | sort >got
				[ -s got ]
				diff wanted got
			done
		done
	done
}

@test "interactions of a classifier that is known: AND, OR and a sum" {
	tok x a b c d e f >tok
	ask='printf "no\tyes\n"; while read -r t; do
		p=1
		case $t in *a*b*) p=$((p + 3)) ;; esac
		case $t in *c*|*d*) p=$((p + 2)) ;; esac
		case $t in *e*) p=$((p + 1)) ;; esac
		case $t in *f*) p=$((p + 1)) ;; esac
		printf "0.%d\t0.%d\n" $((10 - p)) $p; done'
	joined reat-occlude -y -c yes -j pairs -x "$ask" tok >got
	# 15 pairs; b is before a in none, so AND needs both
	[ "$(wc -l <got)" -eq 15 ]
	diff - <(grep -v ' -*0.0000$' got) <<-END
	x 1-2 1+2 0.3000
	x 3-4 3+4 -0.2000
	END
	# without the answers first, and with them later
	reat-occlude -y -p -j pairs tok >asked
	grep '^# text' asked | sed 's/# text = //' | sh -c "$ask" >answers
	joined reat-occlude -y -c yes -j pairs -r answers tok | cmp - got
	# the pair that needs each other is joined first, then c and d
	joined reat-occlude -y -c yes -j tree -x "$ask" tok |
		awk '$3 <= 2 { print $2, $3, $4 }' | sort -k2 >first
	diff - first <<-END
	1-2 1 0.3000
	3-4 2 0.2000
	END
}

@test "a network that is linear in the state: skip is omit" {
	joined reat-occlude -c positive -j adjacent -m sst2-mingru tok >omit
	joined reat-grad -a skip -c positive -j adjacent -m sst2-mingru tok >skip
	paste omit skip | awk '{ d = $4 - $8; bad += d * d > 1e-6; n++ }
		END { exit bad || n < 20 }'
}

@test "every class has a tree of its own, which reat-heatmap draws" {
	reat-occlude -c all -j tree tok >all
	for class in negative positive; do
		diff <(joined reat-occlude -c $class -j tree tok) \
			<(awk -v c=$class '$2 == c || NR == 1' all | joined cat)
	done
	# of T words, T - 1 steps; each span is inside of a later one
	awk -F'\t' '$3 == "word" { w++ } $3 == "span" { s++ }
		$3 == "logit" { bad += s != w - 1; w = s = 0 }
		END { exit bad }' all
	reat-heatmap -T -t svg all >svg
	[ "$(grep -o 'aria-label="[^"]*: [^"]*"' svg | grep -c ' good"')" -eq 2 ]
	reat-grad -a skip -j tree -l word,phrase tok | reat-heatmap -T -t html |
		grep -c 'not bad' >/dev/null
}

@test "one word, no word, other texts and the batch" {
	{ tok e; tok one good; cat tok; } >texts
	for run in 'reat-occlude -c all' 'reat-grad -a skip -c all' \
	    'reat-grad -a cd -c all'; do
		joined $run -j tree texts | grep -v '^one ' >a
		joined $run -b 1 -j tree tok | cmp - a
		[ "$($run -j tree texts | grep -c '^e	')" -eq 6 ]
		! joined $run -j tree texts | grep -q '^one '
	done
}

@test "what -j does not take" {
	for wrong in 'reat-occlude -a owen -j tree' 'reat-grad -j tree' \
	    'reat-grad -a half -j tree' 'reat-grad -a cd -j pairs' \
	    'reat-grad -a gcd -j pairs' \
	    'reat-grad -a skip -j pairs' \
	    'reat-occlude -j tree -l 1-2' 'reat-occlude -p -j tree' \
	    'reat-occlude -r no -j tree' 'reat-occlude -j grove'; do
		try $wrong tok
		[ "$status" -eq 2 ]
		[ -z "$output" ]
		grep -q 'option -j' <<<"$stderr"
	done
	# a refusal has its reason, and the list has what is taken
	try reat-grad -a half -j tree tok
	[[ $stderr == *'works only with -a skip, cd or gcd: a span of other methods is the sum of its words, '* ]]
	try reat-grad -a skip -j pairs tok
	[[ $stderr == *'works only with reat-occlude: no method here has a score for two spans apart'* ]]
	[ "$(reat-grad -j list | awk '{ print $1 }' | tr '\n' ' ')" = 'tree adjacent ' ]
	[ "$(reat-occlude -j list | wc -l)" -eq 3 ]
	long 257 >many
	try reat-occlude -j pairs -m "$ROOT/tests/contract/model/" many
	[ "$status" -eq 1 ]
	grep -q '1: level word has 257 spans, the limit of -j pairs is 256' \
		<<<"$stderr"
	# no message of a block in the middle of a batch is lost
	{ cat tok many; tok last good; } >mixed
	try reat-occlude -k -j pairs -m "$ROOT/tests/contract/model/" mixed
	[ "$status" -eq 1 ]
	[[ $output == *last* ]]
}

@test "a text of 500 words is joined in seconds" {
	long 500 >many
	model=$ROOT/tests/golden/engine/gru-last-1/
	for run in 'reat-occlude' 'reat-grad -a skip'; do
		timeout 60 $run -q -H -j tree -m "$model" many |
			grep -c '	span	' >n
		[ "$(cat n)" -eq 499 ]
	done
}
