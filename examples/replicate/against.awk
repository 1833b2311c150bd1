# against.awk -v set=sst2 [-v at=_] TSV: for each other method, print in how
# many classifiers of a set REAT has the higher and the lower value, and in how
# many of these the paired test has p < 0.05.
BEGIN {
	FS = "\t"
	if (at == "")
		at = "_"
}

$2 == at && split($3, name, "-") && name[1] == set && $4 ~ /(^|:)reat(:|$)/ &&
$4 ~ /:/ && $6 != "_" {
	split($4, pair, ":")
	other = pair[1] == "reat" ? pair[2] : pair[1]
	d = pair[1] == "reat" ? $6 : -$6
	if (!(other in n))
		method[++methods] = other
	n[other]++
	higher[other] += d > 0
	lower[other] += d < 0
	higher_sure[other] += d > 0 && $9 < 0.05
	lower_sure[other] += d < 0 && $9 < 0.05
}

END {
	printf "%-12s %-6s %-20s %s\n", "REAT against", "of", \
	    "higher (p < .05)", "lower (p < .05)"
	for (i = 1; i <= methods; i++) {
		m = method[i]
		printf "%-12s %-6d %-20s %s\n", m, n[m], \
		    higher[m] + 0 " (" higher_sure[m] + 0 ")", \
		    lower[m] + 0 " (" lower_sure[m] + 0 ")"
	}
}
