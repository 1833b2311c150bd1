# awk -v set=sst2 [-v at=_] [-v percent=1] [-v table=N] -f papers.awk
# -f summary.awk PAPER REFERENCE TSV: print the results of reat-eval for the
# classifiers of a set, with a row for each method and a column for each cell:
# the mean over the seeds, the smallest and the largest.  Two more columns have
# the numbers of the reference and of the table N of the paper, which PAPER
# (texts/paper.tsv) has.
function number(v) {
	return percent ? sprintf("%.0f", 100 * v) : sprintf("%.3f", v)
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
	split("gru lstm bigru", cell, " ")
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
		reference[$1, $2] = sprintf("%5s %5s %5s", $3, $4, $5)
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
	n[k]++
	sum[k] += $6
	if ($5 > texts)
		texts = $5
}

# the paper's numbers of a method, "" if it has not the method
function printed(m,   name) {
	name = papers[m]
	if (!((name, prefix "GRU") in paper))
		return ""
	return sprintf("%5s %5s %5s", paper[name, prefix "GRU"], \
	    paper[name, prefix "LSTM"], paper[name, prefix "BiGRU"])
}

function row(a, b, c, d, e, f,   line) {
	line = sprintf("%-12s %-22s %-22s %-22s %-18s %s", a, b, c, d, e, f)
	sub(/ +$/, "", line)
	print line
}

END {
	row(texts " texts", "GRU", "LSTM", "BiGRU", \
	    measure in known ? "PyTorch reference" : "", \
	    has_paper ? "paper" : "")
	for (i = 1; i <= methods; i++) {
		m = method[i]
		row(m, cellular(m, "gru"), cellular(m, "lstm"), \
		    cellular(m, "bigru"), reference[measure, m], printed(m))
	}
}
