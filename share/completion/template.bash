# SPDX-License-Identifier: ISC
# Completion for bash of REAT's programs; share/completion/make.sh fills it in.

# The options of a program.
_reat_options()
{
	case $1 in
@OPTIONS@
	esac
}

# What follows an option of a program; for _ its first operands.
_reat_kind()
{
	case $1,$2 in
@KINDS@
	esac
}

# The names in a share folder of a program: models, rules or palettes.
_reat_names()
{
	local bin folder file IFS=:

	bin=$(command -v -- "$1") || return
	bin=${bin%/*}
	for folder in ${REAT_PATH-} "$bin/../share" "$bin/../share/reat"; do
		for file in "$folder/$2"/*; do
			case $2,$file in
			models,*) [ -d "$file" ] || continue ;;
			*.yaml) [ -f "$file" ] || continue ;;
			*) continue ;;
			esac
			file=${file##*/}
			echo "${file%.yaml}"
		done
	done | sort -u
}

# The words that can follow: print them, a line each.
_reat_words()
{
	local cur=$2

	case $3 in
	list)
		compgen -W "$("$1" "$4" list </dev/null 2>/dev/null |
			cut -d ' ' -f 1)" -- "$cur"
		;;
	models | rules | palettes)	# a path has a slash
		compgen -W "$(_reat_names "$1" "$3")" -- "$cur"
		case $3,$cur in
		models,*) compgen -d -- "$cur" ;;
		*/*) compgen -f -- "$cur" ;;
		*) compgen -d -- "$cur" ;;
		esac
		;;
	file) compgen -f -- "$cur" ;;
	any) ;;
	*) compgen -W "$3" -- "$cur" ;;
	esac
}

_reat()
{
	local program=${1##*/} cur=${COMP_WORDS[COMP_CWORD]}
	local prev=${COMP_WORDS[COMP_CWORD - 1]} kind='' first=yes ended='' word i

	# "=" is a word of its own
	if [ "$cur" = = ]; then
		cur=''
	elif [ "$prev" = = ]; then
		prev=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]},${COMP_WORDS[i - 1]} in
		--,*) ended=yes ;;
		-*,* | =,* | *,=) ;;
		*) [ -n "$(_reat_kind "$program" "${COMP_WORDS[i - 1]}")" ] || first='' ;;
		esac
	done
	[ -n "$ended" ] || kind=$(_reat_kind "$program" "$prev")
	if [ -z "$kind" ]; then
		case $ended$cur in
		-*) kind=$(_reat_options "$program") ;;
		*) [ -z "$first" ] || kind=$(_reat_kind "$program" _) ;;
		esac
	fi
	case ${kind:=file} in
	file | models | rules | palettes) compopt -o filenames 2>/dev/null ;;
	esac
	COMPREPLY=()
	while IFS= read -r word; do	# bash 3.2 has no mapfile
		COMPREPLY+=("$word")
	done < <(_reat_words "$1" "$cur" "$kind" "$prev")
}

complete -F _reat @PROGRAMS@
