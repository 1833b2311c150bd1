# reat-swap's attacks, and reat-eval -a attack

load helper

setup() {
	cd "$BATS_TEST_TMPDIR"
	G=$ROOT/tests/golden/swap
	w=good=bad,bad=fine,film=movie,very=hardly,not=very,fun=dull
}

texts() {
	printf '%s\n' 'A good film' 'It is not bad , not at all' 'Very fun' \
		'A charming but slow film' 'bad' | reat-tokenize -r split >tok
}

# rows ARG...: the rows of an attack without the number of the run
rows() {
	reat-swap -q -t tsv "$@" | cut -f 1-6,8-
}

# without_run: remove the run from tok or rows
without_run() {
	sed 's/[0-9a-f]\{8\}-[-0-9a-f]*//'
}

@test "the attacks are those of literal programs" {
	# the English words of words.tsv in the place of w1 to w11
	mkdir english
	for f in synonyms.tsv vectors.txt texts.tok; do
		sed 's/\(.*\)\t\(.*\)/s,\\<\1\\>,\2,g/' "$G/words.tsv" |
			sed -f - "$G/$f" >english/$f
	done
	sed 1d "$G/expected.tsv" | cut -f 1-7 |
		awk -F'\t' -v OFS='\t' '{ key = $0; sub(/\t[^\t]*$/, "", key) }
		key != last { if (NR > 1) print last, n
			last = key; n = 0 }
		{ n++ }
		END { print last, n }' |
	while IFS=$'\t' read -r model source target n beam method texts; do
		set -- -H -a "$method"
		case $model in
		sst*) of=english; set -- "$@" -m "$model" ;;
		*) of=$G; set -- "$@" -m "$ROOT/tests/golden/engine/$model/" ;;
		esac
		[ "$target" = _ ] || set -- "$@" -c "$target"
		[ "$source" = r ] && set -- "$@" -r "$of/synonyms.tsv" ||
			set -- "$@" -G "$of/vectors.txt" -K 4 -e .3
		case $method in
		beam*) set -- "$@" -n "$n,$beam" ;;
		*) set -- "$@" -n "$n" ;;
		esac
		awk -v RS= -v ORS='\n\n' -v n="$texts" 'NR <= n' \
			"$of/texts.tok" >tok
		rows "$@" tok | cut -f 1,9,10,12,14 |
			sed "s/^/$model	$source	$target	$n	$beam	$method	/"
	done >got
	sed 1d "$G/expected.tsv" | diff - got
	[ "$(wc -l <got)" -eq 1940 ]
}

@test "a model and a command give the same, also with erased words" {
	texts
	for a in pwws pwws-textattack textfooler beam beam-swap; do
		for t in tok tsv; do
			reat-swap -a $a -n 3 -m sst2-gru -w $w -t $t tok |
				without_run >model
			reat-swap -a $a -n 3 -m sst2-gru -X 'reat-predict -q' -w $w \
				-t $t tok | without_run | diff model -
		done
	done
	# erased words before a replaced one
	reat-swap -a beam-swap -m sst2-gru -w good=film -c negative tok |
		grep -c '^# reat.success = skipped' >n
	[ "$(cat n)" -eq 2 ]
}

@test "blocks: comments, and what the model says of them" {
	texts
	reat-swap -a beam -m sst2-gru -w $w tok >changed
	reat-predict -H changed | cut -f 1,3 >after
	sed -n 's/^# reat.after = //p' changed | cut -d' ' -f1 |
		paste <(sed -n 's/^# sent_id = //p' changed) - | diff after -
	reat-predict -H tok | cut -f 3 | diff - <(sed -n \
		's/^# reat.before = \([a-z]*\) .*/\1/p' changed)
	[ "$(grep -c '^# reat.success = yes' changed)" -eq 5 ]
	# the only word of a text is not erased, but replaced
	tail -n 13 changed | grep -qx '# reat.swap = 1 bad=fine'
	# numbers of the comments are those of the rows
	reat-swap -H -a beam -m sst2-gru -w $w -t tsv tok >table
	cut -f 7 table | diff - <(sed -n \
		's/^# reat.attack = \([^ ]*\) .*/\1/p' changed)
	awk -F'\t' '{ print $11 " of " $12; print $13; print $10 }' table |
		diff - <(sed -n \
		's/^# reat.\(changed\|queries\|success\) = //p' changed)
	grep '^# reat.swap' changed | wc -l >n
	[ "$(cut -f 11 table | paste -sd+ | bc)" -eq "$(cat n)" ]
	# a variant gets no variants
	[ -z "$(reat-swap -a beam -m sst2-gru changed)" ]
	# and pictures are drawn of it
	reat-score -m sst2-gru -l word changed | reat-heatmap -t tsv >picture
	[ -s picture ]
}

@test "a wrong prediction is skipped, -c is the class to reach" {
	printf 'good film,positive\ngood film,negative\nbad film,_\n' |
		reat-tokenize -D , -H -f text=1,label=2 |
		sed '/^# label = _/d' >tok
	[ "$(rows -H -a pwws -m sst2-gru -w good=bad,bad=good tok |
		cut -f 2,3,9,11,12 | tr '\t\n' ' ;')" = \
		'positive positive yes 2 5;negative positive skipped 2 1;_ negative yes 2 5;' ]
	[ "$(rows -H -a pwws -c positive -m sst2-gru -w good=bad,bad=good tok |
		cut -f 9 | tr '\n' ' ')" = 'skipped skipped yes ' ]
	# with labels, what the classifier says is its accuracy under attack
	reat-swap -a pwws -m sst2-gru -w good=bad,bad=good tok |
		reat-predict -H | cut -f 2,3 | head -n 2 >after
	[ "$(tr '\t\n' ' ;' <after)" = 'positive negative;negative positive;' ]
	try reat-swap -a pwws -c none -m sst2-gru -w good=bad tok
	[ "$status" -eq 1 ]
	[[ $stderr == *'option -c: the model has no class "none", expected '* ]]
}

@test "neighbours: function words, letter case, tags, -e and -K" {
	printf '%s\n' 'Good 1 0 .1' 'good 1 .1 .1' 'bad 1 .3 0' \
		'film .1 1 0' 'movie .1 1 .1' 'quickly .1 1 .2' 'to .1 1 .3' \
		'the .1 1 .3' 'GREAT 1 .2 .1' 'none 0 0 0' >v
	echo 'The GOOD film' | reat-tokenize -r split >plain
	reat-tag plain >tagged
	# the case is that of the word
	reat-swap -a pwws -n 1 -c negative -m sst2-gru -G v plain |
		grep -qx '# reat.swap = 2 GOOD=BAD'
	# the queries if nothing is changed
	n() {
		rows -H -a "$1" -m sst2-gru -G v -n 0 "${@:2}" | cut -f 12
	}
	# pwws asks for the text, 3 with UNK and all candidates
	[ "$(n pwws plain)" -eq $((1 + 3 + 4 + 2 + 4)) ]
	[ "$(n pwws -K 1 plain)" -eq $((1 + 3 + 1 + 1 + 1)) ]
	[ "$(n pwws -e .99 plain)" -eq $((1 + 3 + 2 + 1 + 1)) ]
	# an adverb is no noun; neither is "to", nor "the"
	[ "$(n pwws tagged)" -lt "$(n pwws plain)" ]
	reat-swap -a pwws -m sst2-gru -G v -c negative tagged >changed
	run ! grep -q '^# reat.swap = 3 film=[^m]' changed
	# no candidates of function words
	[ "$(n pwws-textattack plain)" -eq $((1 + 2 + 2 + 4)) ]
	# listed synonyms come first, and none twice
	[ "$(n pwws -w film=movie,film=cinema plain)" -eq $((1 + 3 + 4 + 2 + 5)) ]
}

@test "a search that would need too many texts is not begun" {
	long 2000 >tok
	# more than 2,000,000 texts; fewer, of more than 200,000,000 words
	for n in 1100 100; do
		for w in 1 2 4 5 6 10; do
			seq "$n" | sed "s/^/w$w	x/"
		done >list
		case $n in
		1100) of='2000000 queries' ;;
		100) of='200000000 words of queries' ;;
		esac
		for a in beam pwws; do
			try reat-swap -H -a $a -t tsv -m sst2-gru -r ./list tok
			[ "$status" -eq 0 ]
			[ "$(cut -f 10,11,13,14 <<<"$output" | tr '\t' ' ')" = \
				'no 0 1 0' ]
			[[ $stderr == *"1 search ended before more than $of "* ]]
		done
	done
	[ -z "$(reat-swap -q -H -a pwws -m sst2-gru -r ./list tok 2>&1 \
		>/dev/null)" ]
	# no word, and no change allowed
	{ tok e; tok f good film; } >tok
	for a in pwws pwws-textattack textfooler beam beam-swap; do
		reat-swap -H -a $a -n 0 -t tsv -m sst2-gru -w good=bad tok |
			cut -f 10,11 | tr '\t\n' ' ;' >got
		[ "$(cat got)" = 'no 0;no 0;' ]
	done
}

@test "-o: a run that was killed is continued" {
	texts
	for t in tok tsv; do
		attack() {
			reat-swap -q -a beam-swap -m sst2-gru -w $w -t $t "$@"
		}
		attack tok >whole
		size=$(wc -c <whole)
		for cut in 0 1 20 $((size / 2)) $((size - 1)) "$size"; do
			head -c "$cut" whole >part
			attack -o part tok
			cmp part whole
		done
		# the file is written as soon as a text is done
		rm -f out fifo
		mkfifo fifo
		attack -o out fifo 3>&- &
		pid=$!
		exec 4>fifo
		sed '/^$/q' tok >&4
		for _ in $(seq 1000); do
			[ ! -s out ] || ! grep -q 'yes' out || break
			sleep .05
		done
		# another run waits for nobody
		try attack -o out tok
		[ "$status" -eq 2 ]
		[[ $stderr == *'out: another run writes this file' ]]
		kill -9 $pid
		wait $pid || true
		exec 4>&-
		grep -q 'yes' out
		attack -o out tok
		cmp out whole
		# other options, another format
		try reat-swap -q -a beam-swap -n 1 -m sst2-gru -w $w -t $t \
			-o out tok
		[ "$status" -eq 1 ]
		[[ $stderr == *'with other options; give another file' ]]
		other=$([ $t = tok ] && echo tsv || echo tok)
		try attack -t $other -o out tok
		[ "$status" -eq 1 ]
		[[ $stderr == *'out:1: no result of an attack in this format; '* ]]
		cmp out whole
		# a damaged one: one message, and the file stays
		awk '!n { n = sub(/\t/, "") } 1' whole >part
		cp part damaged
		try attack -o part tok
		[ "$status" -eq 1 ]
		[[ $stderr == "reat-swap: part:"[0-9]*:* ]]
		[ "${#stderr_lines[@]}" -eq 1 ]
		cmp part damaged
	done
	[ "$(reat-swap -a beam-swap -m sst2-gru -w $w -t tsv -o out tok 2>&1)" = \
		'reat-swap: out has 5 results; these texts are not attacked again' ]
	cmp out whole
}

@test "-o: texts with one sent_id, as of two files, have results of their own" {
	texts
	reat-swap -q -a beam-swap -m sst2-gru -w $w -t tsv tok tok >whole
	[ "$(wc -l <whole)" -eq 11 ]
	for n in 1 2 5 6 7 8 11; do
		head -n $n whole >part
		reat-swap -q -a beam-swap -m sst2-gru -w $w -t tsv -o part \
			tok tok
		cmp part whole
	done
	[ "$(reat-swap -a beam-swap -m sst2-gru -w $w -t tsv -o part tok tok \
		2>&1)" = 'reat-swap: part has 10 results; these texts are '\
'not attacked again' ]
}

@test "-o: a text is known by its words, label and tags, too" {
	tok 1 A good film >good
	tok 1 A bad film >bad
	tok 2 >none
	attack() {
		reat-swap -q -a beam -m sst2-gru -w $w -t tsv "$@"
	}
	# as if the first of them had been dropped by -k
	attack bad none >part
	attack -k -o part good none bad
	{ attack bad none; attack -H good; } | cmp - part
	attack -k -o part good none bad none good
	[ "$(grep '^1' part | cut -f 15 | tr '\n' ' ')" = \
		'2:bad=fine 2:good=bad 2:good=bad ' ]
	# one after the other they are an error, and the second is dropped
	try attack -k good bad
	[ "$status" -eq 1 ]
	[ "$stderr" = 'reat-swap: bad:1: sent_id 1 occurs twice in a row' ]
	attack good | cmp - <(echo "$output")
	# each of these is another text
	sed 's/$/\n# label = positive/;2,$d' good >label
	sed 1d good >>label
	sed '3s/_\t_\t_/_\tADJ\t_/' good >upos
	sed '3s/_\t_\t_/_\t_\tJJ/' good >xpos
	texts=1
	attack good >part
	for f in label upos xpos; do
		texts=$((texts + 1))
		run ! cmp -s good $f
		attack -o part good none $f
		[ "$(grep -c '^1' part)" -eq "$texts" ]
	done
	[ "$(grep '^1' part | cut -f 7 | sort -u | wc -l)" -eq 4 ]
}

@test "-o: another model, synonyms or vectors with the same names are noticed" {
	tok 1 w1 w2 w3 >tok
	printf 'w1\tw4\n#\n' >list
	printf '%s\n' 'w1 1 0' 'w4 1 .5' 'w3 0 1' >v
	cp -r "$ROOT/tests/golden/engine/gru-last-1" m
	again() {
		try reat-swap -q -a beam -m ./m -r list -G v -t tsv -o out tok
		cmp -s out whole || return 1
		[ "$status" -eq "$1" ]
		[ "$1" -eq 0 ] || [ "$stderr" = "reat-swap: out:2: a result of a \
run with other $2; give another file" ]
	}
	reat-swap -q -a beam -m ./m -r list -G v -t tsv -o out tok
	cp out whole
	again 0
	# what changes nothing
	printf '# a comment\nw1\tw4\n' >list
	sed -i 's/1 0/1.0 0.0/' v
	echo '# a comment' >>m/model.yaml
	touch m/*
	again 0
	for change in "list|s/w4/w5/|synonyms (-r, -w)" \
	    "list|\$s/\$/\tJJ/|synonyms (-r, -w)" \
	    "v|s/w4 1/w4 .9/|vectors (-G)" \
	    "v|s/w4/w5/|vectors (-G)" \
	    "m/model.yaml|s/last/max/|files of the model (-m)" \
	    "m/vocab.txt|\$s/\$/x/|files of the model (-m)"; do
		IFS='|' read -r f edit what <<<"$change"
		cp $f kept
		sed -i "$edit" $f
		run ! cmp -s $f kept
		again 1 "$what"
		mv kept $f
		again 0
	done
	# one bit of the last weight
	cp m/weights.safetensors kept
	size=$(wc -c <m/weights.safetensors)
	byte=$(tail -c 4 m/weights.safetensors | od -An -tu1 | awk '{ print $1 }')
	printf "\\$(printf %o $((byte ^ 1)))" |
		dd of=m/weights.safetensors bs=1 seek=$((size - 4)) conv=notrunc \
		status=none
	again 1 'files of the model (-m)'
	mv kept m/weights.safetensors
	again 0
}

@test "-G: a word of a binary file that is no UTF-8 is left out" {
	tok x good film >tok
	printf '3 1\ngood \0\0\200\077b\377d \0\0\200\077bad \0\0\0\077' >v
	rows -a beam-swap -m sst2-gru -G v tok >got
	grep -q '1:good=bad' got
	# the two words, the one candidate
	[ "$(sed 1d got | cut -f 12)" -eq 2 ]
}

@test "reat-eval -a attack: numbers by hand" {
	rows -a pwws -m sst2-gru -w good=bad /dev/null >/dev/null
	{
		reat-swap -a pwws -m sst2-gru -t tsv -w good=bad /dev/null
		r='%s\t%s\t%s\t.9\tm\t%s\t0\tb\t.8\t%s\t%s\t%s\t%s\t1\t_\tt\n'
		# shellcheck disable=SC2059	# the form of a row
		{
		printf "$r" 1 a a one yes 1 4 10
		printf "$r" 2 a a one no 3 4 20
		printf "$r" 3 a b one skipped 0 4 1
		printf "$r" 4 _ a one yes 2 4 30
		printf "$r" 1 a a two yes 2 4 40
		}
	} >rows
	reat-eval -a attack rows | cut -f 2-6 >got
	[ "$(tr '\t' ' ' <got | sed 1d | head -n 6)" = "success m one 3 0.6666667
changed m one 2 0.375
words m one 2 1.5
queries m one 3 20
before m one 3 0.6666667
after m one 3 0.33333334" ]
	# methods are compared on the texts of both
	grep -qx $'queries\tm\tone:two\t1\t-30' got
}
