# shellcheck shell=sh
# make FILE COMMAND...: run the command with FILE as its output, unless FILE
# exists
make() {
	file=$1
	shift
	[ -e "$file" ] && return
	"$@" >"$file.part"
	mv "$file.part" "$file"
}
