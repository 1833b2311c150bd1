# A classifier behind a command (reat-command(5)): -x, -X and -W.

load helper

setup() {
	cd "$BATS_TEST_TMPDIR"
	printf '%s\n' 'The fight scenes are fun but it grows tedious .' \
	    'A charming and often affecting journey.' '' \
	    "It's not a \"good\" film, I'd say." | reat-tokenize | reat-tag |
	    reat-chunk >tok
	awk -v RS= -v ORS='\n\n' 'NR < 3' tok >simple
	HEADER='printf "no\tyes\n"'
	EACH='while read -r text; do'
}

# same COLUMNS COMMAND...: the filter's columns are the same with -m and with
# our own model as a command
same() {
	columns=$1
	shift
	"$@" -q tok | cut -f "$columns" >with-model
	"$@" -q -m sst2-gru -X 'reat-predict -q' tok | cut -f "$columns" |
	    cmp - with-model
	# the first texts have no words that touch
	"$@" -q -m sst2-gru -x 'reat-tokenize -q | reat-predict -q' simple |
	    cut -f "$columns" >with-text
	head -n "$(wc -l <with-text)" with-model | cmp - with-text
}

@test "our own model as a command gives the same scores" {
	# the remark of the last column has the unknown words of a model only
	same 1-10 reat-occlude -y
	same 1-10 reat-occlude -y -c all -b 1
	same 1-10 reat-occlude -y -l word,3-5,clause
	same 1-10 reat-lime -n 300
	same 1-10 reat-lime -n 300 -a lime-words -c all
}

@test "the filters that predict give the same, too" {
	for run in "reat-predict -q" "reat-swap -w fun=dull,film=movie -t tsv"
	do
		$run -m sst2-gru tok >with-model
		$run -X 'reat-predict -q' tok | cmp - with-model
		$run -x 'reat-tokenize -q | reat-predict -q' tok |
		    cmp - with-model
	done
	# a row's sent_id and label are those of the block
	try reat-predict -x "$HEADER; $EACH echo '.25	.75'; done" simple
	[ "${lines[0]}" = "doc	label	predicted	no	yes" ]
	[ "${lines[2]}" = "2	_	yes	0.25	0.75" ]
}

@test "variants out and answers in are the same as one run" {
	while read -r run; do
		$run -q tok | cut -f1-10 >one
		$run -p tok >variants
		reat-predict -q variants >answers
		$run -q -m sst2-gru -r answers tok | cut -f1-10 | cmp - one
		# each variant has its text; without ids
		[ "$(grep -c '^# text =' variants)" -eq \
		    "$(sed 1d answers | grep -c '')" ]
		cut -f4- answers >bare
		$run -b 2 -q -m sst2-gru -r bare tok | cut -f1-10 | cmp - one
	done <<-END
	reat-occlude -y -l clause,word,2-3
	reat-lime -n 40
	reat-lime -n 40 -a lime-words -s 2 -c all
	END
	# a row less, a row more, another order, another text
	sed '$d' answers >less
	try -2 reat-lime -n 40 -a lime-words -s 2 -r less tok
	[[ $stderr == "reat-lime: less: the file ends, and 1 row is missing;"* ]]
	sed '2p' answers >more.tsv
	try -1 reat-lime -n 40 -a lime-words -s 2 -r more.tsv tok
	[[ $stderr == "reat-lime: more.tsv:3: the row of 1, expected that of 1~1" ]]
	sed '2p' bare >more.tsv
	try -1 reat-lime -n 40 -a lime-words -s 2 -r more.tsv tok
	[[ $stderr == "reat-lime: more.tsv:"*": a row after that of the last text" ]]
}

@test "log-odds of a contrast are the difference of logits" {
	for run in "reat-occlude -q" "reat-lime -q -n 300 -y"; do
		$run -c positive:negative tok | cut -f10 >with-model
		$run -c positive:negative -X 'reat-predict -q' tok | cut -f10 |
		    paste - with-model | awk 'NR > 1 {
			d = $1 - $2; bad += d * d > 1e-10 }
			END { exit bad || NR < 40 }'
	done
}

@test "the log-odds of a class are those of its probability" {
	command="$HEADER; printf 'sum\n' >&2; $EACH case \$text in
	    *fun*) echo '0.25	0.75' ;; *) echo '0.6	0.4' ;; esac; done"
	score() {
		reat-occlude -H -q -c yes -x "$1" tok 2>err |
		    awk -F'\t' '$3 == "word" && $11 == "fun" { print $10 }'
	}
	run -0 score "$command"
	# ln (.75 / .25) - ln (.4 / .6)
	[ "$output" = 1.5040774 ]
	# the command's standard error is ours
	[ "$(cat err)" = sum ]
	# classes that do not exclude each other: ln p - ln (1 - p)
	run -0 score "${command//0.25/0.9}"
	[ "$output" = 1.5040774 ]
}

@test "full pipes on both sides are no deadlock, and slow commands are waited for" {
	long 600 >many
	# rows of 20 kB, from a command that reads and writes in turn
	run -0 reat-occlude -H -q -y -l word -x "printf 'no\tyes\tlogit:no\n'; row=\$(printf '.5\t.5\t%020000d' 0)
	    $EACH echo \"\$row\"; done" many
	[ "${#lines[@]}" -eq 603 ]
	# one that reads a batch of 100 variants, of 10 MB, before it writes
	long 100 | sed "s/w/$(printf %01000d 0)/" >many
	run -0 reat-occlude -H -q -y -l word -x "$HEADER; $EACH
	    i=1 rows=; while [ \$((n > 0 && i < 100)) = 1 ]; do
	    read -r text; rows=\"\$rows.5	.5\n\" i=\$((i + 1)); done
	    printf \"\$rows.5	.5\n\"; n=\$(((n + 1) % 2)); done" many
	[ "${#lines[@]}" -eq 103 ]
}

@test "a command starts with the first text" {
	reat-lime -x 'echo x >started' </dev/null
	[ ! -e started ]
}

@test "the name in the rows is the command, or that of -m" {
	command="$HEADER; $EACH echo .5 .5 | tr ' ' '\t'; done"
	[ "$(reat-occlude -H -x "$command" tok | cut -f6 | sort -u)" = \
	    "$command" ]
	[ "$(reat-lime -H -n 9 -m it -x "$command" tok | cut -f6 |
	    sort -u)" = it ]
}

@test "on a terminal the line of what is done is erased at the end" {
	need_terminal
	printf '%s\n' "$HEADER; $EACH sleep 0.04; printf '.2\\t.8\\n'; done" >slow
	tok one fun film dull >few
	for run in 'reat-lime -n 9' reat-reduce 'reat-swap -a pwws -w fun=dull,film=movie'; do
		script -qec "$run -x 'sh ./slow' few >out" /dev/null </dev/null \
			>seen
		cat -v seen
		grep -q "^.${run%% *}: [01] texts, [0-9]* .*/s" seen
		[ "$(tail -c 4 seen)" = $'\r\033[K' ]
	done
}

@test "SIGINT and SIGTERM end the command, too" {
	for signal in INT TERM; do
		rm -f pid
		bash -c 'exec reat-occlude -x "echo \$\$ >pid; sleep 300" tok' \
		    2>err &
		for _ in $(seq 100); do
			[ ! -s pid ] || break
			sleep 0.05
		done
		sleep 0.1
		kill -TERM $!
		wait $! || got=$?
		[ "$got" -eq 143 ]
		for _ in $(seq 100); do
			kill -0 "$(cat pid)" 2>/dev/null || break
			sleep 0.05
		done
		! kill -0 "$(cat pid)" 2>/dev/null
	done
}

@test "a reader that leaves early ends the filter without a message" {
	long 300 >many
	sed 's/sent_id = x/sent_id = y/' many >other.tok
	bash -c 'set -o pipefail
	    reat-occlude -y -x "printf \"a\tb\n\"
	    while read -r t; do echo \".5	.5\"; done" many other.tok 2>err | head -n 1
	    echo "${PIPESTATUS[0]}" >status'
	[ ! -s err ]
	[ "$(cat status)" -eq 141 ]
}

@test "rows that were complete before a command failed are written" {
	run bash -c 'reat-occlude -H -b 1 -y -x "printf \"a\tb\n\"
	    while read -r t; do case \$t in A*) exit 3 ;; esac
	    echo \".5	.5\"; done" tok 2>err'
	[ "$status" -eq 2 ]
	[ "$(cut -f1 <<<"$output" | sort -u)" = 1 ]
	[[ $(cat err) == "reat-occlude: printf"*": ended with status 3, and 1 row is missing" ]]
}
