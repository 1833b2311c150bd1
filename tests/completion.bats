# Completion for bash, zsh and fish, made by share/completion/make.sh.

load helper

setup() {
	cd "$ROOT" || return
	T=$BATS_TEST_TMPDIR
	PROGRAMS=()
	for f in cmd/*; do
		f=${f##*/}
		PROGRAMS+=("${f%.*}")
	done
	MAKE=$ROOT/share/completion/make.sh
}

# words LINE: print what bash proposes for the last word of the line; "=" is a
# word, as in bash, and a blank at the end is an empty word
words() {
	# shellcheck disable=SC1090
	. "$T/reat.bash"
	local line=${1//=/ = }
	# shellcheck disable=SC2206
	COMP_WORDS=($line)
	[[ $line != *' ' || $line == *'= ' ]] || COMP_WORDS+=('')
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	_reat "${COMP_WORDS[0]}"
	[ "${#COMPREPLY[@]}" -eq 0 ] || printf '%s\n' "${COMPREPLY[@]}"
}

@test "bash: options, their values, names and files" {
	sh "$MAKE" bash "$REAT_BUILD" "${PROGRAMS[@]}" >"$T/reat.bash"
	bash -n "$T/reat.bash"
	! command -v shellcheck >/dev/null ||
		shellcheck -S warning -s bash "$T/reat.bash"
	# each option of each program
	for f in "${PROGRAMS[@]}"; do
		"$f" -h | sed -n 's/^  \(-.\), \(--[a-z-]*\) .*/\1\n\2/p' |
		    sort >"$T/help"
		words "$f -" | sort | diff "$T/help" -
	done
	while IFS='|' read -r line wanted; do
		got=$(words "$line" | sort | paste -sd ' ' -)
		echo "$line: $got, expected $wanted"
		[ "$got" = "$wanted" ]
	done <<-'END'
	reat-score --me|--method
	reat-score --method=fro|frozen-omit
	reat-score --method=|frozen-omit naive reat shapley
	reat-score -a |frozen-omit naive reat shapley
	reat-score a --method sh|shapley
	reat -a li|lime lime-words
	reat --color=|always auto never
	reat -C a|always auto
	reat-score -m sst2-g|sst2-gru
	reat-score -m tests/contr|tests/contract
	reat-tag --model tag|tagger
	reat-chunk -r chunk|chunk chunk-wide
	reat --token-rules spl|split
	reat-chunk -r share/rules/chu|share/rules/chunk-wide.yaml share/rules/chunk.yaml
	reat-boxplot --palette pa|paper
	reat-model -t |BF16 F16 F32
	reat-model chec|check
	reat-model -k chec|check
	reat-model -t F16 con|convert
	reat-model check REA|README.md
	reat-score -- REA|README.md
	reat-score REA|README.md
	reat-score -b |
	reat-score -- -|
	END
	"$REAT_BUILD"/reat-heatmap -t list | cut -d ' ' -f 1 | sort >"$T/list"
	words 'reat-heatmap --format ' | sort | diff "$T/list" -
	words 'reat --format=' | sort | diff "$T/list" -
	mkdir -p "$T/own/models/mine" "$T/own/rules"
	touch "$T/own/rules/other.yaml" "$T/own/rules/README"
	export REAT_PATH=$T/own
	[ "$(words 'reat-score -m mi')" = mine ]
	[ "$(words 'reat-chunk -r oth')" = other ]
	[ -z "$(words 'reat-chunk -r READM')" ]
}

@test "fish: options, their values, names and files" {
	command -v fish >/dev/null || skip "no fish"
	export HOME=$T
	for f in "${PROGRAMS[@]}"; do
		sh "$MAKE" fish "$REAT_BUILD" "$f" >"$T/$f.fish"
		fish -n "$T/$f.fish"
	done
	proposes() {
		fish --no-config -c "for f in $T/*.fish; source \$f; end
		    complete -C '$1'" | cut -f 1
	}
	for f in reat reat-score reat-model; do
		"$f" -h | sed -n 's/^  \(-.\), \(--[a-z-]*\) .*/\1\n\2/p' |
		    sort >"$T/help"
		proposes "$f -" | sort | diff "$T/help" -
	done
	[ "$(proposes 'reat-score --method=fro')" = --method=frozen-omit ]
	[ "$(proposes 'reat-score -a sh')" = shapley ]
	[ "$(proposes 'reat-model chec')" = check ]
	[ "$(proposes 'reat-score -m sst2-g')" = sst2-gru ]
	[ "$(proposes 'reat-chunk -r chunk-')" = chunk-wide ]
	[ "$(proposes 'reat --color al')" = always ]
	[ "$(proposes 'reat-tag REA')" = README.md ]
	proposes 'reat-heatmap -t ' >"$T/got"
	"$REAT_BUILD"/reat-heatmap -t list | cut -d ' ' -f 1 | sort |
	    diff - "$T/got"
}

@test "zsh: options, their values, names and files" {
	command -v zsh >/dev/null || skip "no zsh"
	mkdir "$T/functions"
	sh "$MAKE" zsh "$REAT_BUILD" "${PROGRAMS[@]}" >"$T/functions/_reat"
	zsh -n "$T/functions/_reat"
	# a line and a tab are typed into an interactive zsh, and Control-O, which
	# writes what the line has become
	cat >"$T/type.zsh" <<-'END'
	zmodload zsh/zpty
	zpty z "env -i HOME=$1 TERM=dumb REAT_PATH=${(q)REAT_PATH} \
	    PATH=${(q)2}:${(q)PATH} zsh -f -i"
	zpty -w z "PS1=; fpath=($1/functions \$fpath); autoload -Uz compinit
	    compinit -u -D; LISTMAX=9; show() { print -r -- \$BUFFER >$1/line }
	    zle -N show; bindkey '^O' show; echo READ''Y"
	zpty -r z text '*READY*'
	zpty -n -w z "$3"$'\t\x0f'
	for i in {1..100}; do
	    [[ -s $1/line ]] && break
	    zpty -r -t z text
	    sleep 0.05
	done
	zpty -d z
	END
	while IFS='|' read -r line wanted; do
		rm -f "$T/line"
		env -i PATH="$PATH" REAT_PATH="$REAT_PATH" timeout 20 \
		    zsh -f "$T/type.zsh" "$T" "$REAT_BUILD" "$line" || :
		got=$(sed 's/ $//' "$T/line")
		echo "$line: $got, expected $wanted"
		[ "$got" = "$wanted" ]
	done <<-'END'
	reat-score --mod|reat-score --model=
	reat-score --method=fro|reat-score --method=frozen-omit
	reat-score -a sh|reat-score -a shapley
	reat --color al|reat --color always
	reat-score -m sst2-g|reat-score -m sst2-gru
	reat-chunk -r chunk-|reat-chunk -r chunk-wide
	reat-model chec|reat-model check
	reat-tag REA|reat-tag README.md
	END
}
