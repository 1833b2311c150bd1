# shellcheck shell=sh
# make FILE COMMAND...: run it with FILE as its output, unless FILE is there
make() {
	file=$1
	shift
	[ -e "$file" ] && return
	"$@" >"$file.part"
	mv "$file.part" "$file"
}
