# summary.awk -v set=sst2 [-v at=_] [-v percent=1] REFERENCE TSV: print the
# results of reat-eval for the classifiers of a set, with a row for each method
# and a column for each cell: the mean over the seeds, the smallest and the
# largest.  The last column has the numbers of the reference.
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

END {
	line = sprintf("%-12s %-22s %-22s %-22s %s", texts " texts", "GRU", \
	    "LSTM", "BiGRU", measure in known ? "PyTorch reference" : "")
	sub(/ +$/, "", line)
	print line
	for (i = 1; i <= methods; i++) {
		m = method[i]
		line = sprintf("%-12s %-22s %-22s %-22s %s", m, \
		    cellular(m, "gru"), cellular(m, "lstm"), \
		    cellular(m, "bigru"), reference[measure, m])
		sub(/ +$/, "", line)
		print line
	}
}
