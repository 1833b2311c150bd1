#!/bin/sh
# parallel.sh MODEL [FILE...]: the score stream of many texts, by all cores.
# The stream is cut at blank lines into pieces; each is scored by a process of its
# own, and the bytes are those of one reat-score -H alone: there is no header, and
# readers of score streams need none.
set -eu
if [ $# -lt 1 ]; then
	echo "usage: parallel.sh MODEL [FILE...]" >&2
	exit 2
fi
model=$1
shift
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# or_fail COMMAND...: a pipeline has the status of its last command alone
or_fail() {
	"$@" || : >"$tmp/failed"
}

or_fail reat-tokenize "$@" | or_fail reat-tag | or_fail reat-chunk |
	parallel --pipe --keep-order --block 1M --recend '\n\n' \
		reat-score -H -m "$model"
[ ! -e "$tmp/failed" ]
