#!/bin/sh
# stages.sh BUILD [TEXTS...]: what each stage of the pipeline costs for so many
# texts (1000, 10000, 100000): CPU time, peak memory and the bytes it writes.
# stages.sh BUILD -p TEXTS: the same of stages that run at once, with nothing on
# disk, for 10^7 texts and more.
# The texts are sentences of SST-2, again and again, each with a number of its
# own.
#
# Without -p, each stage reads a file and writes to a pipe.  The last row of a
# block is the whole pipeline at once: what its CPU time is above the sum of its
# stages is the price of the pipes.  A million texts need 6 GB in TMPDIR.
#
# It needs sst2/ in REAT_DATA.
set -eu
build=$(cd "${1:-build}" && pwd)
[ $# -eq 0 ] || shift
cd "$(dirname "$0")/../.."
# shellcheck source=tests/bench/peers
. tests/bench/peers
built "$build" peak
data sst2/test.tsv
PATH=$build:$PATH REAT_PATH=$PWD/share LC_ALL=C.UTF-8
export PATH REAT_PATH LC_ALL
peak=$build/bench/peak
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
few='1000 10000 100000'
[ "${REAT_BENCH_QUICK:-}" != 1 ] || few=100
pipes=
[ "${1:-}" != -p ] || { pipes=1; shift; }
# shellcheck disable=SC2086
[ $# -gt 0 ] || set -- $few

# text N: print N texts
text() {
	cut -f 1 "$data/sst2/test.tsv" | awk -v n="$1" '{ s[NR] = $0 }
		END { for (i = 1; i <= n; i++) print s[1 + i % NR], i }'
}

# row N NAME USED BYTES: print a row from what peak and wc wrote
row() {
	echo "$(cat "$3") $(cat "$4")" | awk -v n="$1" -v name="$2" '
		{ printf "%d\t%s\t%.2f\t%.1f\t%.0f\t%.0f\n", n, name, $3,
		    1e6 * $3 / n, $1 / 1024, $4 / n }'
}

# stage N NAME IN OUT COMMAND...: run it, and print a row; OUT gets its output,
# unless it is -
stage() {
	n=$1 name=$2 in=$3 out=$4
	shift 4
	[ "$out" != - ] || out=/dev/null
	"$peak" "$@" <"$in" 3>"$tmp/used" | tee "$out" | wc -c >"$tmp/bytes"
	row "$n" "$name" "$tmp/used" "$tmp/bytes"
}

# part COMMAND...: a stage of a pipeline, measured as row wants it
part() {
	wc -c <"$tmp/$1.pipe" >"$tmp/$1.bytes" &
	"$peak" "$@" 3>"$tmp/$1.used" | tee "$tmp/$1.pipe"
	wait
}

# at_once N: print a row for each stage while all run
at_once() {
	for name in tokenize tag chunk predict score; do
		mkfifo "$tmp/reat-$name.pipe"
	done
	mkfifo "$tmp/copy"
	part reat-predict -m sst2-gru <"$tmp/copy" >/dev/null &
	text "$1" | part reat-tokenize -q | part reat-tag | part reat-chunk |
	    tee "$tmp/copy" | part reat-score -m sst2-gru >/dev/null
	wait
	for name in tokenize tag chunk predict score; do
		row "$1" "reat-$name" "$tmp/reat-$name.used" \
		    "$tmp/reat-$name.bytes"
	done
	rm "$tmp"/reat-* "$tmp/copy"
}

printf 'texts\tstage\tCPU s\tus a text\tMiB\tbytes a text\n'
for n; do
	[ -z "$pipes" ] || { at_once "$n"; continue; }
	text "$n" >"$tmp/text"
	stage "$n" reat-tokenize "$tmp/text" "$tmp/a" reat-tokenize -q
	stage "$n" reat-tag "$tmp/a" "$tmp/b" reat-tag
	stage "$n" reat-chunk "$tmp/b" "$tmp/a" reat-chunk
	rm "$tmp/b"
	stage "$n" 'reat-predict -m sst2-gru' "$tmp/a" - reat-predict -m sst2-gru
	stage "$n" 'reat-score -m sst2-gru' "$tmp/a" - reat-score -m sst2-gru
	stage "$n" 'reat-trace -m sst2-gru' "$tmp/a" - reat-trace -m sst2-gru
	stage "$n" 'all four at once' "$tmp/text" - sh -c \
	    'reat-tokenize -q | reat-tag | reat-chunk | reat-score -m sst2-gru'
done
