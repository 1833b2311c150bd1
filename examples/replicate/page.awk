# page.awk: print the lines of report.sh as the body of an HTML page.
#
# A table that follows figures at once is beside them.  A cell with intervals
# gets a drawing: a line for each seed from the low to the high end of its
# interval, a dot at its value, and a stroke at the paper's value.  All drawings
# of a table have the same scale.  On a narrow page, a wide table has the cells
# of a row below each other, each with the name of its column.
BEGIN {
	FS = "\t"
	SPREAD = 100	# the width of a drawing
	SEED = 6	# the height of a line in it
}

function escaped(s) {
	gsub(/&/, "\\&amp;", s)
	gsub(/</, "\\&lt;", s)
	gsub(/>/, "\\&gt;", s)
	gsub(/"/, "\\&quot;", s)
	return s
}

# as escaped, with a true minus before a number, and a dash between two
function typeset(s) {
	s = escaped(s)
	gsub(/ - /, "\342\200\223", s)
	if (s ~ /^-[0-9.]/)
		s = "\342\210\222" substr(s, 2)
	gsub(/\(-/, "(\342\210\222", s)
	gsub(/\342\200\223-/, "\342\200\223\342\210\222", s)
	return s
}

# print the file as a drawing of its own, so that the styles of two do not mix;
# the class is that of the pages that show it
function object(file, class, caption,   command, data) {
	command = "base64 <" file " 2>/dev/null | tr -d '\\n'"
	if ((command | getline data) > 0)
		print "<object class=\"" class "\" type=\"image/svg+xml\" " \
		    "data=\"data:image/svg+xml;base64," data \
		    "\" aria-label=\"" caption "\"></object>"
	close(command)
}

function exists(file,   line, there) {
	there = (getline line <file) >= 0
	close(file)
	return there
}

function figure(name, caption,   narrow) {
	if (!exists("figures/" name ".svg"))
		return
	if (!figures++)
		print "<div class=\"beside\">\n<div class=\"figures\">"
	narrow = exists("figures/narrow/" name ".svg")
	print "<figure>"
	object("figures/" name ".svg", narrow ? "wide" : "any", \
	    escaped(caption))
	if (narrow)
		object("figures/narrow/" name ".svg", "narrow", \
		    escaped(caption))
	print "<figcaption>" escaped(caption) "</figcaption></figure>"
}

function end_figures() {
	if (figures)
		print "</div>\n</div>"
	figures = 0
}

# the place of a value on the scale of the table
function place(v) {
	return sprintf("%.1f", 2 + (SPREAD - 4) * \
	    (high > low ? (v - low) / (high - low) : 0.5))
}

# the drawing of intervals, as VALUE LOW HIGH;...;=PAPER
function drawing(intervals,   n, i, one, v, y, svg, label) {
	n = split(intervals, one, ";")
	y = 1
	for (i = 1; i <= n; i++) {
		if (one[i] ~ /^=/) {
			svg = svg sprintf("<path class=\"paper\" " \
			    "d=\"M%s 0V%d\"/>", place(substr(one[i], 2)), y + 1)
			label = label "paper " substr(one[i], 2)
			continue
		}
		split(one[i], v, " ")
		svg = svg sprintf("<path d=\"M%s %dH%s\"/>" \
		    "<circle cx=\"%s\" cy=\"%d\" r=\"2\"/>", place(v[2]), \
		    y + SEED / 2, place(v[3]), place(v[1]), y + SEED / 2)
		label = label v[1] (v[2] == v[3] ? "" : " (" v[2] " - " v[3] \
		    ")") "; "
		y += SEED
	}
	sub(/; $/, "", label)
	return sprintf("<svg class=\"strip\" aria-hidden=\"true\" " \
	    "viewBox=\"0 0 %d %d\"><title>%s</title>%s</svg>", SPREAD, \
	    y + 1, typeset(label), svg)
}

# find the scale of the table's drawings; returns whether it has any
function scale(   r, c, n, i, m, k, one, v, any) {
	any = 0
	for (r = 2; r <= rows; r++)
		for (c = 2; c <= cells[r]; c++) {
			if (!((r, c) in intervals))
				continue
			n = split(intervals[r, c], one, ";")
			for (i = 1; i <= n; i++) {
				sub(/^=/, "", one[i])
				m = split(one[i], v, " ")
				for (k = 1; k <= m; k++) {
					if (!any || v[k] + 0 < low)
						low = v[k] + 0
					if (!any || v[k] + 0 > high)
						high = v[k] + 0
					any = 1
				}
			}
		}
	return any
}

# " class=..." of the cells of a column: numbers are at the right
function column_class(c,   r, any) {
	any = 0
	for (r = 2; r <= rows; r++) {
		if (cell[r, c] != "" && cell[r, c] !~ /^[-+.]?[0-9]|^-$/)
			return ""
		any = any || cell[r, c] != ""
	}
	return any ? " class=\"n\"" : ""
}

# the name of a column, which breaks before a parenthesis
function heading(s) {
	s = escaped(s)
	sub(/ \(/, "<br>(", s)
	return s
}

# the width of that name
function header_width(s,   at) {
	at = index(s, " (")
	if (at == 0)
		return length(s)
	return at - 1 > length(s) - at ? at - 1 : length(s) - at
}

# print the header of the table; the names of its columns for narrow pages are
# label[]
function header(   c, d, part, n, top, below) {
	top = "<tr>"
	below = ""
	for (c = 1; c <= cells[1]; c++) {
		n = split(cell[1, c], part, ": ")
		label[c] = n < 2 ? cell[1, c] : part[1] " " part[2]
		if (n < 2) {
			top = top "<th scope=\"col\"" class[c] " ROWS>" \
			    heading(cell[1, c]) "</th>"
			continue
		}
		below = below "<th scope=\"col\"" class[c] ">" \
		    heading(part[2]) "</th>"
		if (c > 1 && index(cell[1, c - 1], part[1] ": ") == 1)
			continue
		for (d = c; index(cell[1, d + 1], part[1] ": ") == 1; d++)
			;
		top = top "<th scope=\"colgroup\" colspan=\"" d - c + 1 \
		    "\">" escaped(part[1]) "</th>"
	}
	gsub(/ ROWS/, below == "" ? "" : " rowspan=\"2\"", top)
	print "<thead>" top "</tr>" (below == "" ? "" : "\n<tr>" below \
	    "</tr>") "</thead>"
}

function end_table(   r, c, text, widest, wide, w, drawn) {
	if (rows == 0)
		return
	if (figures)
		print "</div>"
	drawn = scale()
	for (c = 1; c <= cells[1]; c++)
		class[c] = column_class(c)
	widest = 0
	for (r = 1; r <= rows; r++) {
		w = 0
		for (c = 1; c <= cells[r]; c++)
			w += (r == 1 ? header_width(cell[r, c]) : \
			    length(cell[r, c])) + 2
		widest = w > widest ? w : widest
	}
	# a drawing needs room, too
	wide = widest > (drawn ? 34 : 54)
	print "<div class=\"table" (wide ? " of-cards" : "") "\">\n" \
	    "<table class=\"" (wide ? "cards" : "small") "\">"
	header()
	print "<tbody>"
	for (r = 2; r <= rows; r++) {
		text = "<tr><th scope=\"row\">" escaped(cell[r, 1]) "</th>"
		for (c = 2; c <= cells[r]; c++) {
			w = typeset(cell[r, c])
			if (w ~ /^[^ ]+ \(.*\)$/) {
				sub(/ \(/, " <small>(", w)
				w = w "</small>"
			}
			if ((r, c) in intervals)
				w = w drawing(intervals[r, c])
			text = text "<td" (cell[r, c] == "" ? \
			    " class=\"empty\"" : class[c]) " data-label=\"" \
			    escaped(label[c]) "\">" w "</td>"
		}
		print text "</tr>"
	}
	print "</tbody>\n</table>"
	if (drawn)
		print "<p class=\"note\">The drawings go from " \
		    typeset(low "") " to " typeset(high "") ": a line for " \
		    "each seed, its 95 % interval if there is one, its value" \
		    " as a dot, and the paper&#39;s value as a stroke.</p>"
	print "</div>"
	if (figures)
		print "</div>"
	rows = figures = 0
	split("", intervals)
	split("", cell)
}

# end the paragraph or the lines of four blanks
function end_text() {
	if (kind != "")
		print "</" kind ">"
	kind = ""
}

function end_block() {
	end_text()
	end_table()
	end_figures()
}

function begin_section(name) {
	end_block()
	print (sections++ ? "</section>\n" : "") "<section" \
	    (name ~ /^Summary/ ? " class=\"summary\"" : "") ">\n<h2>" \
	    escaped(name) "</h2>"
}

# a line as a part of a paragraph or of a block of lines
function text(line,   want) {
	want = line ~ /^    / ? "pre" : "p"
	if (kind != want) {
		end_block()
		printf "<%s>", want
		kind = want
	}
	print escaped(want == "pre" ? substr(line, 5) : line)
}

function line_of(line,   n, part, c, name) {
	if (line == "") {
		end_block()
		if (details)
			print "</details>"
		details = 0
	} else if (line ~ /^<details /) {
		end_block()
		print "<details><summary>" escaped(substr(line, 10)) \
		    "</summary>"
		details = 1
	} else if (line ~ /\t/) {
		end_text()
		cells[++rows] = n = split(line, part, "\t")
		for (c = 1; c <= n; c++) {
			if (match(part[c], / *\{.*\}$/)) {
				intervals[rows, c] = substr(part[c], RSTART, \
				    RLENGTH - 1)
				sub(/ *\{/, "", intervals[rows, c])
				part[c] = substr(part[c], 1, RSTART - 1)
			}
			cell[rows, c] = part[c]
		}
	} else if (line ~ /^@/) {
		end_text()
		end_table()
		name = substr(line, 2)
		sub(/ .*/, "", name)
		figure(name, substr(line, length(name) + 3))
	} else {
		end_table()
		end_figures()
		text(line)
	}
}

NR == 1 {
	print "<h1>" escaped($0) "</h1>"
	next
}

# a line is held until it is known not to be a title
/^=+$/ && held != "" {
	begin_section(held)
	held = ""
	next
}

{
	if (NR > 2)
		line_of(held)
	held = $0
}

END {
	line_of(held)
	end_block()
	if (sections)
		print "</section>"
}
