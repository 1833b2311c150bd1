# points.awk: print the places of C files that tests/mutate/run can change, a
# line each: file, line, column, the text there and the text in its place, with
# tabs between.
#
#     awk -f tests/mutate/points.awk lib/base/*.c
#
# A place is no part of a comment, a string, a preprocessor line or a
# _Static_assert.  Operators are those with a blank on both sides, so that no
# pointer and no sign is one.  A call that only frees is not dropped: what leaks
# is the matter of the sanitizers.

# blank(LINE): return LINE with blanks for what is in comments and quotes
function blank(line,    out, c, d, i, n, in_quote)
{
	n = length(line)
	for (i = 1; i <= n; i++) {
		c = substr(line, i, 1)
		d = substr(line, i, 2)
		if (in_comment) {
			if (d == "*/") {
				in_comment = 0
				i++
				out = out " "
			}
			c = " "
		} else if (in_quote != "") {
			if (c == "\\") {
				i++
				out = out " "
			} else if (c == in_quote)
				in_quote = ""
			c = " "
		} else if (d == "//") {
			break
		} else if (d == "/*") {
			in_comment = 1
			i++
			out = out " "
			c = " "
		} else if (c == "\"" || c == "'") {
			in_quote = c
			c = " "
		}
		out = out c
	}
	return out
}

function place(column, old, new)
{
	print FILENAME, FNR, column, old, new
}

# each TEXT NEW: print a place for each TEXT of the line
function each(text, new,    from, at)
{
	from = 1
	while ((at = index(substr(code, from), text)) > 0) {
		place(from + at - 1, text, new)
		from += at + length(text) - 1
	}
}

# word TEXT NEW: print a place for the first TEXT of the line, unless it is a
# part of a word or number
function word(text, new,    at)
{
	at = index(code, text)
	if (at && substr(code, at + length(text), 1) !~ /[A-Za-z0-9_.]/ &&
	    substr(code, at - 1, 2) !~ /^[A-Za-z0-9_][a-z]/)
		place(at, text, new)
}

BEGIN {
	OFS = "\t"
	n = split(" < , <= , > , >= , == , != , && , || , + , - , * , / ," \
	    " += , -= ", old, ",")
	split(" <= , < , >= , > , != , == , || , && , - , + , / , * , -= , += ",
	    new, ",")
}

FNR == 1 { in_comment = in_directive = in_assert = 0 }

{
	started = in_comment
	code = blank($0)
	if (in_directive || (!started && code ~ /^[ \t]*#/)) {
		in_directive = $0 ~ /\\$/
		next
	}
	if (code ~ /_Static_assert/)
		in_assert = 1
	if (in_assert) {
		in_assert = code !~ /;/
		next
	}
	for (i = 1; i <= n; i++)
		each(old[i], new[i])
	word(" + 1", "")
	word(" - 1", "")
	word(" = 0", " = 1")
	word(" = 1", " = 0")
	word("return true", "return false")
	word("return false", "return true")
	word("continue", "break")
	word("break", "continue")
	# "!" before a name or a parenthesis
	at = 1
	while (match(substr(code, at), /![A-Za-z_(*]/)) {
		place(at + RSTART - 1, "!", "")
		at += RSTART
	}
	if (code ~ /^\t+[a-z][a-z0-9_]*\(.*\);$/ && code !~ /free\(/ &&
	    gsub(/\(/, "(", code) == gsub(/\)/, ")", code))
		place(match(code, /[a-z]/), substr($0, RSTART), "{}")
}
