# against.awk -v set=sst2 [-v at=_] [-v one=reat] TSV: for each other method,
# print in how many classifiers of a set the method one has the higher and the
# lower value, in how many of these the paired test has p < 0.05, and the mean
# difference.
BEGIN {
	FS = "\t"
	if (one == "")
		one = "reat"
	name_of_one = one == "reat" ? "REAT" : one
	if (at == "")
		at = "_"
}

$2 == at && split($3, name, "-") && name[1] == set && $4 ~ /:/ && $6 != "_" {
	split($4, pair, ":")
	if (pair[1] != one && pair[2] != one)
		next
	other = pair[1] == one ? pair[2] : pair[1]
	d = pair[1] == one ? $6 : -$6
	sum[other] += d
	if (!(other in n))
		method[++methods] = other
	n[other]++
	higher[other] += d > 0
	lower[other] += d < 0
	higher_sure[other] += d > 0 && $9 < 0.05
	lower_sure[other] += d < 0 && $9 < 0.05
}

END {
	print name_of_one " against\tof\thigher (p < .05)\tlower (p < .05)" \
	    "\tdifference"
	for (i = 1; i <= methods; i++) {
		m = method[i]
		printf "%s\t%d\t%s\t%s\t%+.3f\n", m, n[m], \
		    higher[m] + 0 " (" higher_sure[m] + 0 ")", \
		    lower[m] + 0 " (" lower_sure[m] + 0 ")", sum[m] / n[m]
	}
}
