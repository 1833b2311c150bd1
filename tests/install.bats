# make install and uninstall, in a folder of the test.

load helper

setup() {
	D=$BATS_TEST_TMPDIR/dest
	mkdir "$D"
	FOLDERS=("$D/usr/bin" "$D/usr/share/man" "$D/usr/share/reat"
	    "$D/usr/share/bash" "$D/usr/share/zsh" "$D/usr/share/fish")
	cd "$ROOT" || return
}

teardown() {
	rm -rf "$D"
}

# put: run the script of make install; the test must not build
put() {
	sh tests/install "$REAT_BUILD" "${FOLDERS[@]}"
}

@test "make install calls the script with DESTDIR before each folder" {
	run make -n install DESTDIR=/dest PREFIX=/usr
	[ "$status" -eq 0 ]
	words=$(echo "$output" | tr -s ' \\\n"\t' ' ')
	[[ $words == *"tests/install build /dest/usr/bin /dest/usr/share/man /dest/usr/share/reat /dest/usr/share/bash-completion/completions /dest/usr/share/zsh/site-functions /dest/usr/share/fish/vendor_completions.d"* ]]
}

@test "every program, page and shared file is installed, and no test" {
	put
	(cd "$D/usr" && find . -type f -o -type l | sort) >"$D/got"
	{
		for f in cmd/*; do
			f=${f##*/}
			f=${f%.*}
			printf './%s\n' "bin/$f" "share/bash/$f" \
			    "share/fish/$f.fish"
		done
		for f in man/*.[1-9]; do
			[ ! -f "$f" ] ||
			    echo "./share/man/man${f##*.}/${f##*/}"
		done
		echo ./share/zsh/_reat
		find share -type f ! -name '.*' ! -name '*.tmp' ! -name '*.pyc' \
		    ! -path 'share/completion/*' |
		    sed 's|^share|./share/reat|'
		find examples -type f ! -name '.*' ! -name '*.tmp' \
		    ! -name '*.pyc' |
		    sed 's|^|./share/reat/|'
	} | sort >"$D/wanted"
	diff "$D/wanted" "$D/got"
	for f in "$D"/usr/bin/*; do
		[ -x "$f" ]
	done
	# explain.sh has no #!: other scripts source it
	for f in "$D"/usr/share/reat/examples/*.sh; do
		[ ! -e "$f" ] || [ -x "$f" ] || [ "$(head -c 2 "$f")" != '#!' ]
	done
	[ -z "$(find "$D/usr/share/reat/rules" -perm /111 -type f)" ]
}

@test "uninstall removes exactly what install put there" {
	mkdir -p "$D/usr/bin" "$D/usr/share/man/man1"
	echo other >"$D/usr/bin/other"
	echo other >"$D/usr/share/man/man1/other.1"
	find "$D" -type f | sort >"$BATS_TEST_TMPDIR/before"
	put
	sh tests/install -u "${FOLDERS[@]}"
	find "$D" -type f -o -type l | sort >"$BATS_TEST_TMPDIR/after"
	diff "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
	[ ! -e "$D/usr/share/reat" ]
}

@test "uninstall succeeds if nothing is installed" {
	sh tests/install -u "$D/bin" "$D/man" "$D/reat"
}

@test "installed filters find the installed share folder by themselves" {
	[ -f cmd/reat-tokenize.c ] || skip "no reat-tokenize yet"
	put
	unset REAT_PATH
	cd /
	echo 'It works.' >"$BATS_TEST_TMPDIR/in"
	PATH=$D/usr/bin:/usr/bin:/bin
	try reat-tokenize "$BATS_TEST_TMPDIR/in"
	[ "$status" -eq 0 ]
	[[ $output == *"It works."* ]]
	[ ! -x "$D/usr/bin/reat-chunk" ] || {
		reat-tokenize "$BATS_TEST_TMPDIR/in" | reat-chunk >"$BATS_TEST_TMPDIR/chunks"
		grep -q clause= "$BATS_TEST_TMPDIR/chunks"
	}
}

@test "under umask 077 everybody can read what is installed" {
	(umask 077 && put)
	[ -z "$(find "$D/usr" -type d ! -perm -755)" ]
	[ -z "$(find "$D/usr" -type f ! -perm -644)" ]
	# an existing folder keeps its mode
	mkdir -p "$D/other/bin"
	chmod 700 "$D/other/bin"
	sh tests/install "$REAT_BUILD" "$D/other/bin" "$D/other/man" \
	    "$D/other/share"
	[ "$(stat -c %a "$D/other/bin")" = 700 ]
}

@test "the scripts that pages name are installed" {
	put
	names=$(grep -ho 'examples/[a-z-]*\.[a-z]*' man/*.[1-9] | sort -u)
	[ -n "$names" ]
	for f in $names; do
		[ -f "$D/usr/share/reat/$f" ]
	done
}

@test "make dist makes the same bytes twice, and they build" {
	git rev-parse HEAD >/dev/null 2>&1 || skip "no git checkout"
	make -s dist SOURCE_DATE_EPOCH=1700000000 B="$D"
	cp "$D"/reat-*.tar.gz "$D/first.tar.gz"
	touch README.md
	(umask 077 && make -s dist SOURCE_DATE_EPOCH=1700000000 B="$D")
	cmp "$D"/reat-*.tar.gz "$D/first.tar.gz"
	tar -tvzf "$D/first.tar.gz" >"$D/list"
	grep -q '/README.md$' "$D/list"
	[ -z "$(grep -v '2023-11-14' "$D/list")" ]
	tar -xzf "$D/first.tar.gz" -C "$D"
	make -s -n -C "$D"/reat-*/ all >/dev/null
}

# linking PATTERN: print the programs that link a library that matches
linking() {
	readelf -h "$REAT_BUILD/reat-lime" >/dev/null 2>&1 || skip "no readelf"
	for f in "$REAT_BUILD"/reat-*; do
		! readelf -d "$f" 2>/dev/null | grep -qi "NEEDED.*$1" ||
			echo "${f##*/}"
	done
}

@test "programs of another machine are installed without completions" {
	mkdir "$D/build"
	for f in cmd/*; do
		f=${f##*/}
		printf '\177ELF' >"$D/build/${f%.*}"
		chmod +x "$D/build/${f%.*}"
	done
	try sh tests/install "$D/build" "${FOLDERS[@]}"
	[ "$status" -eq 0 ]
	[[ $stderr == *'does not run here: no completions'* ]]
	[ ! -e "$D/usr/share/bash" ]
	[ -x "$D/usr/bin/reat-score" ]
}

@test "only reat-lime links OpenBLAS, which takes 5 ms to load" {
	linking blas >"$BATS_TEST_TMPDIR/links"
	[ "$(cat "$BATS_TEST_TMPDIR/links")" = reat-lime ]
}

@test "only reat-tokenize links libcsv" {
	linking libcsv >"$BATS_TEST_TMPDIR/links"
	[ "$(cat "$BATS_TEST_TMPDIR/links")" = reat-tokenize ]
}
