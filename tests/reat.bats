load helper

# A small model, so that these tests do not need the shipped models.
MODEL=$ROOT/tests/golden/engine/bigru-last-1/

setup() {
	cd "$BATS_TEST_TMPDIR"
	printf '%s\n' 'W1 w2 are fun but it grows w3' 'w4, w5!' >text
}

@test "the printed pipeline gives the same bytes in a shell" {
	for options in '' '-l word' '-c all -M 2' '-k -t tsv' '-w 40 -C always'; do
		# shellcheck disable=SC2086	# a list of options
		reat -m "$MODEL" $options text >a
		# shellcheck disable=SC2086
		eval "$(reat -p -m "$MODEL" $options text)" >b
		[ -s a ]
		cmp a b
	done
}

@test "it is the pipeline of the manual, with reat-trace too" {
	reat -m "$MODEL" text >a
	reat-tokenize text | reat-tag | reat-chunk |
		reat-trace -m "$MODEL" | reat-score | reat-heatmap | cmp - a
}

@test "-x and -X explain a command, by the methods that leave words out" {
	cat >yes.sh <<-'END'
	printf 'no\tyes\n'
	while read -r text; do
		case $text in *fun*) printf '.2\t.8\n' ;; *) printf '.6\t.4\n' ;; esac
	done
	END
	run reat -p -x 'sh yes.sh' -W 9
	[ "$output" = "reat-tokenize | reat-tag | reat-chunk |\
 reat-occlude -a omit -x 'sh yes.sh' -W 9 | reat-heatmap" ]
	reat -y -m yes -x 'sh yes.sh' -t tsv text >a
	awk -F '\t' '$3 == "word" && $10 != 0' a | cut -f 6,7,10,11 |
		diff - <(printf 'yes\tomit\t0.4\tfun\n')
	reat -a lime -y --command 'sh yes.sh' text | grep -q 'probability +0.8'
	cut -f 1 >tok.sh <<-'END'
	awk 'BEGIN { print "doc\tno\tyes"; fflush() } /^# sent_id/ { id = $4 }
		/fun/ { yes = 1 }
		!NF { print id "\t" 1 - yes "\t" yes + 0; yes = 0; fflush() }'
	END
	awk -W version </dev/null 2>&1 | grep -q mawk &&
		sed -i 's/^awk/& -W interactive/' tok.sh
	reat -y -X 'sh tok.sh' text | grep -q 'yes 1.0000'
	reat -x 'sh yes.sh' -a list | cut -d ' ' -f 1 | xargs |
		grep -qx 'omit owen lime lime-words kernelshap'
	while IFS='|' read -r args message; do
		# shellcheck disable=SC2086
		try reat $args text
		[ "$status" -eq 2 ]
		[ "${stderr%%$'\n'*}" = "reat: $message" ]
	done <<-'END'
	-x yes -a half|option -a: "half" for a command, expected omit, owen, lime, lime-words or kernelshap
	-x yes -a occlude|option -a: "occlude" for a command, expected omit, owen, lime, lime-words or kernelshap
	-W 3|option -W: there is no command (-x or -X)
	-y|option -y: reat-score explains the logit; -a list has other methods
	END
	try reat -x false text
	[ "$status" -eq 2 ]
	[[ $stderr == *'reat-occlude: '*false* ]]
}

@test "names with blanks and quotes are quoted" {
	cp text "it's a; file"
	reat -m "$MODEL" "it's a; file" >a
	eval "$(reat -p -m "$MODEL" "it's a; file")" | cmp - a
	run reat -p -c 'not so good' -- -x
	[ "$output" = "reat-tokenize -- -x | reat-tag | reat-chunk | reat-score -m sst2-gru -c 'not so good' | reat-heatmap" ]
}

@test "if it is called by a path, it calls the filters in its folder" {
	PATH=/usr/bin:/bin run "$REAT_BUILD/reat" -p
	folder=$(cd "$REAT_BUILD" && pwd -P)
	# a path with a blank is quoted
	[[ ${output//\'/} == "$folder/reat-tokenize | $folder/reat-tag | "* ]]
	PATH=/usr/bin:/bin "$REAT_BUILD/reat" -m "$MODEL" text >a
	reat -m "$MODEL" text | cmp - a
	ln -s "$REAT_BUILD/reat" link
	./link -m "$MODEL" text | cmp - a
	cp "$REAT_BUILD/reat" lonely
	try ./lonely -m "$MODEL" text
	[ "$status" -eq 2 ]
	[[ $stderr == "reat: "*"/lonely: no reat-score in its folder, where all filters must be" ]]
}

@test "-z gives the tokenizer its rules, -r the chunker its own" {
	run reat -p -r chunk-wide -z "split,it's"
	[ "$output" = "reat-tokenize -r 'split,it'\\''s' | reat-tag |\
 reat-chunk -r chunk-wide | reat-score -m sst2-gru | reat-heatmap" ]
	reat -m "$MODEL" -t tsv -l word --token-rules=split text >a
	reat-tokenize -r split text | reat-score -m "$MODEL" -l word |
		cut -f 11 | cmp - <(cut -f 11 a)
	grep -q 'w4,$' a
	reat -m "$MODEL" -t tsv -l word text | grep -q 'w4$'
}

@test "the status is the worst status of the filters" {
	try reat -m "$MODEL" nosuch
	[ "$status" -eq 2 ]
	[ "$stderr" = "reat-tokenize: nosuch: cannot open: No such file or directory" ]
	printf 'good\nb\0d\nfine\n' >bad
	try reat -m "$MODEL" bad
	[ "$status" -eq 1 ]
	[[ $output == *good* ]]
	[[ $output != *fine* ]]
	try reat -k -m "$MODEL" bad
	[ "$status" -eq 1 ]
	[[ $output == *fine* ]]
	try reat -m nosuch text
	[ "$status" -eq 2 ]
	[[ $stderr == *"reat-score: nosuch: no such model"* ]]
}

@test "a pipe that is closed early is not an error" {
	for _ in $(seq 2000); do cat text; done >many
	run bash -c 'set -o pipefail; reat -m "$1" many | head -n 1' _ "$MODEL"
	[ "${#lines[@]}" -eq 1 ]
}

@test "the message about a closed output is that of reat, not of the shell" {
	for options in '' -p -h -V '-a list'; do
		# shellcheck disable=SC2086
		try sh -c '"$@" >&-' _ reat -m "$MODEL" $options text
		[ "$status" -eq 2 ]
		[ "$stderr" = 'reat: stdout: cannot write' ]
	done
}

@test "-a list lists the methods; a wrong option prints the usage" {
	run reat -a list
	[ "$status" -eq 0 ]
	[[ $output == reat* ]]
	# each method is that of its filter
	for f in score grad occlude lime; do
		reat-$f -a list | sed "/^expected /d
			s/ .*//; s/.*/& reat-$f -a &/"
	done >filters
	try reat -a expected text
	[ "$status" -eq 2 ]
	[[ $stderr == "reat: option -a: expected needs a background of texts, "* ]]
	cut -d' ' -f1 filters | cmp - <(reat -a list | cut -d' ' -f1)
	while read -r method filter; do
		reat -a "$method" -m "$MODEL" text >a
		reat-tokenize text | reat-tag | reat-chunk |
			$filter -m "$MODEL" | reat-heatmap | cmp - a
	done <filters
	try reat -0
	[ "$status" -eq 2 ]
	[[ $stderr == "reat: unknown option -0"$'\n'"usage: reat "* ]]
	try reat -m
	[ "$status" -eq 2 ]
	[[ $stderr == "reat: option -m needs an argument"$'\n'"usage: reat "* ]]
	try reat -a listx text
	[ "$status" -eq 2 ]
	[[ $stderr == *'option -a: "listx", expected reat, naive, '* ]]
	try reat -c 'x -a list' text
	[ "$status" -eq 2 ]
	[[ $stderr == *'no class "x -a list"'* ]]
}

@test "long options and their beginnings; options after operands" {
	reat -p -k -m x -M3 -c gold -a omit -- a -b >short
	for line in '-p --keep-going --model x --max=3 --class gold --method omit -- a -b' \
	    'a -kpM 3 --mod=x -cgold --meth omit -- -b' \
	    'a -pm x --max 3 --cla=gold --keep -aomit -- -b'; do
		# shellcheck disable=SC2086
		reat $line >long
		sed 's/ -k//g; s/ -[mxc] [^ ]*//g' short >a
		sed 's/ -k//g; s/ -[mxc] [^ ]*//g' long >b
		cmp a b
		tr ' ' '\n' <short | sort >a
		tr ' ' '\n' <long | sort >b
		cmp a b
	done
	POSIXLY_CORRECT='' reat -p a -k >out
	grep -q 'reat-tokenize -- a -k |' out
	reat --print - '' >out
	grep -q "reat-tokenize -- - '' |" out
	reat --model= -p >out
	grep -q " -m '' |" out
	while IFS='|' read -r args message; do
		# shellcheck disable=SC2086
		try reat $args
		[ "$status" -eq 2 ]
		[ "${stderr%%$'\n'*}" = "reat: $message" ]
		[[ $stderr == *$'\n'"usage: reat "* ]]
	done <<-'END'
	--frob|unknown option --frob
	--frob=x|unknown option --frob
	--*|unknown option --*
	--m|option --m is ambiguous: --method or --max or --model
	--help=x|option --help takes no argument
	--model|option -m needs an argument
	-px|option -x needs an argument
	-pM|option -M needs an argument
	-p-|unknown option --
	END
}
