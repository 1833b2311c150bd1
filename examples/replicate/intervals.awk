# intervals.awk -v set=sst2 -v at=_ [-v percent=1] TSV: print the results of
# reat-eval for the classifiers of a set, with a row for each method and a
# column for each classifier: the value and its interval.  The lines are those
# of report.sh.
BEGIN {
	FS = "\t"
}

function number(v) {
	return percent ? sprintf("%.1f", 100 * v) : sprintf("%.3f", v)
}

$1 == "measure" || $4 ~ /:/ || $2 != at || $6 == "_" {
	next
}

split($3, name, "-") && name[1] == set {
	if (!($4 in known)) {
		known[$4]
		method[++methods] = $4
	}
	if (!($3 in column)) {
		column[$3]
		model[++models] = $3
	}
	cell[$4, $3] = number($6) ($7 == "_" ? "" : \
	    " (" number($7) " - " number($8) ")")
}

END {
	print "<details 95 % intervals of each classifier"
	line = ""
	for (j = 1; j <= models; j++)
		line = line "\t" model[j]
	print line
	for (i = 1; i <= methods; i++) {
		line = method[i]
		for (j = 1; j <= models; j++)
			line = line "\t" cell[method[i], model[j]]
		print line
	}
}
