# The tree passes tests/lint, and each check of tests/lint finds its fault.

load helper

setup() {
	T=$BATS_TEST_TMPDIR/tree
	mkdir -p "$T/lib/cellar" "$T/lib/attic" "$T/cmd" "$T/tests" "$T/man" \
	    "$T/.ci"
	printf 'cellar: low high\nattic: (box) roof\n' >"$T/lib/ORDER"
	for m in cellar/low cellar/high attic/box attic/roof; do
		n=${m##*/}
		printf '%s\n' '/* SPDX-License-Identifier: ISC */' \
		    '/*' " * $n: a number." ' */' \
		    "#ifndef ${n}_H" "#define ${n}_H" "int $n(void);" '#endif' \
		    >"$T/lib/$m.h"
		printf '%s\n' '/* SPDX-License-Identifier: ISC */' \
		    "#include \"$m.h\"" "int $n(void) { return 0; }" \
		    >"$T/lib/$m.c"
	done
}

# finds TEXT [N]: check that lint of the tree in $T fails, and prints TEXT and N
# lines (default 1)
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

@test "a header whose third line is not its name and purpose is found" {
	sed -i '3s/low/high/' "$T/lib/cellar/low.h"
	finds 'lib/cellar/low.h:3: not " * low: its purpose."'
}

@test "a module that includes a later one of its room is found" {
	sed -i '1a #include "cellar/high.h"' "$T/lib/cellar/low.c"
	finds 'lib/cellar/low.c: includes cellar/high.h, which is not below it'
}

@test "a room that includes a higher one is found" {
	sed -i '1a #include "attic/roof.h"' "$T/lib/cellar/high.c"
	finds 'lib/cellar/high.c: includes attic/roof.h, which is not below it'
}

@test "a private module is used by its own room alone" {
	sed -i '1a #include "attic/box.h"' "$T/lib/attic/roof.c"
	run sh "$ROOT/tests/lint" "$T"
	[ "$status" -eq 0 ]
	printf 'cellar: low (high)\nattic: (box) roof\n' >"$T/lib/ORDER"
	sed -i '1a #include "cellar/high.h"' "$T/lib/attic/roof.c"
	finds 'lib/attic/roof.c: includes cellar/high.h, which is private to cellar'
}

@test "an include without its room is found" {
	sed -i '1a #include "low.h"' "$T/lib/attic/roof.c"
	finds 'lib/attic/roof.c: includes low.h, which is not in lib/ORDER'
}

@test "a module that is not in ORDER, or not there, is found" {
	printf '%s\n' '/* SPDX-License-Identifier: ISC */' '/*' ' * odd: x.' \
	    ' */' 'int x;' >"$T/lib/attic/odd.h"
	finds 'lib/attic/odd.h: not in lib/ORDER'
	rm "$T/lib/attic/odd.h"
	echo 'loft: bed' >>"$T/lib/ORDER"
	finds 'lib/ORDER: no lib/loft/bed'
}

@test "a name that two rooms have is found" {
	cp "$T/lib/cellar/low.c" "$T/lib/cellar/low.h" "$T/lib/attic"
	sed -i 's/(box)/low (box)/' "$T/lib/ORDER"
	finds 'lib/ORDER: low twice'
}

@test "rows in HACKING that are not those of ORDER are found" {
	printf '%s\n' 'The rooms of lib' '' '    cellar: low' \
	    '            high' '        what is below' '    attic: (box) roof' \
	    '' 'The header is' >"$T/HACKING"
	sed -i '/what is/d' "$T/HACKING"
	run sh "$ROOT/tests/lint" "$T"
	echo "$output"
	[ "$status" -eq 0 ]
	sed -i 's/(box)/box/' "$T/HACKING"
	finds 'HACKING: its row of attic is not that of lib/ORDER'
}

@test "a function that nobody calls, or that could be static, is found" {
	printf '\nint\nlow_end(void)\n{\n\treturn 1;\n}\n' >>"$T/lib/cellar/low.c"
	finds 'lib/cellar/low.c: nobody calls low_end'
	# a call in a comment or in a test does not count
	printf '/* low_end() */\n' >>"$T/lib/cellar/high.c"
	mkdir "$T/tests/unit"
	printf '/* SPDX-License-Identifier: ISC */\nint x = low_end();\n' \
	    >"$T/tests/unit/x.c"
	finds 'lib/cellar/low.c: nobody calls low_end'
	# called by its own file and by a test: it cannot be static
	printf 'int y(void) { return low_end(); }\n' >>"$T/lib/cellar/low.c"
	run sh "$ROOT/tests/lint" "$T"
	[ "$status" -eq 0 ]
	rm -r "$T/tests/unit"
	finds 'lib/cellar/low.c: low_end is not static, and no other file calls it'
	printf 'int z(void) { return low_end(); }\n' >>"$T/lib/cellar/high.c"
	run sh "$ROOT/tests/lint" "$T"
	[ "$status" -eq 0 ]
}

@test "a second user of a foreign library is found" {
	sed -i '1a #include <pcre2.h>' "$T/lib/cellar/high.c"
	finds 'lib/cellar/high.c: includes pcre2.h; only lib/annotate/pattern.c may'
}

@test "a header that does not compile alone is found" {
	sed -i 's/int low(void)/size_t low(void)/' "$T/lib/cellar/low.h"
	finds 'lib/cellar/low.h:7:1: error: unknown type name'
}

@test "a part without a header of its own is found, a long file is named" {
	printf '/* SPDX-License-Identifier: ISC */\nint low_end;\n' \
	    >"$T/lib/cellar/part.c"
	sed -i 's/low high/low part high/' "$T/lib/ORDER"
	finds 'lib/cellar/part.c: a part without a header of its own'
	# a row of a table needs no header
	printf '%s\n' '/* SPDX-License-Identifier: ISC */' \
	    'struct row { int x; };' 'const struct row part = {1};' \
	    >"$T/lib/cellar/part.c"
	yes ' ;' | head -n 500 >>"$T/lib/cellar/low.c"
	run sh "$ROOT/tests/lint" "$T"
	[ "$status" -eq 0 ]
	[ "$output" = 'lint: lib/cellar/low.c has 500 lines or more' ]
}

@test "functions that check nothing are found" {
	echo 'int x(void) { return atoi("1"); }' >>"$T/lib/cellar/low.c"
	finds 'lib/cellar/low.c:4: a function that checks nothing'
}

@test "notes to self are found" {
	echo '/* FIX''ME */' >>"$T/lib/cellar/low.c"
	finds 'lib/cellar/low.c:4: a note to self'
}

@test "wide lines, blanks at the end and a missing licence are found" {
	printf '/*%080d*/\n' 0 >>"$T/lib/cellar/low.c"
	finds 'lib/cellar/low.c:4: 84 columns'
	printf '/*\t\t\t\t\t\t\t\t\t\tx */\n' >"$T/lib/cellar/low.c"
	printf 'int x; \n' >>"$T/lib/cellar/low.c"
	finds 'lib/cellar/low.c:1: 84 columns' 3
	[[ $output == *'lib/cellar/low.c:2: blank at the end'* ]]
	[[ $output == *'lib/cellar/low.c: no SPDX line'* ]]
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

@test "points.awk finds the places of a file that a mutant changes, and no others" {
	cd "$BATS_TEST_TMPDIR"
	cat >a.c <<'END'
#define TWO (1 + 1)	/* a < b */
_Static_assert(1 <
    2, "a && b");
bool f(int n, char *s)
{
	for (int i = 0; i < n - 1; i++)
		if (!s && *s == '<')
			return true;	/* x
 + 1 */
	note("a + b");
	free(s);
END
	awk -f "$ROOT/tests/mutate/points.awk" a.c | tr '\t' '|' >places
	diff - places <<'END'
a.c|6|19| < | <= 
a.c|6|23| - | + 
a.c|6|23| - 1|
a.c|6|12| = 0| = 1
a.c|7|15| == | != 
a.c|7|9| && | || 
a.c|7|7|!|
a.c|8|4|return true|return false
a.c|10|2|note("a + b");|{}
END
}
