#!/bin/sh
# shards.sh cut DIR N [FILE...]: cut a tok stream into shards of N documents.
# shards.sh run DIR NAME: compute a shard, unless it was computed before.
# shards.sh check DIR: say what is missing or wrong; the status is 0 if nothing.
# shards.sh join DIR: check, and print the results in the order of the input.
#
#	DIR/list		a line a shard: name, documents, SHA-256
#	DIR/in/NAME.tok		a shard, with marks (reat-mark)
#	DIR/out/NAME.out	its result, with marks
#	DIR/out/NAME.manifest	digest of the shard, command, digest of the model,
#				version, rows and digest of the result
#
# A file has its name when it is complete: it is written under another one and
# renamed, the manifest last.  So run may be killed at any time, and run again;
# two that compute the same shard do not disturb each other.  $COMMAND reads tok
# and writes rows without a header; all its programs are filters of REAT, which
# check and write marks.  $MODEL is the folder of its model, if it has one.
set -eu
COMMAND=${COMMAND:-reat-tag | reat-chunk | reat-score -H -q -m sst2-gru}
MODEL=${MODEL:-}
REAT_MARKS=1
export REAT_MARKS

fail() {
	echo "shards.sh: $1" >&2
	exit "${2:-1}"
}

digest() {
	sha256sum <"$1" | cut -d ' ' -f 1
}

# the digest of all files of the model
model_digest() {
	[ -n "$MODEL" ] || { echo none; return; }
	(cd "$MODEL" && sha256sum -- *) | sha256sum | cut -d ' ' -f 1
}

# manifest_of SHARD: what the result of a shard file is made from
manifest_of() {
	echo "input $(digest "$1")"
	echo "command $COMMAND"
	echo "model $(model_digest)"
	echo "version $(reat-mark -V)"
}

cut_shards() {
	[ $# -ge 2 ] || fail 'usage: shards.sh cut DIR N [FILE...]' 2
	dir=$1 n=$2
	shift 2
	[ ! -e "$dir" ] || fail "$dir is there already" 2
	new=$dir.$$
	trap 'rm -rf "$new"' EXIT
	mkdir -p "$new/in" "$new/out"
	# the input is not marked, unless a file says so itself
	{ REAT_MARKS='' reat-fold -- "$@" || : >"$new/failed"; } |
		split -a 6 -d -l "$n" - "$new/in/"
	[ ! -e "$new/failed" ] || fail 'the input is not whole'
	for lines in "$new"/in/*; do
		[ -e "$lines" ] || break
		reat-fold -v "$lines" >"$lines.tok"
		echo "${lines##*/} $(wc -l <"$lines") $(digest "$lines.tok")"
		rm "$lines"
	done >"$new/list"
	mv "$new" "$dir"
}

run() {
	[ $# -eq 2 ] || fail 'usage: shards.sh run DIR NAME' 2
	in=$1/in/$2.tok out=$1/out/$2
	[ -e "$in" ] || fail "$in: no such shard" 2
	mkdir -p "$1/out"
	made=$(manifest_of "$in")
	if [ -e "$out.manifest" ] &&
	    [ "$(head -n 4 "$out.manifest")" = "$made" ]; then
		return
	fi
	# another host may have the same number of a process
	part=$out.$(uname -n).$$
	trap 'rm -f "$part" "$part.manifest"' EXIT
	sh -c "$COMMAND" <"$in" >"$part" || fail "$2: the command failed"
	rows=$(reat-mark -v "$part" | wc -l)
	tail -n 1 "$part" | grep -q '^# reat\.end' ||
	    fail "$2: the result ended early"
	printf '%s\nrows %s\noutput %s\n' "$made" "$rows" \
	    "$(digest "$part")" >"$part.manifest"
	rm -f "$out.manifest"
	mv "$part" "$out.out"
	mv "$part.manifest" "$out.manifest"
}

# wrong NAME WHAT: note a fault of a shard
wrong() {
	echo "shards.sh: shard $1: $2" >&2
	faults=1
}

check() {
	[ $# -eq 1 ] || fail "usage: shards.sh check DIR" 2
	[ -e "$1/list" ] || fail "$1/list: no such file" 2
	faults=0 first=''
	while read -r name _ sum; do
		out=$1/out/$name
		[ -e "$out.manifest" ] || { wrong "$name" missing; continue; }
		made=$(sed -n 2,4p "$out.manifest")
		first=${first:-$made}
		[ "$made" = "$first" ] ||
		    wrong "$name" 'another command, model or version'
		grep -qx "input $sum" "$out.manifest" ||
		    wrong "$name" 'computed from another input'
		grep -qx "output $(digest "$out.out")" "$out.manifest" ||
		    wrong "$name" 'its result was changed'
	done <"$1/list"
	# names are numbers of six digits, in order
	strange=$(find "$1/out" -name '*.out' | sed 's|.*/||; s|\.out$||' |
	    sort | join -v 1 - "$1/list")
	for name in $strange; do
		wrong "$name" 'not in the list'
	done
	return $faults
}

join_all() {
	check "$@"
	while read -r name _; do
		reat-mark -v "$1/out/$name.out"
	done <"$1/list"
}

verb=${1:-}
[ $# -eq 0 ] || shift
case $verb in
cut) cut_shards "$@" ;;
run | check) "$verb" "$@" ;;
join) join_all "$@" ;;
*) fail 'expected cut, run, check or join' 2 ;;
esac
