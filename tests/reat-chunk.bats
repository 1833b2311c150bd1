#!/usr/bin/env bats
# reat-chunk: levels, rules files, and data that passes unchanged.

load helper

# tagged ID WORD...: print a tok block; each word is form/UPOS/XPOS
tagged() {
	printf '# sent_id = %s\n' "$1"
	shift
	n=0
	for word; do
		n=$((n + 1))
		IFS=/ read -r form upos xpos <<-EOF
			$word
		EOF
		printf '%d\t%s\t_\t%s\t%s\t_\t_\t_\t_\t_\n' "$n" "$form" \
			"$upos" "$xpos"
	done
	echo
}

movie() {
	tagged movie The/DET/DT movie/NOUN/NN does/AUX/VBZ "n't/PART/RB" \
		serve/VERB/VB up/ADP/RP lots/NOUN/NNS of/ADP/IN \
		laughs/NOUN/NNS ./PUNCT/.
}

fight() {
	tagged fight The/DET/DT fight/NOUN/NN scenes/NOUN/NNS are/AUX/VBP \
		fun/ADJ/JJ but/CCONJ/CC it/PRON/PRP grows/VERB/VBZ \
		tedious/ADJ/JJ
}

# chunks LAYER: print the words with the chunks of a layer in braces
chunks() {
	awk -F '\t' -v "layer=$1" '
	$1 ~ /^[0-9]+$/ {
		value = "O"
		n = split($10, pair, "|")
		for (i = 1; i <= n; i++)
			if (index(pair[i], layer "=") == 1)
				value = substr(pair[i], length(layer) + 2)
		if (open && value !~ /^I-/)
			line = line "}"
		line = line (line == "" ? "" : " ")
		if (value ~ /^B-/)
			line = line substr(value, 3) "{"
		line = line $2
		open = value != "O"
	}
	$0 == "" { print line (open ? "}" : ""); line = ""; open = 0 }' |
		sed 's/{ /{/g'
}

# spans: print each document's chunks of each layer except sentence, as
# ID LAYER TAG:FIRST-LAST...
spans() {
	awk -F '\t' '
	/^# sent_id/ { id = substr($0, 13) }
	$1 ~ /^[0-9]+$/ {
		n = split($10, pair, "|")
		for (i = 1; i <= n; i++) {
			split(pair[i], half, "=")
			if (half[1] == "sentence")
				continue
			if (!(half[1] in found))
				layer[++layers] = half[1]
			tag = substr(half[2], 3)
			if (half[2] ~ /^I-/)
				sub(/-[0-9]+$/, "-" $1, found[half[1]])
			else if (half[2] == "O")
				found[half[1]] = found[half[1]] ""
			else
				found[half[1]] = found[half[1]] " " tag ":" $1 "-" $1
		}
	}
	$0 == "" {
		for (i = 1; i <= layers; i++)
			print id " " layer[i] found[layer[i]]
		split("", found)
		layers = 0
	}'
}

# rules LEVEL TAG PATTERN [TAG PATTERN]...: write a rules file with one level
rules() {
	printf 'levels:\n  %s:\n' "$1"
	shift
	while [ $# -gt 0 ]; do
		printf "  - tag: '%s'\n    pattern: '%s'\n" "$1" "$2"
		shift 2
	done
}

@test "the paper's sentence has the paper's phrases" {
	[ "$(movie | reat-chunk | chunks phrase)" = \
		"NP{The movie} VP{does n't serve up} NP{lots of laughs} ." ]
}

@test "but begins a clause and belongs to it" {
	[ "$(fight | reat-chunk | chunks clause)" = \
		"S{The fight scenes are fun} S{but it grows tedious}" ]
}

@test "but as a preposition does not begin a clause" {
	[ "$(tagged 1 nothing/PRON/NN but/SCONJ/IN fun/NOUN/NN |
		reat-chunk | chunks clause)" = "S{nothing but fun}" ]
}

@test "yet begins a clause only as a conjunction" {
	[ "$(tagged 1 not/PART/RB yet/ADV/RB made/VERB/VBN yet/CCONJ/CC \
		seen/VERB/VBN | reat-chunk | chunks clause)" = \
		"S{not yet made} S{yet seen}" ]
}

@test "dashes and semicolons end a clause and belong to it" {
	[ "$(tagged 1 --/PUNCT/: see/VERB/VB "''/PUNCT/''" \;/PUNCT/, \
		"''/PUNCT/''" but/CCONJ/CC wait/VERB/VB --/PUNCT/, is/AUX/VBZ \
		.../PUNCT/, ./PUNCT/. | reat-chunk | chunks clause)" = \
		"S{-- see '' ; ''} S{but wait --} S{is ... .}" ]
}

@test "a clause without a verb joins the one before it, the first the next" {
	dash=--/PUNCT/: good=good/ADJ/JJ is=is/AUX/VBZ
	clauses() {
		tagged 1 "$@" | reat-chunk -l clause | chunks clause
	}
	[ "$(clauses it/PRON/PRP $is $good but/CCONJ/CC $good)" = \
		"S{it is good but good}" ]
	[ "$(clauses $good but/CCONJ/CC it/PRON/PRP $is)" = \
		"S{good but it is}" ]
	[ "$(clauses $good $dash $is $dash $good $dash $good $dash $is)" = \
		"S{good -- is -- good -- good --} S{is}" ]
	[ "$(clauses $good $dash $good $dash $is $dash $is)" = \
		"S{good -- good -- is --} S{is}" ]
	# without any verb it is one clause
	[ "$(clauses $good $dash $good but/CCONJ/CC $good)" = \
		"S{good -- good but good}" ]
	# a sentence without a verb joins no other sentence
	[ "$(tagged 1 $good $is $good |
		sed '2s/_$/sentence=B-S/;3,4s/_$/sentence=I-S/;4s/I-S/B-S/' |
		reat-chunk | chunks clause)" = "S{good is} S{good}" ]
}

@test "holds: a chunk that lacks it joins only adjacent chunks" {
	cat >"$BATS_TEST_TMPDIR/r.yaml" <<-'EOF'
		levels:
		  x:
		    - {tag: A, pattern: <a><b>?, holds: <b>}
		    - {tag: B, pattern: <c>}
		    - {tag: C, pattern: <d>+, holds: '^<d><d>'}
	EOF
	holds() {
		tagged 1 "$@" | reat-chunk -r "$BATS_TEST_TMPDIR/r.yaml" |
			chunks x
	}
	a=1/a/a b=2/b/b c=3/c/c d=4/d/d o=0/o/o
	[ "$(holds $a $a $b $a $o $a $c)" = "A{1 1 2 1} 0 B{1 3}" ]
	[ "$(holds $a $o $a $b $o $a)" = "A{1} 0 A{1 2} 0 A{1}" ]
	[ "$(holds $a $d $d $c $d $a)" = "C{1 4 4} B{3 4 1}" ]
	[ "$(holds $a $d $o)" = "A{1 4} 0" ]
	for rule in 'tag: A, pattern: <A>, holds: <A>)' \
		'tag: A, pattern: <A>, holds: ""' \
		'tag: A, pattern: <A>, holds: (?<=<A>*)'; do
		try_rules "" <<<"levels: {x: [{$rule}]}"
		[[ $stderr == *pattern* ]]
	done
	{
		rules x A '<NN>+'
		echo "    holds: '(<NN>+)+<VB>'"
	} >"$BATS_TEST_TMPDIR/r.yaml"
	# shellcheck disable=SC2046	# words
	tagged 1 $(yes cat/NOUN/NN | head -n 60) >"$BATS_TEST_TMPDIR/in"
	try -1 reat-chunk -r "$BATS_TEST_TMPDIR/r.yaml" "$BATS_TEST_TMPDIR/in"
	[[ $stderr == *"takes more than"* ]]
}

@test "the phrases of chunk are those of coarse tags alone" {
	# "n't" is ADV and not PART; a possessive has no coarse tag
	[ "$(tagged 1 is/AUX/VBZ "n't/PART/RB" a/DET/DT |
		reat-chunk | chunks phrase)" = "VP{is} n't a" ]
	[ "$(tagged 1 film/NOUN/NN "'s/PART/POS" is/AUX/VBZ |
		reat-chunk | chunks phrase)" = "NP{film} 's VP{is}" ]
	# a word without XPOS has the coarse tag of its UPOS
	[ "$(tagged 1 The/DET/_ sad/ADJ/_ Max/PROPN/_ must/AUX/_ serve/VERB/_ \
		tea/NOUN/_ and/CCONJ/_ cake/NOUN/_ | reat-chunk |
		chunks phrase)" = "The sad NP{Max} VP{must serve} NP{tea and cake}" ]
}

@test "column is that of atoms that name none" {
	for c in tag coarse upos xpos form; do
		{
			printf 'tags: {VB: NN, X: NN}\ncolumn: %s\n' $c
			rules x A '<NN>'
		} >"$BATS_TEST_TMPDIR/r.yaml"
		n=$(tagged 1 a/NN/VB b/NN/NN c/_/NN d/NN/_ e/_/X f/NN/Y g/X/Y |
			reat-chunk -r "$BATS_TEST_TMPDIR/r.yaml" |
			grep -c x=B) || true
		echo "$c $n" >>"$BATS_TEST_TMPDIR/counts"
	done
	diff - "$BATS_TEST_TMPDIR/counts" <<-'EOF'
		tag 6
		coarse 2
		upos 4
		xpos 2
		form 0
	EOF
}

@test "a hyphen inside a word is not a dash" {
	[ "$(tagged 1 re/VERB/VB -/PUNCT/HYPH make/VERB/VB -/PUNCT/, see/VERB/VB |
		reat-chunk | chunks clause)" = "S{re - make -} S{see}" ]
}

@test "no chunk crosses a sentence" {
	{
		tagged 1 I/PRON/PRP like/VERB/VBP cats/NOUN/NNS Dogs/NOUN/NNS \
			bark/VERB/VBP |
			awk -F '\t' -v OFS='\t' '
			$1 + 0 { $10 = "sentence=" ($1 == 1 || $1 == 4 ? "B" : "I") "-S" }
			{ print }'
	} >"$BATS_TEST_TMPDIR/in"
	reat-chunk "$BATS_TEST_TMPDIR/in" >"$BATS_TEST_TMPDIR/out"
	[ "$(chunks phrase <"$BATS_TEST_TMPDIR/out")" = \
		"I VP{like} NP{cats} NP{Dogs} VP{bark}" ]
	[ "$(chunks clause <"$BATS_TEST_TMPDIR/out")" = \
		"S{I like cats} S{Dogs bark}" ]
	# without the layer, chunks do
	[ "$(sed 's/sentence=[BI]-S/_/' "$BATS_TEST_TMPDIR/in" | reat-chunk |
		chunks phrase)" = "I VP{like} NP{cats Dogs} VP{bark}" ]
}

@test "a bad sentence layer is an error" {
	tagged 1 a/X/X b/X/X | sed 's/_$/sentence=I-S/' >"$BATS_TEST_TMPDIR/in"
	try -1 reat-chunk "$BATS_TEST_TMPDIR/in"
	[[ $stderr == *in:2:*sentence=I-S* ]]
}

@test "reat-chunk | reat-chunk equals reat-chunk" {
	for l in phrase,clause clause,phrase clause; do
		[ "$({ movie; fight; } | reat-chunk -l "$l")" = \
			"$({ movie; fight; } | reat-chunk |
				reat-chunk -l phrase | reat-chunk -l "$l")" ]
	done
}

@test "the phrases of chunk-wide contain adjectives" {
	[ "$(tagged 1 She/PRON/PRP has/AUX/VBZ "n't/PART/RB" seen/VERB/VBN \
		a/DET/DT charming/ADJ/JJ ,/PUNCT/, funny/ADJ/JJ and/CCONJ/CC \
		beautifully/ADV/RB crafted/VERB/VBN film/NOUN/NN but/CCONJ/CC \
		it/PRON/PRP is/AUX/VBZ not/PART/RB very/ADV/RB bad/ADJ/JJ |
		reat-chunk -r chunk-wide | chunks phrase)" = "She VP{has n't seen} \
NP{a charming , funny and beautifully crafted film} but it VP{is} \
AP{not very bad}" ]
}

@test "-l chooses levels and their order" {
	[[ $(fight | reat-chunk -l clause,phrase) == \
		*'clause=B-S|phrase=B-NP'* ]]
	[[ $(fight | reat-chunk -l clause) != *phrase* ]]
}

@test "-l refuses unknown, empty and repeated levels" {
	for l in word '' 'phrase,' phrase,phrase; do
		try -2 reat-chunk -l "$l" </dev/null
		[[ $stderr == *"option -l"* ]]
	done
}

@test "every word is in one span of each level, every clause covered" {
	for r in chunk chunk-wide; do
		reat-chunk -r $r "$ROOT/tests/golden/chunker/ewt.tok" | awk -F '\t' '
		function check(layer, n, pair, i, found, tag, half) {
			n = split($10, pair, "|")
			for (i = 1; i <= n; i++) {
				split(pair[i], half, "=")
				if (half[1] != layer)
					continue
				found++
				tag = substr(half[2], 3)
				if (half[2] ~ /^I-/ && (last[layer] != tag ||
				    (layer != "sentence" && starts)))
					bad++
				last[layer] = tag
			}
			if (found != 1 || (layer == "clause" && tag != "S"))
				bad++
		}
		/^#/ { last["phrase"] = last["clause"] = "" }
		/^[0-9]/ {
			words++
			starts = $10 ~ /sentence=B/
			check("phrase"); check("clause")
		}
		END { print words + 0, bad + 0 }' >"$BATS_TEST_TMPDIR/count"
		read -r words bad <"$BATS_TEST_TMPDIR/count"
		[ "$words" -gt 2000 ]
		[ "$bad" -eq 0 ]
	done
}

@test "a layer of other rules is kept" {
	rules topic T '<NN>+' >"$BATS_TEST_TMPDIR/r.yaml"
	[[ $(movie | reat-chunk | reat-chunk -r "$BATS_TEST_TMPDIR/r.yaml") == \
		*'phrase=I-NP|clause=I-S|topic=B-T'* ]]
}

@test "all other bytes pass unchanged" {
	cat >"$BATS_TEST_TMPDIR/in" <<-'EOF'
		# newdoc
		# sent_id = 1
		#odd   comment = 
		# text = Don't sing well, or sing.
		1-2	Don't	_	_	_	_	_	_	_	TokenRange=0:5|Odd
		1	Do	do	AUX	VB	Mood=Imp	3	aux	3:aux	x=B-Y|phrase
		2	n't	not	PART	RB	_	3	advmod	3:advmod	SpaceAfter=No|Z=a=b
		3	sing	sing	VERB	VB	_	0	root	0:root	_
		4	well	well	ADV	RB	_	3	advmod	3:advmod	_
		4.1	,	,	_	_	_	_	_	_	CopyOf=3
		5	or	or	CCONJ	CC	_	6	cc	6:cc	_
		6	sing	sing	VERB	VB	_	3	conj	3:conj	_
		7	.	.	PUNCT	.	_	3	punct	3:punct	SpacesAfter=\n
	
		# sent_id = empty
	
	EOF
	reat-chunk "$BATS_TEST_TMPDIR/in" >"$BATS_TEST_TMPDIR/out"
	sed -E 's/\|?(phrase|clause)=[^|]*//g; s/\t$/\t_/' \
		"$BATS_TEST_TMPDIR/out" | cmp - "$BATS_TEST_TMPDIR/in"
	[ "$(head -n 14 "$BATS_TEST_TMPDIR/out" | chunks phrase)" = \
		"VP{Do n't sing} well or VP{sing} ." ]
}

@test "one note is printed about texts without tags" {
	try -0 reat-chunk < <(tok 1 a b; tok 2 c)
	[ "$stderr" = "reat-chunk: stdin:1: no word has a tag; use reat-tag before reat-chunk" ]
	try -0 reat-chunk < <(movie; tok 2 c)
	[ "$(wc -l <<<"$stderr")" -eq 1 ]
	rules x A '<form:a>' >"$BATS_TEST_TMPDIR/r.yaml"
	try -0 reat-chunk -r "$BATS_TEST_TMPDIR/r.yaml" < <(tok 1 a b)
	[ -z "$stderr" ]
}

@test "a pattern that backtracks too long ends with 1" {
	rules x A '(<NN>+)+<VB>' >"$BATS_TEST_TMPDIR/r.yaml"
	# shellcheck disable=SC2046	# words
	{
		fight
		tagged runaway $(yes cat/NOUN/NN | head -n 60)
		fight | sed s/fight/last/
	} >"$BATS_TEST_TMPDIR/in"
	try -1 reat-chunk -r "$BATS_TEST_TMPDIR/r.yaml" "$BATS_TEST_TMPDIR/in"
	[[ $stderr == "reat-chunk: $BATS_TEST_TMPDIR/in:12: level x of $BATS_TEST_TMPDIR/r.yaml:3 takes more than"* ]]
	[[ $output == *"sent_id = fight"* && $output != *runaway* ]]
	try -1 reat-chunk -k -r "$BATS_TEST_TMPDIR/r.yaml" "$BATS_TEST_TMPDIR/in"
	[[ $output == *"sent_id = last"* && $output != *runaway* ]]
	[ "$(wc -l <<<"$stderr")" -eq 1 ]
}

# try_rules MESSAGE: the rules on standard input are refused with exit 1
try_rules() {
	cat >"$BATS_TEST_TMPDIR/r.yaml"
	try -1 reat-chunk -r "$BATS_TEST_TMPDIR/r.yaml" </dev/null
	[[ $stderr == "reat-chunk: $BATS_TEST_TMPDIR/r.yaml"*"$1"* ]] || {
		echo "$stderr"
		return 1
	}
}

@test "rules files: faults are reported with their line" {
	try_rules "levels" <<<'tags: {NN: NOUN}'
	try_rules "levels" <<<'levels: []'
	try_rules "list of rules" <<<'levels: {x: {}}'
	try_rules "list of rules" <<<'levels: {x: []}'
	try_rules "colour" <<<'colour: 1'
	try_rules "map" <<<'tags: [NN]'
	try_rules "coarse tag" <<<'tags: {NN: [NOUN]}'
	try_rules "pattern" <<<'levels: {x: [{tag: A}]}'
	try_rules "tag" <<<"levels: {x: [{pattern: <A>}]}"
	try_rules "more" <<<"levels: {x: [{tag: A, pattern: <A>, more: 1}]}"
	for name in word span text bias logit; do
		try_rules "reserved word" < <(rules $name A '<A>')
	done
	try_rules "a name of a-z" < <(rules Phrase A '<A>')
	try_rules "not _ alone" < <(rules x _ '<A>')
	try_rules "letters, digits" < <(rules x 'A B' '<A>')
	try_rules "tag, coarse, upos" <<<"{column: pos, levels: {x: [{tag: A, pattern: <A>}]}}"
	try_rules "within" <<<"{within: x, levels: {x: [{tag: A, pattern: <A>}]}}"
	try_rules ':8: pattern at "(?<=<C>*)<D>": lookbehind' \
		< <(rules x A '<A>' B '<B>' C '(?<=<C>*)<D>')
	try_rules ':6: pattern at ")|(?:<B>": no group' \
		< <(rules x A '<A>' B '<A>)|(?:<B>')
	try_rules ':4: pattern at "<NOUN": no > closes' < <(rules x A '<A><NOUN')
}

@test "-r takes a name; a missing file is reported" {
	[ "$(movie | reat-chunk -r chunk)" = "$(movie | reat-chunk)" ]
	try -2 reat-chunk -r absent </dev/null
	[[ $stderr == *"absent: no such rules file"* ]]
}

@test "200 sentences have the chunks of an independent program in Python" {
	dir=$ROOT/tests/golden/chunker
	for name in chunk chunk-wide wild; do
		rules=$dir/wild.yaml
		[ $name = wild ] || rules=$name
		reat-chunk -r "$rules" "$dir/ewt.tok" | spans >"$BATS_TEST_TMPDIR/got"
		# wild.spans stops after some documents
		n=$(wc -l <"$dir/$name.spans")
		[ "$n" -gt 200 ]
		head -n "$n" "$BATS_TEST_TMPDIR/got" | diff - "$dir/$name.spans"
	done
}

@test "examples/chunk-awk.sh replaces reat-chunk" {
	{
		fight
		tagged not It/PRON/PRP is/AUX/VBZ "n't/PART/RB" a/DET/DT \
			bad/ADJ/JJ old/ADJ/JJ film/NOUN/NN ,/PUNCT/, nice/ADJ/JJ \
			red/ADJ/JJ cat/NOUN/NN not/PART/RB
		printf '# sent_id = empty\n\n'
	} >"$BATS_TEST_TMPDIR/in"
	sh "$ROOT/examples/chunk-awk.sh" "$BATS_TEST_TMPDIR/in" \
		>"$BATS_TEST_TMPDIR/out"
	[ "$(chunks phrase <"$BATS_TEST_TMPDIR/out")" = \
		"The fight scenes are fun but it grows tedious
It is NEG{n't a bad} PAIR{old film} , PAIR{nice red cat} not" ]
	# its output is valid, other data is kept, and a second run changes
	# nothing
	sh "$ROOT/examples/chunk-awk.sh" "$BATS_TEST_TMPDIR/out" |
		cmp - "$BATS_TEST_TMPDIR/out"
	sed 's/phrase=.*/_/' "$BATS_TEST_TMPDIR/out" | cmp - "$BATS_TEST_TMPDIR/in"
	[ "$(reat-chunk -l clause "$BATS_TEST_TMPDIR/out" | chunks clause)" = \
		"$(reat-chunk "$BATS_TEST_TMPDIR/in" | chunks clause)" ]
}

@test "from words to phrases, through reat-tag" {
	[ "$(tok 1 The movie does "n't" serve up lots of laughs . | reat-tag |
		reat-chunk | chunks phrase)" = \
		"NP{The movie} VP{does n't serve up} NP{lots of laughs} ." ]
	[ "$(tok 1 It is not a bad film . | reat-tag |
		sh "$ROOT/examples/chunk-awk.sh" | chunks phrase)" = \
		"It is NEG{not a bad} film ." ]
}
