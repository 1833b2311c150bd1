#!/bin/sh
# method.sh DIR METHOD: the scores of a method and what follows from
# them.  A method that does not work with the model leaves DIR/METHOD/refused,
# with the reason.  compare.sh calls it in OUT.
set -eu
# shellcheck source=examples/replicate/make.sh
. "$HERE/../replicate/make.sh"
# shellcheck source=examples/explain.sh
. "$HERE/../explain.sh"
dir=$1 method=$2
model=$(cat "$dir/name")
to=$dir/$method
[ ! -e "$to/done" ] || exit 0
mkdir -p "$to"

# score MODEL CLASS LEVELS TOK
score() {
	BACKGROUND=background.tok
	explain "$method" -q -m "$1" -c "$2" -l "$3" "$4"
}
# timed: the scores of the predicted class, and their CPU seconds in seconds
timed() (
	score "$model" predicted word texts.tok >"$to/score.part" \
	    2>"$to/refused" || return
	times >"$to/time"
	awk -f "$HERE/seconds.awk" "$to/time" >"$to/seconds"
	rm "$to/refused"
	mv "$to/score.part" "$to/score"
)
# passes: print how many the method takes
passes() {
	case $method in
	omit | owen | lime | lime-words | kernelshap)
		explain "$method" -q -p -l word few.tok ;;
	esac | awk -v method="$method" -f "$HERE/passes.awk" few.tok -
}
left() {
	reat-erase -K top -n 1%,5%,10%,20%,50% "$to/score" texts.tok |
		reat-predict -q -m "$model"
}

[ -e "$to/score" ] || timed || exit 0
make "$to/gold" score "$model" gold word,rationale texts.tok
make "$to/positive" score "$model" positive word texts.tok
make "$to/left" left
make "$to/explained" score "$model" predicted word few.tok
make "$to/few" score "$model" positive word few.tok
for k in 1 2 3 4 5; do
	make "$to/copy$k" score "$dir/copy$k/" positive word few.tok
done
make "$to/passes" passes
make "$to/random" score "$dir/random/" positive word few.tok
: >"$to/done"
