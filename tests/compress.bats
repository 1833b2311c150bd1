# Compressed input and output.  contract.bats has what is true of every filter,
# bad/table what is damaged, fault/cases the failing calls.
load helper

setup() {
	cd "$BATS_TEST_TMPDIR"
	TEXT=$ROOT/tests/contract/text
	for p in gzip xz zstd; do
		command -v "$p" >/dev/null || skip "no $p"
	done
}

# many N: print N texts
many() {
	seq "$1" | sed 's/.*/a slow film & with & words/'
}

@test "each format is read and written, from a file, a pipe and in pieces" {
	many 3000 | reat-tokenize >tok
	reat-fold tok >folded
	for p in gzip xz zstd; do
		reat-tokenize -Z $p <(many 3000) >packed
		$p -dc packed | cmp - tok
		reat-fold packed | cmp - folded
		reat-fold <packed | cmp - folded
		# shellcheck disable=SC2002	# a pipe
		cat packed | reat-fold | cmp - folded
		dd if=packed bs=1 count=8 status=none >first
		{ for i in 1 2 3 4 5 6 7 8; do
			tail -c +$i first | head -c 1
			sleep 0.01
		done; tail -c +9 packed; } | reat-fold | cmp - folded
	done
}

@test "operands may be compressed in several ways, or not at all" {
	for i in 1 2 3 4; do many 9 | sed "s/a/&$i/" >$i; done
	cat 1 2 3 4 | reat-tokenize >whole
	gzip -c 2 >2.z
	xz -c 3 >3.z
	zstd -qc 4 >4.z
	reat-tokenize 1 2.z 3.z 4.z >parts
	diff <(grep -v '^# sent_id' whole) <(grep -v '^# sent_id' parts)
	reat-tokenize 1 2.z - 4.z <3.z | cmp - parts
	# standard input is closed, and its number is free
	reat-tokenize 1 2.z 3.z 4.z <&- | cmp - parts
	# members of one file, one after the other
	cat 2.z <(gzip -c 3) | reat-tokenize | cmp - <(cat 2 3 | reat-tokenize)
}

@test "what is before the place where a file was cut is not lost" {
	many 8000 | reat-tokenize >tok
	reat-fold tok >folded
	for p in gzip xz zstd; do
		case $p in xz) o=--block-size=65536 ;; *) o=-1 ;; esac
		$p $o -c tok | head -c -2000 >part
		$p -dc part 2>/dev/null >there || true
		try -1 reat-fold part
		[[ "$stderr" == "reat-fold: part:"*": $p stopped with exit"* ]]
		[ "$(wc -l <<<"$stderr")" -eq 1 ]
		n=$(wc -l <<<"$output")
		[ "$n" -gt 3000 ]
		head -n "$n" folded | cmp - <(echo "$output")
		# only a document that is not whole is left out
		[ $((n + 1)) -ge "$(grep -c '^# sent_id' there)" ]
		try -1 reat-fold -k part <(many 2 | reat-tokenize)
		[ "$(wc -l <<<"$output")" -eq $((n + 2)) ]
	done
}

@test "a table is known by the name before .gz, .xz or .zst" {
	printf 'text,label\n"a, b",good\n' >t.csv
	reat-tokenize t.csv >whole
	gzip -k t.csv
	xz -k t.csv
	zstd -qk t.csv
	for f in t.csv.gz t.csv.xz t.csv.zst; do
		reat-tokenize $f | cmp - whole
	done
}

@test "rules and other files beside the stream may be compressed" {
	gzip -c "$ROOT/share/rules/chunk.yaml" >rules
	reat-tokenize "$TEXT" | reat-tag >tok
	reat-chunk tok >a
	reat-chunk -r ./rules tok | cmp - a
}

@test "a filter that ends early ends the program, too" {
	# enough that gzip writes before its input ends
	got=0
	timeout 20 reat-chunk 2>err < <({ printf 'nothing\n\n'
	    head -c 400000 /dev/urandom | base64; } | gzip
	    exec sleep 40 2>&- 3>&-) || got=$?
	[ "$got" -eq 1 ]
}

@test "-Z: a reader that ends early is no failure, a full disk is one" {
	head -c 600000 /dev/urandom | base64 >texts
	for p in gzip xz zstd; do
		got=$(
			exec 3>&1
			{ code=0; reat-tokenize -Z $p texts || code=$?
			echo $code >&3; } 2>err | head -c 1 >/dev/null
		)
		[ "$got" -eq 141 ]
		[ ! -s err ]
		try -2 bash -c "reat-tokenize -Z $p texts >/dev/full"
		[[ "$stderr" == "reat-tokenize: option -Z: $p ended with "* ]]
		[ "$(wc -l <<<"$stderr")" -eq 1 ]
	done
}

@test "-Z: what was written before bad data is whole, and -h is not packed" {
	printf 'a film\n\377\n' >bad
	reat-tokenize -Z zstd bad >out 2>err || got=$?
	[ "$got" -eq 1 ]
	zstd -dc out | cmp - <(echo 'a film' | reat-tokenize)
	reat-tokenize -Z xz -h | cmp - <(reat-tokenize -h)
	# -x: the command's output is its own
	reat-tokenize <<<'a b' >tok
	command='printf "a\tb\n"; while read -r t; do printf ".2\t.8\n"; done'
	reat-predict -x "$command" tok >plain
	reat-predict -Z gzip -x "$command" tok | gzip -dc | cmp - plain
}

@test "a stream that comes slowly: what the program passes on is answered" {
	head -c 900000 /dev/urandom | base64 | reat-tokenize -q >tok
	reat-fold tok >folded
	mkfifo slow
	for p in gzip xz zstd; do
		$p -c tok >packed
		n=$(($(wc -c <packed) * 9 / 10))
		for reader in "$p -dc" reat-fold; do
			$reader <slow >"$reader.out" 3>&- &
			exec 4>slow
			head -c $n packed >&4
			# until nothing more comes
			size=-1 now=0
			while [ "$now" -ne "$size" ] || [ "$now" -eq 0 ]; do
				size=$now
				sleep 0.3
				now=$(wc -c <"$reader.out")
			done
			cp "$reader.out" "$reader.so far"
			tail -c +$((n + 1)) packed >&4
			exec 4>&-
			wait $!
		done
		# all documents that the program has written, but the last
		reat-fold -k "$p -dc.so far" >there 2>/dev/null || true
		got=$(wc -l <"reat-fold.so far")
		[ "$got" -gt 1000 ]
		[ "$got" -ge $(($(wc -l <there) - 2)) ]
		head -n "$got" folded | cmp - "reat-fold.so far"
		cmp reat-fold.out folded
	done
}
