#!/bin/sh
# compare.sh OUT TREES [MODEL...]: compare all methods of scoring by all
# measures, on the sentences of the file TREES (sentiment trees, one a line).
# The models are names, or folders with a slash; the default is the shipped
# models of two classes.  README says what the numbers are.
#
# A step writes a file in OUT, and a step whose file exists is not done again:
# a run that was stopped continues.  At the end there are
#
#     OUT/table.tsv    model, method, measure, value, low, high, rank
#     OUT/table.txt    the ranks, the costs and a few measures, for README
#     OUT/index.html   the same as a page to sort, with a text by all methods
#
#     METHODS  the methods; the default is all
#     TEXTS    so many texts; the default is 500
#     FEW      so many for the measures that score many times; 50
#     CORES    tasks at a time; the default is one for each core
set -eu
export LC_ALL=C
if [ $# -lt 2 ]; then
	echo "usage: compare.sh OUT TREES [MODEL...]" >&2
	exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
out=$1 trees=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
shift 2
[ $# -gt 0 ] || set -- sst2-gru sst2-lstm sst2-bigru sst2-mingru
export FEW="${FEW:-50}" HERE="$here"
# shellcheck source=examples/replicate/make.sh
. "$here/../replicate/make.sh"
# shellcheck source=examples/explain.sh
. "$here/../explain.sh"

# take N FILE: print the first N blocks that have a label
take() {
	awk -v RS= -v ORS='\n\n' -v n="$1" \
	    '/\n# label = / && n-- > 0' "$2"
}

mkdir -p "$out"
cd "$out"
[ -e trees.tok ] || {
	sh "$here/../trees.sh" trees.part trees.signs "$trees"
	mv trees.part trees.tok
}
make labelled.tok take "${TEXTS:-500}" trees.tok
make signs awk -F '\t' 'NR == FNR { if (sub(/^# sent_id = /, "")) own[$0]; next }
	FNR == 1 || $1 in own' labelled.tok trees.signs
make texts.tok sh "$here/../rationales.sh" signs labelled.tok
make few.tok take "$FEW" texts.tok
make background.tok background labelled.tok
# lime-words is lime where words are scored
methods=${METHODS:-$(methods | sed '/^lime-words /d; s/ .*//')}

for method in $methods; do
	program "$method" >/dev/null
done

n=0
for model; do
	n=$((n + 1))
	mkdir -p "$n"
	printf '%s\n' "$model" >"$n/name"
	sh "$here/prepare.sh" "$n" "$model"
	for method in $methods; do
		printf '%s %s\n' "$n" "$method"
	done
done >tasks
xargs -P "${CORES:-$(getconf _NPROCESSORS_ONLN)}" -L 1 sh "$here/method.sh" \
    <tasks
for dir in $(seq "$n"); do
	# shellcheck disable=SC2086	# names
	sh "$here/measures.sh" "$dir" $methods
done >values.tsv
awk -f "$here/ranks.awk" values.tsv >table.part
mv table.part table.tsv
awk -f "$here/brief.awk" table.tsv >table.txt
sh "$here/page.sh" >index.part
mv index.part index.html
