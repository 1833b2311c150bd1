#compdef @PROGRAMS@
# SPDX-License-Identifier: ISC
# Completion for zsh of REAT's programs; share/completion/make.sh fills it in.

# The values that a program prints for "list".
_reat_list() {
	local -a values
	values=(${${(f)"$(_call_program values $words[1] $1 list </dev/null 2>/dev/null)"}%% *})
	compadd -a values
}

# The names in a share folder of a program, models, rules or palettes; or paths.
_reat_names() {
	local bin=${commands[$words[1]]:-$words[1]} folder
	local -a names
	for folder in ${(s.:.)REAT_PATH} $bin:h/../share $bin:h/../share/reat; do
		case $1 in
		models) names+=($folder/$1/*(N/:t)) ;;
		*) names+=($folder/$1/*.yaml(N:t:r)) ;;
		esac
	done
	compadd -a names
	_files
}

_reat() {
	local -a specs
	case $service in
@SPECS@
	esac
	_arguments -s -S : $specs
}

_reat "$@"
