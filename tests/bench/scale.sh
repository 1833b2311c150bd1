#!/bin/sh
# scale.sh BUILD: print the CPU time per word of reat-score -m, for few and many
# texts and for short and long ones, with sst2-gru and words of its vocabulary;
# and the speed-up in wall-clock time by two processes of GNU parallel.  The
# time of a start with empty input is subtracted.  With REAT_BENCH_QUICK=1 it
# only shows that it works.
set -eu
cd "$(dirname "$0")/../.."
B=${1:-build}
case $B in /*) ;; *) B=$PWD/$B ;; esac
PATH=$B:$PATH REAT_PATH=$PWD/share LC_ALL=C
export PATH REAT_PATH LC_ALL
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
counts='10 100 1000 10000 100000 1000000' lengths='10 100 1000 10000 100000'
[ "${REAT_BENCH_QUICK:-}" != 1 ] || counts='10 1000' lengths='10 1000'

# texts N LENGTH: print a tok stream in which word v has a probability near 1 /
# v
texts() {
	awk -v n="$1" -v length_="$2" '
		BEGIN { srand(1) }
		{ word[NR] = $0 }
		END {
			for (d = 1; d <= n; d++) {
				print "# sent_id = " d
				for (t = 1; t <= length_; t++)
					print t "\t" \
					    word[int(exp(log(NR) * rand()))] \
					    "\t_\t_\t_\t_\t_\t_\t_\t_"
				print ""
			} }' share/models/sst5-words/vocab.txt
}

# cpu FILE: print the user and system time in seconds, the least of three runs
cpu() {
	for _ in 1 2 3; do
		( reat-score -m sst2-gru "$1" >/dev/null; times ) |
		    sed -n 2p
	done | awk '{ s = 0
		for (i = 1; i <= 2; i++) { split($i, p, /[ms]/)
			s += 60 * p[1] + p[2] }
		if (NR == 1 || s < least) least = s } END { print least }'
}

row() {
	texts "$1" "$2" >"$T/tok"
	awk -v n="$1" -v l="$2" -v s="$(cpu "$T/tok")" -v start="$(cpu /dev/null)" \
	    'BEGIN { printf "%d\t%d\t%.3f\t%.3f\n", n, l, s,
		1e6 * (s - start) / (n * l) }'
}

printf 'texts\twords\tCPU_s\tus_a_word\n'
for n in $counts; do
	row "$n" 20
done
for l in $lengths; do
	row $((100000 / l)) "$l"
done

if command -v parallel >/dev/null 2>&1; then
	texts $((${counts##* } / 4)) 20 >"$T/tok"
	for jobs in 1 2; do
		start=$(date +%s.%N)
		parallel --will-cite -j $jobs --pipepart -a "$T/tok" \
		    --block 4M --recend '\n\n' -k reat-score -H -m sst2-gru \
		    >"$T/out-$jobs"
		end=$(date +%s.%N)
		echo "$jobs $start $end"
	done | awk '{ took[$1] = $3 - $2 } END {
		printf "two processes: %.2f times the throughput of one\n",
		    took[1] / took[2] }'
	cmp "$T/out-1" "$T/out-2"
fi
