#!/bin/bash
# tagger.sh BUILD: compare reat-tag with NLTK's perceptron tagger, both trained
# on the train part of UD English EWT: the accuracy on its test part, and the
# time per word.  The time of reat-tag is that of the whole process, which reads
# and writes CoNLL-U and sets both columns.  NLTK has one tagger for each column
# and words in memory.  The times are CPU times, with one thread each.
#
# It needs pos/ in REAT_DATA.  NLTK is that of the Python REAT_PEERS, see peers;
# without it, only reat-tag is measured.
set -eu
build=$(cd "${1:-build}" && pwd)
cd "$(dirname "$0")/../.."
# shellcheck source=tests/bench/peers
. tests/bench/peers
data pos
PATH=$build:$PATH
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
for part in train test; do
	xz -dc "$data/pos/en_ewt-ud-$part.conllu.xz" >"$tmp/$part"
done

# right COLUMN: print the percentage of right tags
right() {
	awk -F'\t' -v c="$1" '!/^[0-9]+\t/ { next }
		NR == FNR { gold[++n] = $c; next }
		{ right += $c == gold[++m] }
		END { printf "%.2f", 100 * right / n }' \
	    "$tmp/test" "$tmp/tagged"
}

# seconds FILE: print the CPU time to tag it, user and system, the median of
# three runs
seconds() {
	for _ in 1 2 3; do
		{ time -p reat-tag "$1" >"$tmp/out"; } 2>&1 |
		    awk '/^(user|sys)/ { t += $2 } END { print t }'
	done | sort -n | sed -n 2p
}

# the time of a long stream, the test part eight times, and of one sentence
for i in 1 2 3 4 5 6 7 8; do
	sed "s/^# sent_id = /&$i-/" "$tmp/test"
done >"$tmp/long"
awk '{ print } /^$/ { exit }' "$tmp/test" >"$tmp/one"
words=$(grep -c '^[0-9]*	' "$tmp/long")
reat-tag "$tmp/test" >"$tmp/tagged"
us=$(echo "$(seconds "$tmp/long") $words" | awk '{ print 1e6 * $1 / $2 }')
printf 'tagger\tlayer\tright %%\tus a word\n'
printf 'reat-tag\tXPOS\t%s\t\n' "$(right 5)"
printf 'reat-tag\tUPOS\t%s\t\n' "$(right 4)"
printf 'reat-tag\tboth\t\t%.2f\n' "$us"
if peers "$build" nltk; then
	"$python" tests/bench/tagger.py "$tmp/train" "$tmp/test" >"$tmp/nltk"
	sed 's/^/NLTK\t/' "$tmp/nltk"
	awk -v us="$us" '{ both += $3 } $1 == "XPOS" { one = $3 }
		END { printf "ratio\tXPOS\t\t%.1f\nratio\tboth\t\t%.1f\n",
		    one / us, both / us }' "$tmp/nltk"
fi
start=$(date +%s%N)
for _ in 1 2 3 4 5 6 7 8 9 10; do
	reat-tag "$tmp/one" >"$tmp/out"
done
printf 'one sentence, a cold process: %s ms (wall clock, mean of 10)\n' \
    $((($(date +%s%N) - start) / 10000000))
