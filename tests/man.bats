# Every command in the EXAMPLES of every page is run, and its output on both
# streams is compared with the page.  The programs are those of an installed
# copy.  The commands of a page run in an empty folder, which is $TMPDIR too, so
# they also work without the source tree.

load helper

setup() {
	cd "$ROOT" || return
	export COLUMNS=80 TERM=dumb
}

# installed: make a copy as make install does, and use its programs and share
# folder
installed() {
	sh tests/install "$REAT_BUILD" "$BATS_TEST_TMPDIR/usr/bin" \
	    "$BATS_TEST_TMPDIR/usr/share/man" \
	    "$BATS_TEST_TMPDIR/usr/share/reat"
	PATH=$BATS_TEST_TMPDIR/usr/bin:$(tr : '\n' <<<"$PATH" |
	    grep -Fvx "$REAT_BUILD" | paste -sd :)
	unset REAT_PATH
}

# pages [SECTION]: print the paths of the pages
pages() {
	for page in man/*.[${1:-1-9}]; do
		[ ! -f "$page" ] || echo "$page"
	done
}

# examples PAGE FOLDER: write its commands and outputs to files in the folder
examples() {
	mkdir -p "$2/tmp"
	awk -f tests/man.awk "$2" "$1"
}

# run_examples PAGE FOLDER: run them, print the differences, and return 1 if
# there are any
run_examples() {
	good=true
	for command in "$2"/*.cmd; do
		[ -f "$command" ] || return 0
		(cd "$2/tmp" && TMPDIR=$PWD timeout 120 sh "$command") \
		    >"$command.got" 2>&1 || true
		diff -u "${command%.cmd}.out" "$command.got" >"$2/diff" ||
		    { good=false; echo "--- $1:"; cat "$command" "$2/diff"; }
	done
	"$good"
}

@test "every example prints the output that is on its page" {
	[ -n "$(pages)" ] || skip "no pages yet"
	installed
	failed=
	for page in $(pages); do
		T=$BATS_TEST_TMPDIR/${page##*/}
		examples "$page" "$T" && run_examples "$page" "$T" ||
		    failed="$failed $page"
	done
	echo "fails:$failed"
	[ -z "$failed" ]
}

@test "the examples in README.md print the output that is there" {
	installed
	T=$BATS_TEST_TMPDIR/README
	{
		printf '.Sh EXAMPLES\n.Bd -literal\n'
		sed -n '/^    \$ /,/^[^ ]/s/^    //p' README.md |
		    sed 's/\\/\\e/g'
	} >"$BATS_TEST_TMPDIR/page"
	examples "$BATS_TEST_TMPDIR/page" "$T"
	run_examples README.md "$T"
	[ "$(echo "$T"/*.cmd | wc -w)" -ge 2 ]
}

@test "every filter's page has at least two examples, and all sections" {
	failed=
	for page in $(pages 1); do
		T=$BATS_TEST_TMPDIR/${page##*/}
		examples "$page" "$T"
		set -- "$T"/*.cmd
		[ $# -ge 2 ] || { failed=1; echo "$page: fewer than 2 examples"; }
		for section in NAME SYNOPSIS DESCRIPTION INPUT OUTPUT \
		    'EXIT STATUS' EXAMPLES 'SEE ALSO' AUTHORS; do
			grep -q "^\.Sh $section$" "$page" ||
			    { failed=1; echo "$page: no section $section"; }
		done
	done
	[ -z "$failed" ]
}

@test "pages refer only to pages that exist" {
	# the family; a planned command can be without a page
	family='tokenize|tag|chunk|trace|score|predict|heatmap|train'
	family="$family|grad|lime|occlude|erase|select|swap|audit|summary|eval|boxplot|model"
	failed=
	for page in $(pages); do
		while read -r name section; do
			case $name in reat*) ;; *) continue ;; esac
			[ "$section" = 1 ] && [ ! -e "cmd/$name.c" ] &&
			    [[ $name =~ ^reat-($family)$ ]] && continue
			[ -f "man/$name.$section" ] ||
			    { failed=1; echo "$page: no man/$name.$section"; }
		done < <(sed -n 's/^\.Xr \([^ ]*\) \([0-9]\).*/\1 \2/p' "$page")
	done
	[ -z "$failed" ]
}

@test "an example with wrong output is found" {
	cat >"$BATS_TEST_TMPDIR/x.1" <<-'END'
	.Sh EXAMPLES
	.Bd -literal -offset indent
	$ printf '%s\en' \e
	    one two
	one
	two
	$ echo >file; ls $TMPDIR
	file
	.Ed
	END
	T=$BATS_TEST_TMPDIR/t
	examples "$BATS_TEST_TMPDIR/x.1" "$T"
	run_examples x.1 "$T"
	sed -i 's/^two$/three/' "$BATS_TEST_TMPDIR/x.1"
	examples "$BATS_TEST_TMPDIR/x.1" "$T"
	run run_examples x.1 "$T"
	[ "$status" -eq 1 ]
	[[ $output == *'-three'* ]]
}

@test "reat-methods(7) has every method of scoring" {
	for p in score grad occlude lime; do
		"reat-$p" -a list | cut -d ' ' -f1
	done | sort >"$BATS_TEST_TMPDIR/methods"
	sed -n 's/^\.It Cm //p' man/reat-methods.7 | sed 's/ Pq .*//' |
		tr -d ',' | tr ' ' '\n' | grep . | sort >"$BATS_TEST_TMPDIR/page"
	diff "$BATS_TEST_TMPDIR/methods" "$BATS_TEST_TMPDIR/page"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/page")" -gt 20 ]
}
