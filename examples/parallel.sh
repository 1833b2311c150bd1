#!/bin/sh
# parallel.sh MODEL [FILE...]: compute the scores of many texts with all cores.
# The stream is cut at blank lines into pieces, and a process of its own
# computes the scores of each piece.  The output has the bytes of a single
# reat-score -H.  It has no header, which readers of score streams do not need.
set -eu
if [ $# -lt 1 ]; then
	echo "usage: parallel.sh MODEL [FILE...]" >&2
	exit 2
fi
model=$1
shift
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# or_fail COMMAND...: run it and note if it fails, because the status of a
# pipeline is only that of its last command
or_fail() {
	"$@" || : >"$tmp/failed"
}

or_fail reat-tokenize "$@" | or_fail reat-tag | or_fail reat-chunk |
	parallel --pipe --keep-order --block 1M --recend '\n\n' \
		reat-score -H -m "$model"
[ ! -e "$tmp/failed" ]
