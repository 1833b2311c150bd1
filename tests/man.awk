# man.awk DIR: write the commands of a page's EXAMPLES to DIR/N.cmd and their
# expected outputs to DIR/N.out, with N from 001.  A command is a line of a
# literal display that begins with "$ "; if it ends in \e, it continues in the
# next line.

function plain(s)
{
	gsub(/\\&/, "", s)
	gsub(/\\-/, "-", s)
	gsub(/\\\(ti/, "~", s)
	gsub(/\\\(ha/, "^", s)
	gsub(/\\\(aq/, "'", s)
	gsub(/\\\(ga/, "`", s)
	gsub(/\\\(dq/, "\"", s)
	gsub(/\\e/, "\\", s)
	return s
}

BEGIN { dir = ARGV[1]; ARGV[1] = "" }

/^\.Sh / { examples = $2 == "EXAMPLES" }
examples && /^\.Bd -literal/ { display = 1; more = 0; next }
/^\.Ed/ { display = 0 }
!display { next }

{
	line = plain($0)
	if (!more && line ~ /^\$ /) {
		close(command)
		close(printed)
		command = sprintf("%s/%03d.cmd", dir, ++n)
		printed = sprintf("%s/%03d.out", dir, n)
		printf "" > printed
		line = substr(line, 3)
		more = 1
	}
	if (more) {
		print line > command
		more = line ~ /\\$/
	} else if (n > 0) {
		print line > printed
	} else {
		print FILENAME ": output before the first command" > "/dev/stderr"
		exit 1
	}
}
