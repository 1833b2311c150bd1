load helper

setup() {
	cd "$BATS_TEST_TMPDIR"
	tok x A good GOOD Good film >tok
}

forms() {
	reat-swap "$@" | awk -F'\t' '/^$/ { print "" } NF > 1 { printf "%s ", $2 }'
}

@test "one variant for each word and synonym, with the same case" {
	run forms -w good=fine,good=great,film=movie tok
	[ "${lines[0]}" = 'A fine GOOD Good film ' ]
	[ "${lines[1]}" = 'A great GOOD Good film ' ]
	[ "${lines[2]}" = 'A good FINE Good film ' ]
	[ "${lines[4]}" = 'A good GOOD Fine film ' ]
	[ "${lines[6]}" = 'A good GOOD Good movie ' ]
	[ "${#lines[@]}" -eq 7 ]
}

@test "no variant occurs twice or equals the text" {
	run forms -w film=film,film=movie,film=Movie,film=movie tok
	[ "${lines[0]}" = 'A good GOOD Good movie ' ]
	[ "${lines[1]}" = 'A good GOOD Good Movie ' ]
	[ "${#lines[@]}" -eq 2 ]
}

@test "ids and sources" {
	run reat-swap -w good=fine tok
	[ "$(grep -c '^# reat.source = x$' <<<"$output")" -eq 3 ]
	[ "$(grep '^# sent_id' <<<"$output" | tail -n 1)" = '# sent_id = x~3' ]
	[ "$(grep '^# reat.swap' <<<"$output" | tail -n 1)" = \
		'# reat.swap = 4 Good=Fine' ]
	# a variant gets no variants
	reat-swap -w good=fine tok >a
	reat-swap -w good=fine,fine=good a >b
	cmp a b
}

@test "a list with tags" {
	printf '# words\ngood\tfine\tJJ\ngood\tcommodity\tNN\n\nfilm\tmovie\n' \
		>list
	sed -i 's/^\(2\tgood\t_\t_\)\t_/\1\tJJR/' tok
	run forms -r list tok
	[ "${lines[0]}" = 'A fine GOOD Good film ' ]
	[ "${lines[1]}" = 'A good GOOD Good movie ' ]
	[ "${#lines[@]}" -eq 2 ]
	# both lists count
	run forms -r list -w a=the tok
	[ "${lines[0]}" = 'The good GOOD Good film ' ]
}

@test "-n: random words, which depend only on the seed and the text" {
	tok y A good GOOD Good film >>tok
	reat-swap -n 1 -w a=the,good=fine,film=movie tok >one
	[ "$(grep -c '^# sent_id' one)" -eq 2 ]
	awk '/id = y/ { on = 1 } on' tok | cat - <(sed '/^$/q' tok) |
		reat-swap -n 1 -w a=the,good=fine,film=movie |
		grep '^# reat' | sort >other
	grep '^# reat' one | sort | cmp - other
	for s in $(seq 40); do
		reat-swap -s "$s" -n 1 -w a=the,good=fine,film=movie tok |
			grep '^# reat.swap'
	done | sort -u >seen
	[ "$(wc -l <seen)" -eq 5 ]
	[ "$(reat-swap -n 0 -w good=fine tok | wc -l)" -eq 0 ]
}

@test "-a score: the words with the highest scores" {
	for t in 1,A,0 2,good,-1 3,GOOD,5 4,Good,2 5,film,9; do
		IFS=, read -r i w s <<<"$t"
		printf 'x\tpos\tword\t%s\t%s\tm\treat\t_\t0.7\t%s\t%s\n' \
			"$i" "$i" "$s" "$w"
	done | whole >scores
	run forms -a score -w good=fine scores tok
	[ "${lines[0]}" = 'A good FINE Good film ' ]
	[ "${lines[1]}" = 'A good GOOD Fine film ' ]
	[ "${lines[2]}" = 'A fine GOOD Good film ' ]
	run forms -a score -n 1 -w good=fine scores tok
	[ "${#lines[@]}" -eq 1 ]
	try reat-swap -a score -w good=fine /dev/null tok
	[ "$status" -eq 1 ]
	[[ $stderr == *'tok:1: no scores for x'* ]]
}

@test "-a list; -c chooses the class of the scores" {
	reat-swap -a list | cut -d" " -f1 | sort >a
	sed -n '/^\.It Fl a/,/^\.It Fl c/s/^\.\(It \)*Cm \([a-z-]*\).*/\2/p' \
		"$ROOT/man/reat-swap.1" | grep -v '^list$' | sort | diff a -
	echo 'It is fun but it grows tedious' | reat-tokenize >tok
	printf '%s\n' 'fun	bore' 'tedious	long' >list
	reat-score -m sst2-gru -c all -l word tok >scores
	for pair in negative:long positive:bore; do
		reat-swap -a score -c "${pair%:*}" -n 1 -r ./list scores tok >out
		grep -q "	${pair#*:}	" out
		[ "$(grep -c '^# sent_id' out)" -eq 1 ]
	done
}

@test "-a score -k drops texts without scores and continues" {
	for id in w x y z; do
		printf '%s\tpos\tword\t1\t1\tm\treat\t_\t0.7\t1\tgood\n' $id
	done | whole >scores
	for id in 1 w 2 y z; do tok $id good; done >tok
	try reat-swap -k -a score -w good=fine scores tok
	[ "$status" -eq 1 ]
	[ "$(grep '^# sent_id' <<<"$output" | tr '\n' ' ')" = \
		'# sent_id = w~1 # sent_id = y~1 # sent_id = z~1 ' ]
	[ "${#stderr_lines[@]}" -eq 2 ]
	[[ ${stderr_lines[0]} == *'tok:1: no scores for 1'* ]]
	[[ ${stderr_lines[1]} == *'tok:7: no scores for 2'* ]]
}

@test "-h has its own meanings of the letters" {
	run reat-swap -h
	[[ $output == *'[-w PAIRS] [-X COMMAND] [-x COMMAND] [-Z PROGRAM] [scores] [file ...]'* ]]
	[[ $output == *$'\n  -w, --pairs PAIRS  '*$'  words and their replacements: a=b'* ]]
	for p in reat-heatmap reat-boxplot; do
		run $p -h
		[[ $output == *$'\n  -w, --width COLS  '*$'  width in columns\n'* ]]
	done
}

@test "of several -a, the last one counts" {
	cmp <(reat-swap -a score -a any -w good=fine tok) \
		<(reat-swap -w good=fine tok)
}

@test "text and offsets" {
	echo "It's terribly good, they say." | reat-tokenize >t
	reat-swap -w "terribly=very,'s=is" t >out
	grep -qx "# text = It's very good, they say." out
	grep -qx "# text = Itis terribly good, they say." out
	grep -q '^4	good	.*TokenRange=10:14' out
	# tokenizing the new text gives the new words
	sed -n 's/^# text = //p' out | grep very | reat-tokenize |
		cut -f2 | grep -v '^#' >a
	[ "$(grep -c . a)" -eq 8 ] || { cat a; false; }
	grep -qx very a
}

@test "examples/wordnet.sh: a list from WordNet's files" {
	mkdir wn
	for p in noun verb adv; do
		echo '  1 licence' >wn/data.$p
	done
	{
		echo '  1 This software and database is being provided'
		echo '01 00 a 03 good 0 full(a) 1 all_right 0 000 | gloss'
		echo '02 00 s 02 GOOD 0 sound 0 001 | gloss'
	} >wn/data.adj
	run sh "$ROOT/examples/wordnet.sh" wn
	[ "$output" = $'full\tgood\tJJ\ngood\tfull\tJJ' ]
	sh "$ROOT/examples/wordnet.sh" wn >list
	reat-swap -r list tok
	run sh "$ROOT/examples/wordnet.sh" /no/such
	[ "$status" -eq 2 ]
}

# by_hand MODEL SWAP-ARG... FILE: a row for each variant of a file, from the
# predictions for the texts and the variants
by_hand() {
	model=$1
	shift
	for file; do :; done
	reat-swap "$@" | cat "$file" - >both
	reat-predict -H -m "$model" both >predictions
	awk -F '\t' -v OFS='\t' '
		FILENAME == "predictions" {
			class[$1] = $3
			p[$1] = $4 > $5 ? $4 : $5
			next
		}
		/^# sent_id/ { id = substr($0, 13) }
		/^# text/ { text = substr($0, 10) }
		/^# reat.source/ { from = substr($0, 17) }
		/^# reat.swap/ {
			split(substr($0, 15), s, " ")
			print from, s[1], s[2], class[from], p[from], class[id],
			    p[id], class[from] != class[id], text
		}' predictions both
}

@test "-m: the rows are those of reat-predict, for every model" {
	printf '%s\n' 'A GOOD film , good and very bad .' 'It is terribly fun .' \
	    'Not a bad film' 'good' 'bad , bad' | reat-tokenize >in
	w=good=fine,good=bad,bad=good,terribly=very,very=not,film=xyzzy,not=very
	for model in sst2-gru sst2-lstm sst2-bigru; do
		by_hand $model -w $w in >want
		reat-swap -H -m $model -t tsv -w $w in | diff want -
		# those that flip, as a stream: the bytes that -m does not drop
		reat-swap -m $model -w $w in >flips
		[ "$(grep -c '^# sent_id' flips)" -eq "$(cut -f8 want | grep -c 1)" ]
		[ "$(cut -f8 want | sort -u | wc -l)" -eq 2 ]
		[ -z "$(grep '^# sent_id' flips |
		    grep -vxFf <(reat-swap -w $w in))" ]
		# counts by pair
		reat-swap -H -m $model -t pairs -w $w in >pairs
		awk -F '\t' -v OFS='\t' '
			{ s = tolower($3) }
			{ n[s]++; f[s] += $8; N++; F += $8 }
			!((s, $1) in t) { t[s, $1]; T[s]++ }
			$8 && !((s, $1) in h) { h[s, $1]; H[s]++ }
			!($1 in all) { all[$1]; A++ }
			$8 && !($1 in fell) { fell[$1]; B++ }
			END {
				print "_", N, F, A, B + 0
				for (s in n)
					print s, n[s], f[s], T[s], H[s] + 0
			}' want | sort | diff - <(sort pairs)
		head -n 1 pairs | grep -q '^_'
		sed 1d pairs | cut -f3 | sort -rnc
	done
}

@test "-m with -a score, -n and -k" {
	printf '%s\n' 'a good film' 'a bad film' | reat-tokenize >in
	reat-score -m sst2-gru in >scores
	w=good=bad,bad=good,film=movie,a=the
	reat-swap -H -m sst2-gru -a score -n 1 -t tsv -w $w scores in |
	    cut -f 1,3,8 >rows
	[ "$(tr '\t\n' '  ' <rows)" = '1 good=bad 1 2 bad=good 1 ' ]
	{ cat in; echo 'x'; echo; sed 's/id = /id = n/' in; } >broken
	try reat-swap -k -H -m sst2-gru -t tsv -w good=bad,bad=good broken
	[ "$status" -eq 1 ]
	[ "$(wc -l <<<"$output")" -eq 4 ]
}

@test "-m: variants of an earlier run and texts without a variant" {
	printf '%s\n' 'a good film' 'a dull film' | reat-tokenize >in
	reat-swap -w good=bad in >earlier
	[ "$(cat earlier in | reat-swap -m sst2-gru -w good=bad |
	    grep '^# sent_id')" = '# sent_id = 1~1' ]
	[ -z "$(reat-swap -m sst2-gru -w x=y in)" ]
	[ "$(reat-swap -m sst2-gru -t pairs -w x=y in | tail -n 1)" = \
	    "$(printf '_\t0\t0\t0\t0')" ]
	[ "$(reat-swap -m sst2-gru -t tsv -w x=y in | wc -l)" -eq 1 ]
}

@test "-m: SST-2 has the flips of reat-predict" {
	need_data sst2/test.tsv
	{ cat "$DATA/sst2/test.tsv"; echo; } | cut -f 1 | head -n 400 |
		reat-tokenize -r split >in
	w=very=terribly,film=movie,good=well,not=very,and=but,is=was
	by_hand sst2-bigru -w $w in >want
	[ "$(wc -l <want)" -gt 300 ]
	reat-swap -H -m sst2-bigru -t tsv -w $w in | diff want - | head
	reat-swap -H -m sst2-bigru -t tsv -w $w in | cmp want -
}
