# The tree passes tests/lint, and each check of it finds what it is for.

load helper

setup() {
	T=$BATS_TEST_TMPDIR/tree
	mkdir -p "$T/lib" "$T/cmd" "$T/tests" "$T/man" "$T/.ci"
	printf 'low\nhigh\n' >"$T/lib/ORDER"
	for m in low high; do
		printf '%s\n' '/* SPDX-License-Identifier: ISC */' \
		    "#ifndef ${m}_H" "#define ${m}_H" "int $m(void);" '#endif' \
		    >"$T/lib/$m.h"
		printf '%s\n' '/* SPDX-License-Identifier: ISC */' \
		    "#include \"$m.h\"" "int $m(void) { return 0; }" \
		    >"$T/lib/$m.c"
	done
}

# finds WHAT: lint of the tree in $T fails and says so
finds() {
	run sh "$ROOT/tests/lint" "$T"
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *"$1"* ]]
	[ "${#lines[@]}" -eq "${2-1}" ]
}

@test "the tree is clean" {
	run sh "$ROOT/tests/lint"
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "a small clean tree is clean" {
	run sh "$ROOT/tests/lint" "$T"
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "a module that includes one above itself is found" {
	sed -i '1a #include "high.h"' "$T/lib/low.c"
	finds 'lib/low.c: includes high.h, which is not above it'
}

@test "a module that is not in ORDER is found" {
	printf '/* SPDX-License-Identifier: ISC */\nint x;\n' >"$T/lib/odd.h"
	finds 'lib/odd.h: not in lib/ORDER'
}

@test "a picture in HACKING that is not ORDER is found" {
	printf '%s\n' 'The order of modules' '' '    low       below' \
	    '         |' '    high' >"$T/HACKING"
	run sh "$ROOT/tests/lint" "$T"
	[ "$status" -eq 0 ]
	sed -i 's/    low /    deep/' "$T/HACKING"
	finds 'HACKING: its picture has deep elsewhere than lib/ORDER' 2
}

@test "a part of a module counts as the module" {
	cp "$T/lib/low.c" "$T/lib/low_part.c"
	run sh "$ROOT/tests/lint" "$T"
	[ "$status" -eq 0 ]
	sed -i '1a #include "high.h"' "$T/lib/low_part.c"
	finds 'lib/low_part.c: includes high.h'
}

@test "a function that nobody calls, or that could be static, is found" {
	printf '\nint\nlow_end(void)\n{\n\treturn 1;\n}\n' >>"$T/lib/low.c"
	finds 'lib/low.c: nobody calls low_end'
	# a comment is no caller, nor is a test
	printf '/* low_end() */\n' >>"$T/lib/high.c"
	mkdir "$T/tests/unit"
	printf '/* SPDX-License-Identifier: ISC */\nint x = low_end();\n' \
	    >"$T/tests/unit/x.c"
	finds 'lib/low.c: nobody calls low_end'
	# its own file, and a test: it is not static for the test
	printf 'int y(void) { return low_end(); }\n' >>"$T/lib/low.c"
	run sh "$ROOT/tests/lint" "$T"
	[ "$status" -eq 0 ]
	rm -r "$T/tests/unit"
	finds 'lib/low.c: low_end is not static, and no other file calls it'
	printf 'int z(void) { return low_end(); }\n' >>"$T/lib/high.c"
	run sh "$ROOT/tests/lint" "$T"
	[ "$status" -eq 0 ]
}

@test "a second user of a foreign library is found" {
	sed -i '1a #include <pcre2.h>' "$T/lib/high.c"
	finds 'lib/high.c: includes pcre2.h; only lib/pattern.c may'
}

@test "a header that does not compile alone is found" {
	sed -i 's/int low(void)/size_t low(void)/' "$T/lib/low.h"
	finds 'lib/low.h:4:1: error: unknown type name'
}

@test "a file that is too long is found" {
	yes ' ;' | head -n 400 >>"$T/lib/low.c"
	finds 'lib/low.c: 403 lines, at most 400'
}

@test "functions that check nothing are found" {
	echo 'int x(void) { return atoi("1"); }' >>"$T/lib/low.c"
	finds 'lib/low.c:4: a function that checks nothing'
}

@test "notes to self are found" {
	echo '/* FIX''ME */' >>"$T/lib/low.c"
	finds 'lib/low.c:4: a note to self'
}

@test "wide lines, blanks at the end and a missing licence are found" {
	printf '/*%080d*/\n' 0 >>"$T/lib/low.c"
	finds 'lib/low.c:4: 84 columns'
	printf '/*\t\t\t\t\t\t\t\t\t\tx */\n' >"$T/lib/low.c"
	printf 'int x; \n' >>"$T/lib/low.c"
	finds 'lib/low.c:1: 84 columns' 3
	[[ $output == *'lib/low.c:2: blank at the end'* ]]
	[[ $output == *'lib/low.c: no SPDX line'* ]]
}

@test "a command without page or test is found" {
	printf '/* SPDX-License-Identifier: ISC */\n' >"$T/cmd/reat-x.c"
	finds 'cmd/reat-x.c: no man/reat-x.1' 2
	[[ $output == *'cmd/reat-x.c: no tests/reat-x.bats'* ]]
}

@test "a man page's faults are found" {
	command -v mandoc || skip "no mandoc"
	printf '.Dd $Mdocdate$\n.Dt X 1\n.Os\n.Sh NAME\n.Nm x\n.Foo\n' \
	    >"$T/man/x.1"
	run sh "$ROOT/tests/lint" "$T"
	[ "$status" -eq 1 ]
	[[ $output == *'unknown macro'* ]]
}

@test "a script's faults are found" {
	command -v shellcheck || skip "no shellcheck"
	# shellcheck disable=SC2016
	printf '#!/bin/sh\ncd "$1"\n' >"$T/tests/run"
	finds 'tests/run:2:1: warning'
}
