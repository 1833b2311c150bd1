# reat-tag: tagging, training, and damaged taggers.
# shellcheck disable=SC2154

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
	FIXTURE=$ROOT/tests/golden/tagger/train.conllu
}

# tags: print form/UPOS/XPOS of all words of a tok stream on one line
tags() {
	awk -F'\t' '/^[0-9]+\t/ { printf "%s%s/%s/%s", s, $2, $4, $5; s = " " }'
}

# share_of_right GOLD TAGGED COLUMN: print 10000 times the share of words in the
# stream TAGGED whose column is that of the stream GOLD
share_of_right() {
	awk -F'\t' -v c="$3" '!/^[0-9]+\t/ { next }
		NR == FNR { gold[++n] = $c; next }
		{ right += $c == gold[++m] }
		END { if (n != m) exit 1; printf "%d\n", 10000 * right / n }' \
	    "$1" "$2"
}

@test "every word gets UPOS and XPOS, which replace older tags" {
	tok d1 The fight scenes are fun but it grows tedious >in
	try reat-tag in
	[ "$status" -eq 0 ]
	[ "$(tags <<<"$output")" = "The/DET/DT fight/NOUN/NN scenes/NOUN/NNS\
 are/AUX/VBP fun/ADJ/JJ but/CCONJ/CC it/PRON/PRP grows/VERB/VBZ\
 tedious/ADJ/JJ" ]
	sed 's/_\t_/X\tY/' in | reat-tag >again
	[ "$(tags <again)" = "$(tags <<<"$output")" ]
}

@test "a second run changes nothing; other data passes unchanged" {
	printf '%s\n' '# sent_id = a' '# unknown = 1' \
	    $'1-2\tdon\'t\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No' \
	    $'1\tdo\tdo\t_\t_\tF=1\t3\tdep\t3:dep\tX=y|phrase=B-NP' \
	    $'2\tn\'t\t_\t_\t_\t_\t_\t_\t_\t_' \
	    $'2.1\tsee\t_\t_\t_\t_\t_\t_\t_\t_' '' \
	    '# sent_id = empty' '' >in
	reat-tag in >once
	reat-tag once | cmp - once
	cut -f 1-3,6- in >rest
	cut -f 1-3,6- once | cmp - rest
	[ "$(tags <once)" = "do/AUX/VB n't/PART/RB" ]
	grep -qx $'2.1\tsee\t_\t_\t_\t_\t_\t_\t_\t_' once
}

@test "a text in lower or upper case only is tagged as well as another" {
	mixed="Time flies like an arrow in New York ."
	# shellcheck disable=SC2086
	tok a $mixed | reat-tag | cut -f 5 >one
	# shellcheck disable=SC2086
	tok a ${mixed,,} | reat-tag | cut -f 5 | cmp - one
	# shellcheck disable=SC2086
	tok a ${mixed^^} | reat-tag | cut -f 5 | cmp - one
}

@test "the layer sentence splits a block" {
	{ tok a We saw Paris .; tok b THE PLOT FIGHTS; } | reat-tag >two
	{ tok a We saw Paris . THE PLOT FIGHTS; } | awk -F'\t' -v OFS='\t' '
		/^[1-9]/ { $10 = "sentence=" ($1 == 1 || $1 == 5 ? "B" : "I") "-S" }
		1' >in
	reat-tag in >one
	[ "$(tags <one)" = "$(tags <two)" ]
	sed 's/B-S/I-S/' in >bad
	try reat-tag bad
	[ "$status" -eq 1 ]
	[[ $stderr == "reat-tag: bad:2: sentence=I-S "*", expected "* ]]
}

@test "the bytes do not depend on the batch size and the order" {
	for i in $(seq 300); do
		tok "d$i" "w$((i % 7))" is the best "$i" of Case$((i % 3)) .
	done >in
	reat-tag in >all
	csplit -sz -b %03d in '/^# sent_id/' '{*}'
	for i in $(seq 299 -1 0); do
		cat "$(printf 'xx%03d' "$i")"
	done | reat-tag | awk -v RS= '{ b[NR] = $0 }
		END { for (i = NR; i > 0; i--) print b[i] "\n" }' | cmp - all
	for i in $(seq 0 9); do
		reat-tag "xx00$i"
	done | cmp - <(head -n 100 all)
}

@test "more different words than the cache holds change nothing" {
	awk 'BEGIN { for (i = 1; i <= 20000; i++) {
		if (i % 10 == 1) print (i > 1 ? "\n" : "") "# sent_id = " i
		print (i - 1) % 10 + 1 "\tw" (i * 7919) % 9973 "x\t_\t_" \
		    "\t_\t_\t_\t_\t_\t_"
	} print "" }' >in
	reat-tag in >all
	tail -n 1200 in | reat-tag | cmp - <(tail -n 1200 all)
}

@test "training shows a bar on a terminal, except with -q" {
	need_terminal
	# the bar is drawn at most ten times a second, so the run must take
	# longer
	for _ in $(seq 30); do cat "$FIXTURE"; done >many
	run script -qec "reat-tag -n 400 -o one many" /dev/null </dev/null
	[[ $output =~ \[=*">"\ *\]\ *[0-9]*\ %\ \ epoch\ [0-9]*/400,\ [0-9.]*\ % ]]
	run script -qec "reat-tag -q -n 400 -o two many" /dev/null </dev/null
	[ -z "$output" ]
	cmp one/weights.bin two/weights.bin
}

@test "a second training gives the same bytes, and the tagger has learned" {
	reat-tag -n 8 -o one "$FIXTURE"
	reat-tag -n 8 -o two/ <"$FIXTURE"
	reat-tag -n 8 -s 2 -o other "$FIXTURE"
	cmp one/weights.bin two/weights.bin
	cmp one/tagger.yaml two/tagger.yaml
	run cmp -s one/weights.bin other/weights.bin
	[ "$status" -eq 1 ]
	[ "$(ls)" = $'one\nother\ntwo' ]
	reat-tag -m ./one "$FIXTURE" >tagged
	[ "$(share_of_right "$FIXTURE" tagged 5)" -ge 9900 ]
	tr '[:upper:]' '[:lower:]' <"$FIXTURE" | reat-tag -m ./one >lower
	[ "$(share_of_right "$FIXTURE" lower 5)" -ge 9500 ]
}

# one_letter FIRST LAST FROM: print 40 sentences of a word: FIRST, "a" in nouns or
# "e" in verbs, LAST.  Each % becomes other letters in each word, from FROM on.
one_letter() {
	awk -v first="$1" -v last="$2" -v from="$3" 'BEGIN {
		for (i = from; i < from + 40; i++) {
			word = first (i % 2 ? "a" : "e") last
			sub(/%/, substr("bcdfghjklm", 1 + i % 10, 1) \
			    substr("npqrstvwxz", 1 + int(i / 10), 1) "o", word)
			printf "# sent_id = %d\n1\t%s\t_\t%s\tX\t_\t_\t_\t_\t_\n\n",
			    i, word, i % 2 ? "NOUN" : "VERB"
		}
	}'
}

@test "the fourth letter may decide, and the sixth from the end" {
	for case in 'kol %inator' 'kolina% inder'; do
		read -r first last <<<"$case"
		one_letter "$first" "$last" 0 >known
		one_letter "$first" "$last" 40 >unknown
		rm -rf m
		reat-tag -q -n 8 -o m known
		reat-tag -m ./m unknown >tagged
		[ "$(share_of_right unknown tagged 4)" -eq 10000 ]
	done
}

@test "bad training data is an error, and nothing is written" {
	{ tok a yes; tok b no | sed 's/no\t_\t_/no\t_\tX/'; } >in
	try reat-tag -o t in
	[ "$status" -eq 1 ]
	[[ $stderr == 'reat-tag: in:2: UPOS "_" and XPOS "_", expected two'* ]]
	[ ! -e t ]
	try reat-tag -o t /dev/null
	[ "$status" -eq 1 ]
	[[ $stderr == *"no words to learn from"* ]]
	awk 'BEGIN { print "# sent_id = a"; for (i = 1; i <= 256; i++)
		print i "\tw\t_\tX\tY" i "\t_\t_\t_\t_\t_" }' >many
	try reat-tag -o t many
	[ "$status" -eq 1 ]
	[[ $stderr == "reat-tag: many:257: too many pairs of UPOS and XPOS, the limit is 255"* ]]
	[ ! -e t ]
	# with -k, the pairs of a dropped block are no tags
	{ cat "$FIXTURE"; echo; cat many; } >both
	try reat-tag -k -n 1 -o dropped both
	[ "$status" -eq 1 ]
	reat-tag -n 1 -o good "$FIXTURE"
	cmp dropped/tagger.yaml good/tagger.yaml
	cmp dropped/weights.bin good/weights.bin
	try reat-tag -k -n 1 -o t in "$FIXTURE"
	[ "$status" -eq 1 ]
	[ -e t/tagger.yaml ]
	mkdir there
	try reat-tag -o there "$FIXTURE"
	[ "$status" -eq 2 ]
	[[ $stderr == *'there: exists already; give a new folder'* ]]
	try reat-tag -o no/such/place "$FIXTURE"
	[ "$status" -eq 2 ]
	[[ $stderr == *"no/such/place"*"cannot create"* ]]
}

@test "options that exclude each other are a usage error" {
	for args in "-n 3" "-s 3" "-m x -o y"; do
		# shellcheck disable=SC2086
		try reat-tag $args "$FIXTURE"
		[ "$status" -eq 2 ]
		[[ $stderr == *"usage: reat-tag"* ]]
	done
	try reat-tag -m ./none "$FIXTURE"
	[ "$status" -eq 2 ]
	[[ $stderr == "reat-tag: ./none: no such model"* ]]
}

# refused: check that the tagger in t is refused with a message about
# weights.bin
refused() {
	status=0
	reat-tag -m ./t in >out 2>err || status=$?
	[ "$status" -eq 1 ]
	[ ! -s out ]
	grep -q '^reat-tag: ./t/weights.bin: .*, expected ' err
}

@test "a damaged weights.bin is refused without a crash" {
	head -n 30 "$FIXTURE" | reat-tag -n 2 -o t
	cp t/weights.bin good
	size=$(wc -c <good)
	tok a the movie >in
	for offset in $(seq 0 97 $((size - 1))); do
		head -c "$offset" good >t/weights.bin
		refused
		{
			head -c "$offset" good
			tail -c +$((offset + 1)) good | head -c 1 |
			    tr '\000-\377' '\100-\377\000-\077'
			tail -c +$((offset + 2)) good
		} >t/weights.bin
		refused
	done
	rm t/weights.bin
	try reat-tag -m ./t in
	[ "$status" -eq 2 ]
	[[ $stderr == "reat-tag: ./t/weights.bin: cannot open"* ]]
}

@test "a wrong tagger.yaml is refused with the line" {
	reat-tag -n 2 -o t "$FIXTURE"
	cp t/tagger.yaml good
	tok a the movie >in
	while IFS=$'\t' read -r edit message; do
		sed "$edit" good >t/tagger.yaml
		try reat-tag -m ./t in
		echo "$edit: $stderr"
		[ "$status" -eq 1 ]
		# shellcheck disable=SC2053
		[[ $stderr == "reat-tag: ./t/"$message ]]
	done <<-'END'
		s/reat: 1/reat: 2/	tagger.yaml:*expected*
		s/weights.bin/..\/good/	tagger.yaml:*expected the name of a file in this folder
		s/^weights/weight/	tagger.yaml:*unknown key "weight", expected *
		s/"DET DT"/DET/	tagger.yaml:*expected "UPOS XPOS"
		s/"DET DT"/"DET D T"/	tagger.yaml:*expected "UPOS XPOS"
		s/"DET DT"/"DET\\tx DT"/	tagger.yaml:*expected "UPOS XPOS"
		/"DET DT"/d	weights.bin: * classes, expected the *
		/^tags/,$d	tagger.yaml:*tags: expected*
	END
}

@test "accuracy on UD English EWT's test part" {
	need_data pos/en_ewt-ud-test.conllu.xz
	xz -dc "$DATA/pos/en_ewt-ud-test.conllu.xz" >gold
	reat-tag gold >tagged
	xpos=$(share_of_right gold tagged 5)
	upos=$(share_of_right gold tagged 4)
	awk -F'\t' -v OFS='\t' '/^[0-9]/ { $2 = tolower($2) } 1' gold |
	    reat-tag >lower
	echo "XPOS $xpos, UPOS $upos, lower: $(share_of_right gold lower 5)"
	[ "$xpos" -ge 9450 ]
	[ "$upos" -ge 9500 ]
	[ "$(share_of_right gold lower 5)" -ge 9350 ]
}
