# shellcheck shell=sh
# explain.sh: functions for scripts that take the names of methods, which source
# this file.  It knows which program has a method.
#
#     BACKGROUND   a tok file: the texts that the method expected compares with;
#                  background prints some

# methods: print each method and its program
methods() {
	for filter in reat-score reat-grad reat-occlude reat-lime; do
		"$filter" -a list | sed "s/ .*/ $filter/"
	done
}

# program METHOD: print its program; exit if there is none
program() {
	methods | awk -v m="$1" '$1 == m { n++; print $2 } END { exit !n }' ||
		{
			echo "${0##*/}: no method $1: reat-score, reat-grad," \
			    "reat-occlude and reat-lime list theirs by" \
			    "-a list" >&2
			exit 2
		}
}

# background FILE: print ten texts that are spread over the file
background() {
	awk -v RS= -v ORS='\n\n' '{ b[NR] = $0 } END {
		for (i = 0; i < 10 && i < NR; i++)
			print b[1 + int(i * NR / 10)] }' "$1"
}

# explain METHOD ARG...: print scores by the method; the rest are options of its
# program, and tok files
explain() {
	filter=$(program "$1") || exit
	if [ "$1" = expected ]; then
		set -- "$@" ${BACKGROUND:+-r "$BACKGROUND"}
	fi
	"$filter" -a "$@"
}
