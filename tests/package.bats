# The packages of .ci/package, made of the committed files.

load helper

setup() {
	cd "$ROOT" || return
	git rev-parse HEAD >/dev/null 2>&1 || skip "no git checkout"
	T=$BATS_TEST_TMPDIR
}

@test "the Debian packages: built, clean for lintian, installed, removed" {
	for f in dh dpkg-buildpackage fakeroot lintian; do
		command -v $f >/dev/null ||
			skip "no $f; .ci/deps package installs it"
	done
	dpkg-checkbuilddeps .ci/package/debian/control 2>/dev/null ||
		skip "the build dependencies of the package are missing"
	# as Debian builds them, also within make CC=clang check or make asan
	unset CC CFLAGS
	DEB_BUILD_OPTIONS="noopt parallel=$(getconf _NPROCESSORS_ONLN)" \
		sh .ci/package/deb "$T/deb" >"$T/log" 2>&1 || {
		cat "$T/log"
		false
	}
	# lintian has nothing to say, not even a tag that it only notes
	[ ! -s "$T/log" ]
	[ "$(find "$T/deb" -name '*.deb' ! -name '*dbgsym*' | wc -l)" -eq 2 ]
	mkdir -p "$T/root/var/lib/dpkg/info" "$T/root/var/lib/dpkg/updates"
	: >"$T/root/var/lib/dpkg/status"
	to=(fakeroot dpkg "--root=$T/root" --force-not-root --force-depends
	    --log=/dev/null)
	"${to[@]}" -i "$T"/deb/reat_*.deb "$T"/deb/reat-data_*.deb \
		>"$T/log" 2>&1 || { cat "$T/log"; false; }
	# every program runs, and finds its models and rules by itself
	unset REAT_PATH
	for f in cmd/*; do
		f=${f##*/} f=${f%.*}
		"$T/root/usr/bin/$f" -V
		[ -f "$T/root/usr/share/man/man1/$f.1.gz" ]
	done
	(cd / && echo 'a charming but slow film' |
		PATH=$T/root/usr/bin:/usr/bin:/bin reat -t tsv -l word) |
		grep -q charming
	grep -q reat-score "$T/root/usr/share/bash-completion/completions/reat"
	"${to[@]}" -P reat reat-data >/dev/null 2>&1
	[ -z "$(find "$T/root" -name 'reat*')" ]
}

@test "the recipes for Alpine and Homebrew have the archive's checksums" {
	url=https://reat.invalid/reat.tar.gz
	sh .ci/package/recipes "$url" "$T"
	[ -z "$(grep -h '@[A-Z]' "$T/APKBUILD" "$T/reat.rb")" ]
	sh -n "$T/APKBUILD"
	! command -v ruby >/dev/null || ruby -c "$T/reat.rb"
	(
		# shellcheck disable=SC1091
		. "$T/APKBUILD"
		# shellcheck disable=SC2154
		[ "$source" = "reat-$pkgver.tar.gz::$url" ]
		# shellcheck disable=SC2154
		cd "$T" && sha512sum -c <<<"${sha512sums//$'\n'/}"
	)
	grep -q "sha256 \"$(sha256sum <"$T"/reat-*.tar.gz | cut -d ' ' -f 1)\"" \
		"$T/reat.rb"
	tar -tzf "$T"/reat-*.tar.gz | grep -q '/man/reat.1$'
}
