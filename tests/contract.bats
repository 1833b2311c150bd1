# Every executable in the build folder must follow the rules of reat(7),
# Manners.  A new filter is tested without a change in this file.
#
# The -h of a filter prints what it reads and writes, "reads tok, writes trace"
# (struct options in lib/base/option.h has both words).  For each stream there
# is a sample tests/contract/STREAM: text, tok, trace, score, pairs (a key and a
# value), and sentences (of other programs).  A program that reads something
# else ("reads none") is tested only with -h, -V and similar options.  The file
# tests/contract/args has the arguments that a filter needs.  A line has the
# filter's name, a blank and the arguments, in which $MODEL is the folder of a
# small model and $TMP a folder to write to.

load helper

setup() {
	SAMPLES=$ROOT/tests/contract
	MODEL=$SAMPLES/model
	TMP=$BATS_TEST_TMPDIR
	cd "$TMP"
}

executables() {
	for f in "$REAT_BUILD"/reat "$REAT_BUILD"/reat-*; do
		[ -f "$f" ] && [ -x "$f" ] && echo "${f##*/}"
	done
	true
}

# each READS PROPERTY: check the function PROPERTY for every filter that reads
# one of the streams in the list READS ("any": all filters).  In the function,
# $f is the filter, $args its arguments, $in the stream that it reads, $out the
# stream that it writes, $sample a file, and $who the name in its messages.
each() {
	failed="" tried=""
	for f in $(executables); do
		in=$("$f" -h | sed -n 's/^reads \([a-z]*\), writes .*/\1/p')
		out=$("$f" -h | sed -n 's/^reads .*, writes //p' |
		    tr '[:upper:]' '[:lower:]')
		[ "$1" = any ] || [[ " $1 " == *" $in "* ]] || continue
		tried="$tried $f"
		# the messages of reat have the names of its filters
		who=$f
		[ "$f" != reat ] || who='reat[-a-z]*'
		args=$(sed -n "s/^$f //p" "$SAMPLES/args")
		eval "args=($args)"
		sample=$SAMPLES/$in
		# a process of its own, so that set -e has an effect
		(set -e; "$2") >"$TMP/log" 2>&1 3>&- &
		wait $! || {
			failed="$failed $f"
			echo "--- $f:"
			cat "$TMP/log"
		}
	done
	[ -z "$failed" ] || { echo "fails:$failed"; return 1; }
	[ -n "$tried" ] || skip "no filter to try"
}

STREAMS='text tok trace score pairs sentences'
BLOCKS='tok trace'

# filter [ARG...]: run $f with the arguments that it needs and a time limit; -k
# precedes them, because they can contain an operand
filter() {
	local k=()
	[ "${1-}" != -k ] || { k=(-k); shift; }
	timeout 60 "$f" "${k[@]}" "${args[@]}" "$@"
}

# fails STATUS PATTERN COMMAND...: check that the command exits with this
# status, and that its standard error, one line or with -k more, matches the
# pattern; its standard output goes to the file out
fails() {
	wanted=$1 pattern=$2 got=0
	shift 2
	"$@" >out 2>err || got=$?
	[ "$got" -eq "$wanted" ] || {
		echo "exit $got, expected $wanted: $*"
		cat err
		return 1
	}
	grep -Eq -- "$pattern" err || {
		echo "stderr does not match $pattern:"
		cat err
		return 1
	}
	! grep -Ev "^($who: |usage: )" err
}

@test "there are filters to test" {
	[ -n "$(executables)" ] || skip "no filter is built"
	for source in "$ROOT"/cmd/*; do
		[ -f "$source" ] || continue
		name=${source##*/}
		[ -x "$REAT_BUILD/${name%.*}" ]
	done
}

@test "-h says what the filter reads and writes" {
	says() {
		"$f" -h >help 2>err
		[ ! -s err ]
		head -n 1 help | grep -q "^$f: ."
		grep -Eq '^reads [a-z]+, writes [A-Za-z, ]+$' help
		grep -q "^usage: $f " help
		case $in in
		text|tok|trace|score|pairs|sentences) [ -f "$sample" ] ;;
		esac
	}
	each any says
}

@test "-V is one line with the name and the version" {
	version() {
		"$f" -V >out 2>err
		[ ! -s err ]
		[ "$(wc -l <out)" -eq 1 ]
		grep -Eq "^$f \(REAT\) [0-9]+\.[0-9]+\.[0-9]+$" out
	}
	each any version
}

@test "-h and -V to a full disk exit with 2" {
	full() {
		for o in -h -V; do
			got=0
			"$f" "$o" >/dev/full 2>err || got=$?
			[ "$got" -eq 2 ]
			[ -s err ]
		done
	}
	each any full
}

@test "an unknown option exits with 2 and prints the usage" {
	unknown() {
		fails 2 "^usage: $f " "$f" -0 </dev/null
		grep -q "^$f: .*-0" err
		[ ! -s out ]
	}
	each any unknown
}

@test "options can follow operands, except after -- or with POSIXLY_CORRECT" {
	follows() {
		filter -k "$sample" >a
		filter "$sample" -k >b
		cmp a b
		filter "$sample" --keep-going >b
		cmp a b
		fails 2 '^[^ ]*: -k: ' filter -- "$sample" -k
		export POSIXLY_CORRECT=
		fails 2 '^[^ ]*: -k: ' filter "$sample" -k
	}
	each "$STREAMS" follows
}

@test "long options, and their beginnings, are what their letters are" {
	long() {
		"$f" -h >a
		"$f" --help >b
		cmp a b
		"$f" --hel >b
		cmp a b
		"$f" -V >a
		"$f" --version >b
		cmp a b
		fails 2 "^$f: option --help takes no argument" "$f" --help=x
		fails 2 "^$f: unknown option --frob" "$f" --frob=x
		grep -q "^usage: $f " err
		# a name that needs an argument; its beginning is ambiguous or not
		name=$("$f" -h | sed -n 's/^  -., --\([a-z-]*\) [^ ].*/\1/p' |
		    head -n 1)
		[ -z "$name" ] || fails 2 \
		    "^$f: option -. needs an argument" "$f" "--$name"
		"$f" -h | sed -n 's/^  -., --\([a-z-]*\) .*/\1/p' | sort |
		    uniq -d >twice
		[ ! -s twice ]
	}
	each any long
}

@test "a letter has one long option, but for names in the filter's own list" {
	sed -n "s/^\t{'\(.\)', \"\([a-z-]*\)\".*/\1 \2/p" \
	    "$ROOT/lib/base/option.c" | sort >table
	[ "$(wc -l <table)" -gt 20 ]
	common() {
		"$f" -h | sed -n 's/^  -\(.\), --\([a-z-]*\) .*/\1 \2/p' |
		    sort | comm -23 - "$TMP/table" >own
		sed -n '/\.names = /,/{0}/p' "$ROOT/cmd/$f".* | grep -o "{'[^}]*}" |
		    sed "s/{'\(.\)', \"\(.*\)\"}/\1 \2/" | sort >listed
		diff listed own
	}
	each any common
}

@test "the man page has the options of -h, and no others" {
	options() {
		"$f" -h | sed -n 's/^  -\(.\), --\([a-z-]*\) .*/\1 \2/p' |
		    sort >help
		[ -s help ]
		page=$ROOT/man/$f.1
		sed -n 's/^\.It Fl \(.*\)/\1/p' "$page" |
		    sed 's/^\(.\) , Fl -\([a-z-]*\)\( Ar .*\)*$/\1 \2/' |
		    sort >list
		diff help list
		cut -d ' ' -f 1 help >letters
		# the synopsis: .Op Fl hkV  .Op Fl m Ar model  .Fl o Ar path
		awk '/^\.Sh /{ s = $2 == "SYNOPSIS" }
		    s && /^\.(Op )?Fl /{ print }' "$page" |
		    sed 's/^\.\(Op \)*Fl \([^ ]*\).*/\2/' | fold -w 1 |
		    grep . | sort -u >synopsis
		diff letters synopsis
	}
	each any options
}

@test "the man page and -h state the same purpose" {
	purpose() {
		"$f" -h | sed -n "1s/^$f: //p" >help
		sed -n 's/^\.Nd //p' "$ROOT/man/$f.1" | diff help -
	}
	each any purpose
}

@test "empty input is success" {
	empty() {
		filter </dev/null >out 2>err
		[ ! -s err ]
		: >nothing
		filter nothing >again
		cmp out again
		printf '\xef\xbb\xbf' >nothing
		filter nothing >again
		cmp out again
	}
	each "$STREAMS" empty
}

@test "the sample gives output and nothing on stderr" {
	answers() {
		filter "$sample" >out 2>err
		cat err
		[ ! -s err ]
		case $out in model|none) ;; *) [ -s out ] ;; esac
	}
	each "$STREAMS" answers
}

@test "a file, - and standard input give the same output" {
	same() {
		filter "$sample" >file
		filter - <"$sample" >dash
		filter <"$sample" >stdin
		cat "$sample" | filter >pipe
		cmp file dash && cmp file stdin && cmp file pipe
	}
	each "$STREAMS" same
}

@test "a missing newline at the end changes nothing" {
	last() {
		# remove all newlines at the end, then add 0, 1, 2
		printf %s "$(cat "$sample")" >bare
		{ cat bare; echo; } >one
		{ cat bare; echo; echo; } >two
		filter bare >a
		filter one >b
		cmp a b
		case $in in
		tok|trace|sentences) filter two >b; cmp a b ;;
		esac
	}
	each "$STREAMS" last
}

@test "CRLF is read as LF" {
	crlf() {
		sed 's/$/\r/' "$sample" >crlf
		filter "$sample" >a
		filter crlf >b
		cmp a b
	}
	each "$STREAMS" crlf
}

@test "a BOM at the start of an operand is removed" {
	bom() {
		{ printf '\xef\xbb\xbf'; cat "$sample"; } >marked
		filter "$sample" >a
		filter marked >b
		cmp a b
	}
	each "$STREAMS" bom
}

@test "compressed input is read as what it was" {
	command -v gzip >/dev/null || skip "no gzip"
	unpacked() {
		filter "$sample" >a
		gzip -c "$sample" >packed
		filter packed >b
		cmp a b
		{ head -c 1 packed; sleep 0.02; tail -c +2 packed; } | filter >b
		cmp a b
		head -c -9 packed >bad
		fails 1 "^$who: bad:[0-9]*: gzip stopped with exit status 1: " \
		    filter bad
		[ "$(wc -l <err)" -eq 1 ]
	}
	each "$STREAMS" unpacked
}

@test "-Z compresses the output" {
	command -v gzip >/dev/null || skip "no gzip"
	packed() {
		"$f" -h | grep -q '^  -Z,' || exit 0
		filter "$sample" >a
		filter -Z gzip "$sample" >b
		gzip -dc b | cmp a -
	}
	each "$STREAMS" packed
}

@test "marks are checked and taken away, and -U writes them" {
	marked() {
		filter "$sample" >a
		# -U demands marks of the streams among the operands, too
		for i in "${!args[@]}"; do
			case ${args[i]} in
			*/score|*.tok)
				reat-mark "${args[i]}" >"operand$i"
				args[i]=operand$i
				;;
			esac
		done
		m=$sample
		if [ "$in" != text ]; then
			m=marked
			reat-mark "$sample" >marked
			filter marked >b
			cmp a b
			head -n -1 marked >bad
			fails 1 "^$who: bad:[0-9]*: the stream ends without" \
			    filter bad
			[ "$(wc -l <err)" -eq 1 ]
			fails 1 "^$who: .*:1: no line .*reat-mark adds it" \
			    filter -U "$sample"
		fi
		filter -U "$m" >b
		case $out in
		tok|trace|score|tsv|variants) reat-mark -v b | cmp a - ;;
		*) cmp a b ;;
		esac
	}
	each "$STREAMS" marked
}

@test "blank lines before, between and after blocks are ignored" {
	blanks() {
		{ echo; echo; sed 's/^$/\n\n/' "$sample"; echo; echo; } >loose
		filter "$sample" >a
		filter loose >b
		cmp a b
	}
	each "$BLOCKS sentences" blanks
}

@test "two runs give the same bytes" {
	twice() {
		filter "$sample" >a
		filter "$sample" >b
		cmp a b
	}
	each "$STREAMS" twice
}

@test "one document per batch, or slow input, gives the same bytes" {
	batches() {
		filter "$sample" >a
		if "$f" -h | grep -q '^  -b,'; then
			filter -b 1 "$sample" >b
			cmp a b
		fi
		dd if="$sample" bs=7 status=none | filter >b
		cmp a b
	}
	each "$STREAMS" batches
}

@test "a stream in two files gives the same bytes as in one" {
	files() {
		filter "$sample" >a
		awk '/^$/ { n = 1; if (!done) { done = 1; next } }
		    { print > (n ? "second" : "first") }' "$sample"
		filter first second >b
		cmp a b
	}
	each "$BLOCKS sentences" files
}

@test "a missing file exits with 2 and its name" {
	missing() {
		fails 2 "^$who: /no/such/file: cannot open: " filter /no/such/file
		[ "$(wc -l <err)" -eq 1 ]
	}
	each "$STREAMS" missing
}

@test "the input before a missing file is processed" {
	before() {
		filter "$sample" >a
		fails 2 /no/such/file filter "$sample" /no/such/file
		cmp a out
		fails 2 /no/such/file filter -k "$sample" /no/such/file
		cmp a out
	}
	each "$STREAMS" before
}

@test "a folder in place of a file exits with 2" {
	folder() {
		fails 2 "^$who: /: cannot (open|read): " filter /
	}
	each "$STREAMS" folder
}

@test "a closed standard input exits with 2" {
	closed() {
		shut() { filter <&-; }
		fails 2 "^$who: stdin: cannot read: " shut
	}
	each "$STREAMS" closed
}

@test "a full disk exits with 2 and a message" {
	full() {
		case $out in model|none) exit 0 ;; esac
		got=0
		filter "$sample" >/dev/full 2>err || got=$?
		echo "exit $got"
		cat err
		[ "$got" -eq 2 ]
		grep -q "^$who: .*No space left" err
	}
	each "$STREAMS" full
}

@test "a pipe that is closed early is not an error" {
	pipe() {
		# it opens both, and its output is closed before it reads
		rm -f in out
		mkfifo in out
		{ got=0; filter 2>err || got=$?; echo "$got" >status; } \
		    <in >out &
		exec 8>in
		exec 9<out
		exec 9<&-
		cat "$sample" >&8 2>/dev/null || true
		exec 8>&-
		wait $!
		cat status err
		[ ! -s err ]
		# 0 if it had nothing to write
		grep -Eqx '0|141' status
	}
	each "$STREAMS" pipe
}

@test "the first answer comes before the end of the input" {
	early() {
		# an audit or a summary is known at the end
		case $out in model|none|audit|summary) exit 0 ;; esac
		rm -f fifo
		mkfifo fifo
		timeout 60 "$f" "${args[@]}" <fifo >answer &
		pid=$!
		exec 9>fifo
		case $in in
		text) head -n 1 "$sample" ;;
		tok|trace) sed '/^$/q' "$sample" ;;
		score) cat "$sample" ;;		# several documents
		esac >&9
		for _ in $(seq 400); do
			[ ! -s answer ] || break
			sleep 0.05
		done
		wc -c answer
		[ -s answer ]
		exec 9>&-
		wait "$pid"
	}
	# not pairs: a distribution is known at the end
	each 'text tok trace score' early
}

@test "a malformed line exits with 1 and its place" {
	malformed() {
		{ sed '/^$/q' "$sample"; printf '1\tx\n'; } >bad
		n=$(wc -l <bad)
		fails 1 "^$who: bad:$n: " filter bad
		[ "$(wc -l <err)" -eq 1 ]
	}
	each 'tok trace score pairs sentences' malformed
}

@test "NUL exits with 1, its place and its offset" {
	nul() {
		{ sed '/^$/q' "$sample"; printf '# x\0y\n'; } >bad
		n=$(wc -l <bad)
		fails 1 "^$who: bad:$n: NUL at byte 3" filter bad
		[ "$(wc -l <err)" -eq 1 ]
	}
	each "$STREAMS" nul
}

@test "invalid UTF-8 exits with 1, its place and its offset" {
	invalid() {
		for bytes in '\xff' '\xc3' '\xc0\x80' '\xed\xa0\x80' \
		    '\xf4\x90\x80\x80'; do
			{ sed '/^$/q' "$sample"; printf "# x${bytes}y\n"; } >bad
			n=$(wc -l <bad)
			fails 1 "^$who: bad:$n: invalid UTF-8 at byte 3" filter bad
		done
	}
	each "$STREAMS" invalid
}

@test "the input before bad bytes is processed" {
	before() {
		filter "$sample" >a
		{ cat "$sample"; echo; printf 'x\377\n'; } >bad
		fails 1 'invalid UTF-8' filter bad
		case $in in text) filter <<<"$(cat "$sample"; echo; echo)" >a
		esac
		cmp a out
	}
	each "$BLOCKS" before
}

@test "-k drops the bad block, continues and exits with 1" {
	goes_on() {
		filter "$sample" >a
		{ printf '# sent_id = bad\n1\tx\n\n'; cat "$sample"; echo
		    printf '# sent_id = bad\n# \377\n\n'; echo '# no id'; } >bad
		fails 1 "^$who: bad:2: " filter -k bad
		[ "$(wc -l <err)" -eq 3 ]
		cmp a out
	}
	each "$BLOCKS" goes_on
	goes_on() {
		filter "$sample" >a
		{ cat "$sample"; printf 'x\377\n'; } >bad
		fails 1 'invalid UTF-8' filter -k bad
		cmp a out
		{ printf 'x\377\n'; cat "$sample"; } >bad
		fails 1 'invalid UTF-8' filter -k bad
		[ -s out ]
	}
	each 'text score pairs' goes_on
}

@test "a sent_id twice in a row is an error" {
	again() {
		{ sed '/^$/q' "$sample"; sed '/^$/q' "$sample"; } >bad
		n=$(($(grep -n '^# sent_id' "$sample" | head -n 1 | cut -d: -f1) +
		    $(sed '/^$/q' "$sample" | wc -l)))
		fails 1 "^$who: bad:$n: sent_id first occurs twice" filter bad
	}
	each "$BLOCKS" again
}

# foreign FILE: print the data of other programs: the columns that no filter
# writes, ranges and empty nodes
foreign() {
	awk -F '\t' -v OFS='\t' '/^# reat\./ { next }
	    /^#/ { print; next }
	    $1 ~ /[-.]/ { print; next }
	    NF { print $1, $2, $3, $6, $7, $8, $9 }' "$1"
}

@test "unknown comments, columns and MISC keys are kept" {
	survive() {
		case $out in tok|trace) ;; *) exit 0 ;; esac
		foreign "$sample" >before
		filter "$sample" >out
		foreign out >after
		diff before after
		for key in Unknown=Kept 'Bare|x=1' Range=Kept Empty=Kept \
		    SpaceAfter=No SpaceAfter=Yes 'Gloss=日本|Left=a=b'; do
			grep -qF "$key" out
		done
	}
	each "$BLOCKS" survive
}

@test "a second run of a filter changes nothing" {
	fixed() {
		case $out in tok|trace) ;; *) exit 0 ;; esac
		filter "$sample" >a
		filter a >b
		cmp a b
		# and a third one
		filter b >c
		cmp a c
	}
	each "$BLOCKS sentences" fixed
}

@test "standard output is data only" {
	data() {
		filter -k "$sample" /no/such/file >out 2>err || true
		case $out in
		tok|trace)
			awk -F '\t' '/^#/ || /^$/ || NF == 10 { next }
			    { print; exit 1 }' out
			[ -z "$(tail -n 1 out)" ] ;;
		score)
			awk -F '\t' 'NF != 11 { print; exit 1 }' out ;;
		tsv)
			awk -F '\t' 'NR == 1 { n = NF } NF != n { print
			    exit 1 }' out ;;
		esac
	}
	each "$STREAMS" data
}

@test "-H removes the header line, and nothing else" {
	header() {
		case $out in score|tsv) ;; *) exit 0 ;; esac
		filter "$sample" | sed 1d >a
		filter -H "$sample" >b
		cmp a b
	}
	each "$STREAMS" header
}
