# awk -v set=sst2 [-v at=_] [-v percent=1] [-v table=N] -f papers.awk
# -f networks.awk -f summary.awk PAPER REFERENCE TSV: print the results of reat-eval for the
# classifiers of a set, with a row for each method and a column for each cell:
# the mean over the seeds, the smallest and the largest.  Beside it are the
# numbers of the reference and of the table N of the paper, which PAPER
# (texts/paper.tsv) has.  The lines are those of report.sh, with the interval of
# each seed in braces: {VALUE LOW HIGH;...;=PAPER}.
function number(v) {
	return percent ? sprintf("%.0f", 100 * v) : sprintf("%.3f", v)
}

function scaled(v) {
	return sprintf("%.4g", (percent ? 100 : 1) * v)
}

function cellular(m, c,   k) {
	k = m SUBSEP c
	if (!(k in n))
		return "-"
	return number(sum[k] / n[k]) (n[k] > 1 ? " (" number(least[k]) " - " \
	    number(most[k]) ")" : "")
}

BEGIN {
	FS = "\t"
	if (at == "")
		at = "_"
	prefix = table == 5 ? (set == "sst2" ? "SST2 " : "Yelp ") : ""
}

FILENAME ~ /paper.tsv$/ {
	if (table != "" && $1 == table) {
		paper[$2, $3] = $4
		has_paper = 1
	}
	next
}

FILENAME ~ /reference.tsv$/ {
	if (set == "sst2") {
		for (i = 1; i <= 3; i++)
			reference[$1, $2, network_of[i]] = $(i + 2)
		known[$1]
	}
	next
}

$1 == "measure" || $4 ~ /:/ || $2 != at || $6 == "_" {
	next
}

split($3, name, "-") && name[1] == set {
	k = $4 SUBSEP name[2]
	measure = $1
	if (!($4 in seen)) {
		seen[$4]
		method[++methods] = $4
	}
	if (!(k in n) || $6 < least[k])
		least[k] = $6
	if (!(k in n) || $6 > most[k])
		most[k] = $6
	intervals[k] = intervals[k] (n[k] ? ";" : "") scaled($6) " " \
	    scaled($7 == "_" ? $6 : $7) " " scaled($8 == "_" ? $6 : $8)
	n[k]++
	has[name[2]]
	sum[k] += $6
	if ($5 > texts)
		texts = $5
}

# the paper's number of a method, "" if it has not the method
function printed(m, c) {
	return paper[papers[m], prefix title[c]]
}

# the cells of method m and network c
function group(m, c,   p, line) {
	p = printed(m, c)
	line = cellular(m, c)
	if ((m, c) in intervals)
		line = line " {" intervals[m, c] (p == "" ? "" : ";=" p) "}"
	return line (measure in known ? "\t" reference[measure, m, c] : "") \
	    (has_paper ? "\t" p : "")
}

END {
	line = texts " texts"
	# the paper's networks, and those that this run has beside them
	for (i = 1; i <= networks; i++)
		if (i <= 3 || network_of[i] in has)
			cell[++cells] = network_of[i]
	for (i = 1; i <= cells; i++) {
		net = title[cell[i]]
		line = line "\t" net (measure in known || has_paper ? \
		    ": here" : "")
		if (measure in known)
			line = line "\t" net ": PyTorch"
		if (has_paper)
			line = line "\t" net ": paper"
	}
	print line
	for (i = 1; i <= methods; i++) {
		line = method[i]
		for (j = 1; j <= cells; j++)
			line = line "\t" group(method[i], cell[j])
		print line
	}
}
