#!/bin/sh
# rivals.sh [BUILD]: compare methods and measures with Captum, lime, shap and
# PyTorch (rivals.py, more_rivals.py); without them, print only REAT's times.
#
# The Python is REAT_PEERS, see peers.
# With REAT_BENCH_QUICK=1 it only shows that it works.
set -eu
cd "$(dirname "$0")/../.."
build=$(cd "${1:-build}" && pwd)
# shellcheck source=tests/bench/peers
. tests/bench/peers
if peers "$build" torch captum lime onnxruntime safetensors numpy; then
	"$python" tests/bench/rivals.py "$build"
	! peers "$build" shap || "$python" tests/bench/more_rivals.py "$build"
	exit
fi
PATH=$build:$PATH REAT_PATH=$PWD/share
export PATH REAT_PATH
words=$(mktemp)
trap 'rm -f "$words"' EXIT
texts=64
[ "${REAT_BENCH_QUICK:-}" != 1 ] || texts=4
awk -v n=$texts '{ v[NR] = $1 }
	END { srand(1); for (i = 1; i <= n; i++) {
		print "# sent_id = " i
		for (t = 1; t <= 20; t++)
			print t "\t" v[int(NR ^ rand())] "\t_\t_\t_\t_\t_\t_\t_\t_"
		print "" } }' share/models/sst5-words/vocab.txt >"$words"
time_of() {
	name=$1
	shift
	{ LC_ALL=C bash -c 'TIMEFORMAT=%U; time "$@" >/dev/null' _ "$@"; } 2>&1 |
	    awk -v name="$name" -v n=$texts '{ printf "%s\t%.1f us a word\n",
		name, 1e6 * $1 / n / 20 }'
}
time_of gradxinput reat-grad -a gradxinput -l word "$words"
time_of ig reat-grad -l word "$words"
for a in lrp lrp-half deeplift cd gcd smoothgrad; do
	time_of $a reat-grad -a $a -l word "$words"
done
time_of expected reat-grad -a expected -r "$words" -l word "$words"
for a in omit occlude; do
	time_of $a reat-occlude -a $a -l word "$words"
done
for a in lime kernelshap; do
	time_of $a reat-lime -a $a -l word "$words"
done
for a in reduction anchor; do
	time_of $a reat-reduce -a $a "$words"
done
time_of occlude-tree reat-occlude -j tree -l word "$words"
time_of skip-tree reat-grad -a skip -j tree -l word "$words"
