# Marks of streams.  contract.bats has what is true of every filter.
load helper

setup() {
	cd "$BATS_TEST_TMPDIR"
	TOK=$ROOT/tests/contract/tok
	MODEL=$ROOT/tests/contract/model
}

# texts N: print N texts
texts() {
	seq "$1" | sed 's/.*/a slow film & with & words/'
}

@test "the counts and the digest are those of the bytes between the marks" {
	texts 100 | reat-tokenize >tok
	texts 100 | reat-tokenize -U >marked
	[ "$(head -n 1 marked)" = "# reat.mark = 1" ]
	sed '1d;$d' marked | cmp - tok
	counts="lines=$(wc -l <tok) blocks=100 bytes=$(wc -c <tok)"
	tail -n 1 marked | grep -qx "# reat\.end = $counts xxh64=[0-9a-f]\{16\}"
	reat-mark tok | cmp - marked
	reat-mark -v marked | cmp - tok
	reat-mark marked | cmp - marked
	if command -v xxhsum >/dev/null; then
		tail -n 1 marked | grep -q "=$(xxhsum -H64 <tok | cut -c1-16)$"
	fi
	: | reat-mark >none
	[ "$(tail -n 1 none)" = \
	    "# reat.end = lines=0 blocks=0 bytes=0 xxh64=ef46db3751d8e999" ]
	reat-mark -v none | cmp - /dev/null
}

@test "a stream that is cut anywhere is found out, and its last record dropped" {
	texts 3 | reat-tokenize -U >marked
	size=$(wc -c <marked)
	for n in $(seq 16 9 $((size - 2))) $((size - 2)); do
		head -c "$n" marked >part
		got=0
		reat-fold part >out 2>err || got=$?
		[ "$got" -eq 1 ]
		grep -Eq '^reat-fold: part:[0-9]*: the stream (ends without|before)' \
		    err
		[ "$(wc -l <err)" -eq 1 ]
		# documents that are there, and no other
		reat-fold -v out | cmp -n "$(reat-fold -v out | wc -c)" - \
		    <(sed 1d marked)
	done
	# the last newline alone is no loss
	head -c -1 marked | reat-mark -v | cmp - <(reat-mark -v marked)
}

@test "a stream that was changed is found out" {
	texts 9 | reat-tokenize -U >marked
	for edit in s/slow/show/ 3d '5,24d' '$s/bytes=/bytes=1/' 's/^$/\n/'; do
		sed "$edit" marked >bad
		try -1 reat-fold bad
		[[ "$stderr" == "reat-fold: bad:"*"was changed or is not"* ]]
	done
	sed 's/$/\r/' marked >bad
	try -1 reat-fold bad
	sed 1d marked >bad
	try -1 reat-fold bad
	[[ "$stderr" == *"an end mark of a stream whose first line"* ]]
}

@test "streams with marks are joined by cat, and a cut one in the middle found" {
	texts 2 | reat-tokenize >a
	texts 3 | reat-tokenize | sed 's/^# sent_id = /&b/' >b
	reat-mark a >ma
	reat-mark b >mb
	cat a b | reat-fold >whole
	cat ma mb | reat-fold | cmp - whole
	cat ma b ma mb | reat-fold | wc -l | grep -qx 10
	{ head -c 60 ma; cat mb; } >bad
	try -1 reat-fold bad
	{ sed '$d' ma; cat mb; } >bad
	try -1 reat-fold bad
	[[ "$stderr" == *": a stream begins here, but the one before"* ]]
	try -1 reat-fold -k bad
	[ "$(wc -l <<<"$output")" -eq 5 ]
}

@test "-U demands marks of the input, also of an empty one, but not of text" {
	try -1 reat-chunk -U "$TOK"
	[[ "$stderr" == "reat-chunk: $TOK:1: no line "*"reat-mark adds it" ]]
	[ "${output%%$'\n'*}" = "# reat.mark = 1" ] || [ -z "$output" ]
	try -1 reat-chunk -U /dev/null
	[[ "$stderr" == "reat-chunk: /dev/null: empty, expected the marks"* ]]
	REAT_MARKS=1 try -1 reat-chunk "$TOK"
	REAT_MARKS='' try -0 reat-chunk "$TOK"
	texts 2 | REAT_MARKS=1 reat-tokenize | REAT_MARKS=1 reat-chunk >a
	texts 2 | reat-tokenize -U | reat-chunk -U | cmp - a
	echo '# reat.mark = 1' | reat-tokenize | grep -qx '# text = # reat.mark = 1'
}

@test "a filter that fails writes no end mark, and -k writes one" {
	ends() { tail -n 1 "$1" | grep -q '^# reat\.end'; }
	{ cat "$TOK"; printf '\n1\tx\n\n'; } | reat-mark >bad
	try -1 bash -c 'reat-chunk -U bad >out'
	! ends out
	try -1 bash -c 'reat-chunk -k -U bad >out'
	ends out
	# but not if the input ended early
	head -n -1 bad >part
	try -1 bash -c 'reat-chunk -k -U part >out'
	! ends out
	reat-mark "$TOK" >good
	try -2 bash -c 'reat-chunk -k -U good /no/such >out'
	! ends out
	gzip -c good | head -c -20 >good.gz
	try -1 bash -c 'reat-chunk -k -U good.gz good >out'
	! ends out
}

@test "a filter that is killed anywhere in a pipeline leaves no whole stream" {
	texts 4000 >texts
	export REAT_MARKS=1
	for victim in tokenize tag predict; do
		rm -f in
		mkfifo in
		(
			run() {
				program=$1
				shift
				[ "$program" != $victim ] ||
				    echo "$BASHPID" >pid
				exec "reat-$program" "$@"
			}
			(run tokenize in) | (run tag) |
			    (run predict -m "$MODEL") >rows 2>/dev/null
		) &
		exec 9>in
		head -n 3000 texts >&9
		until [ -s rows ]; do sleep 0.02; done
		kill -9 "$(cat pid)"
		rm pid
		exec 9>&-
		wait $! || true
		try -1 reat-mark -v rows
		[[ "$stderr" == "reat-mark: rows:"*"ended early" ]]
	done
	reat-tokenize texts | reat-tag | reat-predict -m "$MODEL" >rows
	[ "$(reat-mark -v rows | wc -l)" -eq 4001 ]
}

@test "the driver and commands of -x work with marks" {
	printf 'a film\n' >t
	REAT_MARKS=1 reat -m "$MODEL" t >a
	reat -U -m "$MODEL" t >b
	reat -m "$MODEL" t | cmp - a
	cmp a b
	reat-tokenize t >tok
	reat-tokenize -U t | REAT_MARKS=1 reat-predict -X \
	    "reat-predict -m '$MODEL' | sed -u 's/\$/ /' | cut -f 4-" >/dev/null \
	    2>err || true
	! grep -q 'no line' err
}

@test "fold checks marks and writes none, unfold writes them" {
	texts 5 | reat-tokenize -U >marked
	reat-fold -U marked >lines
	[ "$(wc -l <lines)" -eq 5 ]
	reat-fold -v -U lines | cmp - marked
}

@test "blocks whose last one has no empty line can be marked" {
	printf '# sent_id = x\n1\ta\t_\t_\t_\t_\t_\t_\t_\t_' >tok
	reat-mark tok | reat-fold | cmp - <(reat-fold tok)
}
