# columns.awk: print the lines of report.sh as text.
#
# Lines with tabs are a table, whose first line is its header.  Its columns are
# aligned.  A header "GRU: paper" has two parts, which become two lines.  What is
# in braces at the end of a cell is for page.awk only, and so are the lines of a
# part of details.  A figure becomes the name of its file with its caption.
BEGIN {
	FS = "\t"
	last = "x"
}

# print a line, but no second empty one
function out(line) {
	if (line != "" || last != "")
		print line
	last = line
}

# print what is after the margin, broken at blanks
function wrapped(text, margin,   n, word, i, line) {
	n = split(text, word, " ")
	line = margin
	for (i = 1; i <= n; i++) {
		if (length(line " " word[i]) > 80) {
			out(line)
			line = margin
		}
		line = line (line == margin ? "" : " ") word[i]
	}
	out(line)
}

# print row i of the table, whose cells have the widths
function aligned(i,   line, c) {
	line = ""
	for (c = 1; c <= cells[i]; c++)
		line = line (c > 1 ? "  " : "") \
		    (c < cells[i] ? sprintf("%-" width[c] "s", cell[i, c]) : \
		    cell[i, c])
	sub(/ +$/, "", line)
	out(line)
}

function end_table(   i, c, part, group, grouped) {
	if (rows == 0)
		return
	# the groups are row 0
	cells[0] = cells[1]
	for (c = 1; c <= cells[1]; c++) {
		cell[0, c] = ""
		if (split(cell[1, c], part, ": ") < 2)
			continue
		cell[0, c] = part[1] == group ? "" : part[1]
		group = part[1]
		cell[1, c] = part[2]
		grouped = 1
	}
	split("", width)
	for (i = 0; i <= rows; i++)
		for (c = 1; c < cells[i]; c++)
			if (length(cell[i, c]) > width[c])
				width[c] = length(cell[i, c])
	for (i = !grouped; i <= rows; i++)
		aligned(i)
	rows = 0
}

# a table beside a figure is below it
/\t/ && !details {
	if (drawn)
		out("")
	drawn = 0
	cells[++rows] = NF
	for (c = 1; c <= NF; c++) {
		sub(/ *\{.*\}$/, "", $c)
		cell[rows, c] = $c
	}
	next
}

{
	end_table()
}

/^<details / { details = 1 }

details {
	if ($0 == "")
		details = 0
	next
}

/^@/ {
	name = substr($1, 2)
	sub(/ .*/, "", name)
	out("    figures/" name ".svg")
	wrapped(substr($0, length(name) + 3), "    ")
	drawn = 1
	next
}

{
	drawn = 0
	out($0)
}

END {
	end_table()
}
