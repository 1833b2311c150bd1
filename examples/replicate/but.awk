# but.awk: print the texts of a tagged tok stream that Table 4 of the paper
# uses: those with exactly one "but" and a verb (XPOS VB*) on each side.  Their
# layer "clause" becomes two clauses, and "but" begins the second.
BEGIN {
	RS = ""
	ORS = "\n\n"
	FS = OFS = "\t"
}

{
	n = split($0, line, "\n")
	buts = before = behind = 0
	for (i = 1; i <= n; i++) {
		if (line[i] !~ /^[0-9]+\t/)
			continue
		split(line[i], column, "\t")
		if (tolower(column[2]) == "but") {
			buts++
			at = column[1]
		} else if (column[5] ~ /^VB/) {
			if (buts)
				behind++
			else
				before++
		}
	}
	if (buts != 1 || !before || !behind)
		next
	text = ""
	for (i = 1; i <= n; i++) {
		if (line[i] ~ /^[0-9]+\t/) {
			split(line[i], column, "\t")
			sub(/\|?clause=[^|\t]*/, "", line[i])
			sub(/\t_?$/, "\t", line[i])
			line[i] = line[i] (line[i] ~ /\t$/ ? "" : "|") \
			    "clause=" (column[1] == 1 || column[1] == at ? \
			    "B-S" : "I-S")
		}
		text = text (i > 1 ? "\n" : "") line[i]
	}
	print text
}
