#!/bin/sh
# memory.sh BUILD [SMALL [LARGE]]: print a table of the peak memory of each
# filter for SMALL and for LARGE documents (1,000 and 1,000,000).  Every
# document has words that occur nowhere else, so the caches fill.  Exit with 1
# if the memory of a filter grows by more than half plus 16 MiB.
set -eu
cd "$(dirname "$0")/../.."
B=$1 small=${2:-1000} large=${3:-1000000}
case $B in /*) ;; *) B=$PWD/$B ;; esac
PATH=$B:$PATH
REAT_PATH=$PWD/share
export PATH REAT_PATH
MODEL=$PWD/tests/contract/model
# shellcheck source=tests/bench/peers
. tests/bench/peers
built "$B" peak
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT

# text N, tok N, trace N, score N: print N documents
text() {
	awk -v n="$1" 'BEGIN { for (i = 1; i <= n; i++)
	    print "The movie was w" i " but it is x" i "ly fun." }'
}
tok() {
	awk -v n="$1" 'BEGIN { s = "\t_\t"
	    for (i = 1; i <= n; i++) {
		print "# sent_id = " i "\n# label = " \
		    (i % 2 ? "positive" : "negative")
		k = split("the/DET/DT movie/NOUN/NN w" i "/ADJ/JJ but/CCONJ/CC x"\
		    i "/ADV/RB fun/ADJ/JJ", w, " ")
		for (j = 1; j <= k; j++) {
			split(w[j], f, "/")
			print j "\t" f[1] "\t_\t" f[2] "\t" f[3] \
			    "\t_\t_\t_\t_\t_"
		}
		print ""
	    } }'
}
trace() { tok "$1" | reat-trace -m "$MODEL"; }
score() { trace "$1" | reat-score; }

# one STREAM N COMMAND...: print the peak in KiB, the seconds and those of the
# CPU, or nothing if the command fails
one() {
	stream=$1 n=$2
	shift 2
	"$stream" "$n" | "$B/bench/peak" "$@" 3>"$T/peak" >/dev/null
	cat "$T/peak"
}

status=0
printf 'filter\tstream\tKiB_%s\tKiB_%s\tseconds_%s\n' "$small" "$large" "$large"
while read -r stream filter args; do
	[ -x "$B/$filter" ] || continue
	# shellcheck disable=SC2046,SC2086	# lists of arguments
	set -- $(one "$stream" "$small" "$filter" $args) \
	    $(one "$stream" "$large" "$filter" $args)
	printf '%s\t%s\t%s\t%s\t%s\n' "$filter" "$stream" "$1" "$4" "$5"
	if [ "$4" -gt $(($1 + $1 / 2 + 16384)) ]; then
		echo "memory.sh: $filter: memory grows" >&2
		status=1
	fi
done <<END
text reat-tokenize
tok reat-tag
tok reat-chunk
tok reat-trace -m $MODEL
trace reat-score
tok reat-score -m $MODEL
tok reat-predict -m $MODEL
tok reat-grad -m $MODEL
tok reat-lime -n 60 -m $MODEL
tok reat-occlude -m $MODEL
score reat-heatmap
score reat-heatmap -t html
score reat-heatmap -t latex
score reat-heatmap -t svg
END
exit "$status"
