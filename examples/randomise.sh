#!/bin/sh
# randomise.sh MODEL CLASS OUT [TOK...]: do explanations depend on what a model
# has learned?  The parts of MODEL get random parameters, one after the other,
# from the output layer down to the embedding (Adebayo et al., "Sanity Checks for
# Saliency Maps", 2018).  For each step and method a line has the method, the
# parts that are random, how many texts have a value, and the mean of Spearman's
# correlation of the scores of CLASS with those of MODEL, with its interval.
#
# The scores of a class of two can change their signs, and a correlation near -1
# is no less a likeness than one near 1.
#
#     METHODS     the methods; the default is "reat shapley gradxinput ig omit"
#     BACKGROUND  a tok file, which the method expected needs
#     ALONE=1     one part alone is random at each step
#     SEED        of the random numbers; the default is 1
#
# OUT gets the models and the scores.
set -eu
# shellcheck source=examples/explain.sh
. "$(dirname "$0")/explain.sh"
if [ $# -lt 3 ]; then
	echo "usage: randomise.sh MODEL CLASS OUT [TOK...]" >&2
	exit 2
fi
model=$1 class=$2 out=$3
shift 3
mkdir -p "$out"
cat "$@" >"$out/tok"

# score METHOD MODEL: print the scores of the texts
score() {
	explain "$1" -l word -c "$class" -m "$2" "$out/tok"
}

methods=${METHODS:-reat shapley gradxinput ig omit}
for method in $methods; do
	score "$method" "$model" >"$out/$method"
done
layers=$(reat-model inspect "$model" | awk -F '\t' '$1 == "layers" { print $2 }')
parts='output head attention'
while [ "$layers" -gt 0 ]; do
	parts="$parts layer$layers"
	layers=$((layers - 1))
done

printf 'method\trandom\ttexts\trho\tlow\thigh\n'
drawn=
for part in $parts embedding; do
	mkdir -p "$out/$part"
	random=$part
	[ "${ALONE:-}" = 1 ] || random=$drawn$part
	if ! reat-model change -s "${SEED:-1}" -o "$out/$part/model" "$model" \
	    draw="$random" 2>"$out/message"; then
		# a model need not have a head or attention
		grep -q 'draw: .* has no ' "$out/message" && continue
		cat "$out/message" >&2
		exit 1
	fi
	drawn=$drawn$part,
	for method in $methods; do
		score "$method" "$out/$part/model" >"$out/$part/$method"
		reat-eval -H -a stability -c "$class" "$out/$method" \
			"$out/$part/$method" |
			awk -F '\t' -v OFS='\t' -v random="$random" \
			'{ print $4, random, $5, $6, $7, $8 }'
	done
done
