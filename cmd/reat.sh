#!/bin/sh
# SPDX-License-Identifier: ISC
# reat: draw a picture that explains a line of text.  Builds a pipeline of the
# filters, and runs it or (-p) prints it.

usage='usage: reat [-HhkpqV] [-a NAME] [-C WHEN] [-c CLASS] [-D CHAR] [-f COLS] [-l LEVELS] [-m MODEL] [-r FILE] [-t FORMAT] [-w COLS] [-x MAX] [file ...]'

help() {
	cat <<-EOF
	reat: explain what a recurrent network decided about a text
	$usage
	reads text, writes picture
	  -a NAME    method; "list" lists them
	  -C WHEN    colour: auto, always or never
	  -c CLASS   predicted (default), gold, all, a label, or A:B
	  -D CHAR    CSV whose columns this character separates; or tab
	  -f COLS    columns: text,label in their order, or text=NAME,...
	  -H         a table has no header line
	  -h         print this help
	  -k         keep going after a bad block
	  -l LEVELS  levels, spans (3-7) and files of spans (./FILE), comma-joined
	  -m MODEL   model: a name, or a folder with a / in it
	  -p         print the pipeline instead of running it
	  -q         quiet: no notes
	  -r FILE    chunk rules: a name, or a path with a /
	  -t FORMAT  format of the output
	  -V         print the version
	  -w COLS    width in columns
	  -x MAX     the score of full colour
	The manual: man reat, man 7 reat
	EOF
}

# Control characters are not printed, nor are the bytes of others that a reader
# does not see (lib/base/hidden.h): they may come from outside.
say() {
	printf 'reat: %s\n' "$1" | tr '\001-\011\013-\037\177' '?' |
		LC_ALL=C sed "s/$(printf '\302[\200-\237\255]')/?/g
			s/$(printf '\330\234')/?/g
			s/$(printf '\342\200[\213-\217\250-\256]')/?/g
			s/$(printf '\342\201[\240-\257]')/?/g
			s/$(printf '\357\273\277')/?/g" >&2
}

fail() {
	say "$1"
	exit 2
}

misused() {
	say "$1"
	printf '%s\n' "$usage" >&2
	exit 2
}

# Print a word quoted for the shell.
quoted() {
	case $1 in
	'' | *[!A-Za-z0-9_./:,=%+@-]*)
		printf "'%s'" "$(printf '%s\n' "$1" | sed "s/'/'\\\\''/g")"
		;;
	*)
		printf '%s' "$1"
		;;
	esac
}

# Print the levels of the scores of a list of levels and spans: all spans are
# one level.
levels_of() {
	rest=$1, list=''
	while [ -n "$rest" ]; do
		item=${rest%%,*} rest=${rest#*,}
		case $item in
		[0-9]* | */*) item=span ;;
		esac
		case $item$list, in
		span,span,* | span,*,span,*) ;;
		*) list=$list,$item ;;
		esac
	done
	printf '%s\n' "${list#,}"
}

# The filters lie in the folder of this script.  They are called by name if the
# shell found the script on PATH, otherwise by path; $0 may be a link.
bin=''
if [ "$(command -v reat)" != "$0" ] || [ -L "$0" ]; then
	self=$(readlink -f -- "$0") || self=$0
	[ -x "${self%/*}/reat-score" ] ||
		fail "$self: no reat-score in its folder, where all filters must be"
	bin=$(quoted "${self%/*}/")
fi

model=sst2-gru
print='' method='' tokenize='' tag='' chunk='' score='' heatmap='' files=''
while getopts :a:C:c:D:f:Hhkl:m:pqr:t:Vw:x: letter; do
	argument=" -$letter $(quoted "${OPTARG-}")"
	case $letter in
	a) method=$OPTARG ;;
	c) score=$score$argument ;;
	C | t | w | x) heatmap=$heatmap$argument ;;
	D | f) tokenize=$tokenize$argument ;;
	H) tokenize="$tokenize -H" ;;
	q) tokenize="$tokenize -q" score="$score -q" ;;
	h)
		help 2>/dev/null || fail 'stdout: cannot write'
		exit 0
		;;
	k) for f in tokenize tag chunk score heatmap; do
		eval "$f=\"\$$f -k\""
	done ;;
	l)
		score=$score$argument
		heatmap="$heatmap -l $(quoted "$(levels_of "$OPTARG")")"
		;;
	m) model=$OPTARG ;;
	p) print=yes ;;
	r) chunk=$chunk$argument ;;
	V)
		echo 'reat (REAT) @VERSION@' 2>/dev/null ||
			fail 'stdout: cannot write'
		exit 0
		;;
	:) misused "option -$OPTARG needs an argument" ;;
	*) misused "unknown option -$OPTARG" ;;
	esac
done
shift $((OPTIND - 1))

# Choose the filter that has the method.
case $method in
list)
	methods=$(for f in score grad occlude lime; do
		eval "${bin}reat-$f -a list" || exit
	done) || exit
	methods=$(echo "$methods" | sed 's/ (the default)$//')
	printf '%s\n' "$methods" 2>/dev/null || fail 'stdout: cannot write'
	exit 0
	;;
grad | gradxinput | ig | ignorm | half | skip | mix) explain="reat-grad -a $method" ;;
omit | occlude) explain="reat-occlude -a $method" ;;
lime | lime-words) explain="reat-lime -a $method" ;;
'') explain=reat-score ;;
*) explain="reat-score -a $(quoted "$method")" ;;
esac
explain="$bin$explain -m $(quoted "$model")$score"

for file; do
	files="$files $(quoted "$file")"
done
[ -z "$files" ] || files=" --$files"

if [ -n "$print" ]; then
	printf '%s%s%s%s\n' "${bin}reat-tokenize$tokenize$files | ${bin}reat-tag$tag |" \
		" ${bin}reat-chunk$chunk |" \
		" $explain |" \
		" ${bin}reat-heatmap$heatmap" 2>/dev/null ||
		fail 'stdout: cannot write'
	exit 0
fi

# The status of a pipeline is that of its last filter, so each filter prints its
# own on descriptor 3.  141 (SIGPIPE) is no failure: the next filter ended first.
( : 4>&1 ) 2>/dev/null || fail 'stdout: cannot write'
exec 4>&1
statuses=$(
	eval "{ ${bin}reat-tokenize$tokenize$files; echo \$? >&3; } |
	{ ${bin}reat-tag$tag; echo \$? >&3; } |
	{ ${bin}reat-chunk$chunk; echo \$? >&3; } |
	{ $explain; echo \$? >&3; } |
	{ ${bin}reat-heatmap$heatmap >&4; echo \$? >&3; }" 3>&1
)
worst=0
for status in $statuses; do
	[ "$status" -eq 141 ] && continue
	[ "$status" -gt "$worst" ] && worst=$status
done
exit "$worst"
