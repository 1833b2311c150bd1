#!/bin/sh
# SPDX-License-Identifier: ISC
# make.sh bash|zsh|fish BUILD PROGRAM...: print the completion for a shell of
# programs in the folder BUILD.  It is made from what they print with -h, so from
# the table of options in lib/base/option.c.  tests/install calls it: for bash and
# zsh once with all programs, for fish with each.
set -eu
here=$(dirname "$0")
shell=$1 build=$2
shift 2

# Print a row for each option, and for operands if the first is one of a list:
#
#     PROGRAM  LETTER  NAME  ARGUMENT  KIND  MEANING
#
# KIND is what follows the option: - nothing, file, any, list (the program prints
# the values for "list"), models, rules or palettes (a name in this share folder,
# or a path), or the values themselves.  The letter of operands is _.
table() {
	for program; do
		help=$("$build/$program" -h)
		printf '%s\n' "$help" | awk -v program="$program" '
		function row(letter, name, argument, kind, meaning) {
			print program "\t" letter "\t" name "\t" argument "\t" \
			    kind "\t" meaning
		}
		# the values in a meaning, "colour: auto, always or never"
		function values(meaning) {
			if (meaning !~ /^[^:]*: ([A-Za-z0-9]+, )*[A-Za-z0-9]+ or [A-Za-z0-9]+$/)
				return "any"
			sub(/^[^:]*: /, "", meaning)
			gsub(/, | or /, " ", meaning)
			return meaning
		}
		function kind(name, argument, meaning) {
			if (argument == "")
				return "-"
			if (name == "model" || name == "palette")
				return name "s"
			if (name ~ /^(token-)?rules$/)
				return "rules"
			if (argument == "FILE" || argument == "PATH")
				return "file"
			if (argument == "NAME" || argument == "FORMAT")
				return "list"
			return values(meaning)
		}
		# usage: reat-model [-hkV] ... check|convert|import [operand ...]
		/^usage: / {
			for (i = 3; i <= NF; i++)
				if ($i ~ /^[a-z]+[|]/) {
					gsub(/[|]/, " ", $i)
					row("_", "_", "_", $i, "_")
				}
		}
		/^  -., --/ {
			name = substr($2, 3)
			rest = substr($0, index($0, $2) + length($2))
			argument = rest ~ /^ [^ ]/ ? $3 : ""
			meaning = substr(rest, length(argument) + 2)
			sub(/^ +/, "", meaning)
			k = kind(name, argument, meaning)
			gsub(/[\\\047]/, "", meaning)
			row(substr($1, 2, 1), name, argument == "" ? "-" : \
			    argument, k, meaning)
		}'
	done
}

# The rows that the templates have in the place of a @WORD@.
rows() {
	case $1 in
	OPTIONS) awk -F '\t' '
		$2 == "_" { next }
		$1 != last {
			if (last)
				print "\047 ;;"
			printf "\t%s) echo \047-%s --%s", $1, $2, $3
			last = $1
			next
		}
		{ printf " -%s --%s", $2, $3 }
		END { print "\047 ;;" }' ;;
	KINDS) awk -F '\t' '
		$2 == "_" { print "\t" $1 ",_) echo \047" $5 "\047 ;;" }
		$2 != "_" && $5 != "-" {
			print "\t" $1 ",-" $2 " | " $1 ",--" $3 ") echo \047" $5 "\047 ;;"
		}' ;;
	SPECS) awk -F '\t' '
		function finish() {
			print "\t\t" (first ? "\0471:first:(" first ")\047 " : "") \
			    "\047*:file:_files\047) ;;"
			first = ""
		}
		$1 != last {
			if (last)
				finish()
			print "\t" $1 ") specs=("
			last = $1
		}
		$2 == "_" { first = $5; next }
		{ gsub(/\[|\]|:/, "\\\\&", $6)
		  gsub(/\[|\]|:/, "", $4) }
		$5 == "-" {
			printf "\t\t\047(-%s --%s)\047{-%s,--%s}\047[%s]\047\n", $2, $3,
			    $2, $3, $6
			next
		}
		{
			action = $5 == "any" ? " " : $5 == "file" ? "_files" : \
			    $5 == "list" ? " _reat_list -" $2 : \
			    $5 ~ /^(models|rules|palettes)$/ ? \
			    " _reat_names " $5 : "(" $5 ")"
			printf "\t\t\047(-%s --%s)\047{-%s+,--%s=}\047[%s]:%s:%s\047\n",
			    $2, $3, $2, $3, $6, $4, action
		}
		END { finish() }' ;;
	COMPLETE) awk -F '\t' '
		$2 == "_" {
			printf "complete -c %s -n __fish_use_subcommand -a \047%s\047\n",
			    $1, $5
			next
		}
		{
			value = $5 == "-" ? "" : $5 == "any" ? " -x" : \
			    $5 == "file" ? " -r -F" : \
			    $5 == "list" ? " -x -a \"(__reat_list " $1 " " $2 ")\"" : \
			    $5 ~ /^(models|rules|palettes)$/ ? \
			    " -r -F -a \"(__reat_names " $1 " " $5 ")\"" : \
			    " -x -a \047" $5 "\047"
			printf "complete -c %s -s %s -l %s%s -d \047%s\047\n", $1, $2,
			    $3, value, $6
		}' ;;
	esac
}

all=$(table "$@")
while IFS= read -r line; do
	case $line in
	@*@)
		word=${line#@}
		printf '%s\n' "$all" | rows "${word%@}"
		;;
	*@PROGRAMS@*) printf '%s\n' "${line%%@PROGRAMS@*}$*${line#*@PROGRAMS@}" ;;
	*) printf '%s\n' "$line" ;;
	esac
done <"$here/template.$shell"
