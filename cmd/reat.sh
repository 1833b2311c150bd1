#!/bin/sh
# SPDX-License-Identifier: ISC
# reat: draw a picture that explains a line of text.  Builds a pipeline of the
# filters, and runs it or (-p) prints it.

# letter, long option, argument or -, meaning
options='A all-levels - also draw levels that repeat another
a method NAME method; "list" lists them
C color WHEN colour: auto, always or never
c class CLASS predicted (default), gold, all, a label, or A:B
D delimiter CHAR CSV whose columns this character separates; or tab
f columns COLS columns: text,label in their order, or text=NAME,...
H no-header - a table has no header line
h help - print this help
k keep-going - keep going after a bad block
l levels LEVELS levels, spans (3-7) and files of spans (./FILE), comma-joined
M max MAX the score of full colour, or "one" for all levels
N numbers WHEN numbers beside colours: auto, always or never
m model MODEL model: a name, or a folder with a / in it
p print - print the pipeline instead of running it
q quiet - quiet: no notes
r rules FILE chunk rules: a name, or a path with a /
S sort ORDER order of the texts of a page (-t html)
t format FORMAT format of the output
U uncut - the streams between the filters have marks of their ends
V version - print the version
W wait SECONDS how long the command may be silent (60)
w width COLS width in columns
X tok-command COMMAND the same, but it reads tok blocks
x command COMMAND explain this command, which reads texts and writes a table
y probability - the target is the probability instead of the logit
Z compress PROGRAM compress the output: gzip, xz or zstd
z token-rules FILES rules of tokens: names or paths with a /, comma-joined'

usage() {
	flags='' others=''
	while read -r letter _ argument _; do
		case $argument in
		-) flags=$flags$letter ;;
		*) others="$others [-$letter $argument]" ;;
		esac
	done <<-EOF
	$options
	EOF
	printf 'usage: reat [-%s]%s [file ...]\n' "$flags" "$others"
}

help() {
	echo 'reat: explain what a recurrent network decided about a text'
	usage
	echo 'reads text, writes picture'
	while read -r letter name argument meaning; do
		printf '  -%s, --%-19s  %s\n' "$letter" \
			"$name${argument:+ ${argument#-}}" "$meaning"
	done <<-EOF
	$options
	EOF
	echo 'The manual: man reat, man 7 reat'
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
	usage >&2
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

# Print the absolute path of a file that can be a link to a link.  Not every
# system has readlink -f.
target() (
	file=$1
	while [ -L "$file" ]; do
		cd -P "$(dirname -- "$file")" || break
		file=$(readlink "./${file##*/}") || break
	done
	cd -P "$(dirname -- "$file")" && printf '%s/%s\n' "${PWD%/}" "${file##*/}"
)

# The filters lie in the folder of this script.  They are called by name if the
# shell found the script on PATH, otherwise by path; $0 may be a link.
bin=''
if [ "$(command -v reat)" != "$0" ] || [ -L "$0" ]; then
	self=$(target "$0")
	[ -x "${self%/*}/reat-score" ] ||
		fail "$self: no reat-score in its folder, where all filters must be"
	bin=$(quoted "${self%/*}/")
fi

# Set letter and argument to those of the option with this letter, or to nothing.
find_letter() {
	letter='' argument=''
	while read -r l _ a _; do
		[ "$l" != "$1" ] || letter=$l argument=$a
	done <<-EOF
	$options
	EOF
}

# The same for a long option, or the beginning of only one.
find_name() {
	letter='' argument='' like=''
	while read -r l name a _; do
		case $name in
		"$1"*)
			like="$like${like:+ or }--$name"
			letter=$l argument=$a
			;;
		esac
		[ "$name" != "$1" ] || { like=''; break; }
	done <<-EOF
	$options
	EOF
	case $like in
	*' or '*) misused "option --$1 is ambiguous: $like" ;;
	esac
}

model=sst2-gru
print='' method='' named='' command='' wait='' probability='' tokenize='' tag='' chunk='' score='' heatmap='' files=''

# obey LETTER [VALUE]
obey() {
	given=" -$1 $(quoted "${2-}")"
	case $1 in
	a) method=$2 ;;
	c) score=$score$given ;;
	C | M | N | S | t | w | Z) heatmap=$heatmap$given ;;
	D | f) tokenize=$tokenize$given ;;
	A) heatmap="$heatmap -A" ;;
	H) tokenize="$tokenize -H" ;;
	q) tokenize="$tokenize -q" score="$score -q" ;;
	h)
		help 2>/dev/null || fail 'stdout: cannot write'
		exit 0
		;;
	k | U) for f in tokenize tag chunk score heatmap; do
		eval "$f=\"\$$f -$1\""
	done ;;
	l)
		score=$score$given
		heatmap="$heatmap -l $(quoted "$(levels_of "$2")")"
		;;
	m) model=$2 named=$given ;;
	p) print=yes ;;
	r) chunk=$chunk$given ;;
	W) wait=$given ;;
	X | x) command=$command$given ;;
	y) probability=' -y' ;;
	z) tokenize="$tokenize -r $(quoted "$2")" ;;
	V)
		echo 'reat (REAT) @VERSION@' 2>/dev/null ||
			fail 'stdout: cannot write'
		exit 0
		;;
	esac
}

# Options can follow operands, but not if POSIXLY_CORRECT is in the environment.
# A shell can have this variable for itself, so env is asked, too.
while [ $# -gt 0 ]; do
	word=$1
	shift
	case $word in
	--) break ;;
	--*)
		long=${word%%=*}
		find_name "${long#--}"
		case $argument,$word in
		,*) misused "unknown option $long" ;;
		-,*=*) misused "option $long takes no argument" ;;
		-,*) obey "$letter" ;;
		*=*) obey "$letter" "${word#*=}" ;;
		*)
			[ $# -gt 0 ] || misused "option -$letter needs an argument"
			obey "$letter" "$1"
			shift
			;;
		esac
		;;
	-?*)
		rest=${word#-}
		while [ -n "$rest" ]; do
			after=${rest#?}
			first=${rest%"$after"}
			rest=$after
			find_letter "$first"
			case $argument in
			'') misused "unknown option -$first" ;;
			-) obey "$letter" ;;
			*)
				[ -n "$rest" ] || {
					[ $# -gt 0 ] ||
					    misused "option -$letter needs an argument"
					rest=$1
					shift
				}
				obey "$letter" "$rest"
				rest=''
				;;
			esac
		done
		;;
	*)
		files="$files $(quoted "$word")"
		[ -z "${POSIXLY_CORRECT+set}" ] ||
		    ! env | grep -q '^POSIXLY_CORRECT=' || break
		;;
	esac
done
for file; do
	files="$files $(quoted "$file")"
done

# A command has no states, gradients or embeddings: words are left out.
filters='score grad occlude lime' missing=expected
if [ -n "$command" ]; then
	filters='occlude lime' missing=occlude method=${method:-omit}
else
	[ -z "$wait" ] || misused 'option -W: there is no command (-x or -X)'
	named=" -m $(quoted "$model")"
fi

# Print a line for each method: its filter, its name, its purpose.  expected
# also needs a file of texts.
methods() {
	for f in $filters; do
		rows=$(eval "${bin}reat-$f -a list") || return
		printf '%s\n' "$rows" | sed "/^$missing /d
			s/^/reat-$f /; s/ (the default)$//"
	done
}

# Choose the filter that has the method.
explain=''
[ "$method" != expected ] || misused \
	'option -a: expected needs a background of texts, see man reat-grad'
if [ -z "$method" ]; then
	explain=reat-score
else
	rows=$(methods) || exit
	names=''
	while read -r filter name _; do
		names="$names, $name"
		[ "$name" != "$method" ] || explain="$filter -a $name"
	done <<-EOF
	$rows
	EOF
	if [ "$method" = list ]; then
		printf '%s\n' "$rows" | sed 's/^[^ ]* //' 2>/dev/null ||
			fail 'stdout: cannot write'
		exit 0
	fi
	names=${names#, }
	[ -n "$explain" ] || misused \
		"option -a: \"$method\"${command:+ for a command}, expected ${names%, *} or ${names##*, }"
fi
case $explain$probability in
'reat-score'*-y) misused \
	'option -y: reat-score explains the logit; -a list has other methods' ;;
reat-lime*) probability='' ;;	# it does so without -y
esac
explain="$bin$explain$named$command$wait$probability$score"

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
